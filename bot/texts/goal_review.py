"""The review of goals at the end of their period. In mrkdwn names and titles are escaped by the caller."""

from collections.abc import Iterable, Sequence
from datetime import date

from bot.texts import goals
from checkins.goal_effort import Effort
from checkins.goal_review import Decision
from checkins.model import FindingKind, GoalStatus, GoalUpdate, Measure
from checkins.wording import counted, listed, percent

REVIEW, NEXT = "Review", "Next goals"
TITLE = "Review goals"
WAITING = "Goals to review"
LIST = "Goals to review"
SAVE, CANCEL = "Send", "Cancel"
NOTHING = "No goal waits for a review: none of yours ends within two weeks or is over and still open."
ALL_REVIEWED = "No goal of this team waits for a review any more."
ARCHIVED_TEAMS = "*Teams that are archived*: move their goals or close them."
NO_TEAM = "Goals without a team"
CHOOSE = "Decide later"
WHY = "Why?"
WHY_HINT = "One sentence for all of them, kept with each change. You can leave it empty."
INTRO = "What is not chosen stays for later. Goals that are kept keep their weight, supporters and history."
INTRO_ARCHIVED = "This team is archived. Change moves a goal to another team; what is not chosen stays for later."

DECISIONS = {
    Decision.KEEP: "Keep",
    Decision.CHANGE: "Change: keep it and edit it",
    Decision.DONE: "Done",
    Decision.DROP: "Drop",
}
MOVE = "Change: move it or edit it"
SETTLED = {
    Decision.KEEP: "kept",
    Decision.CHANGE: "kept to be edited",
    Decision.DONE: "done",
    Decision.DROP: "dropped",
}


def waiting(team: str, count: int) -> str:
    return f"*{team}* · {counted(count, 'goal')}"


def more(count: int, command: str) -> str:
    return f"And {counted(count, 'team')} more: `{command} review` lists them."


def nothing_of(words: str, teams: Sequence[str], command: str) -> str:
    """words and names: escaped."""
    said = f"Nothing to review for “{words}”."
    if not teams:
        return f"{said} {NOTHING}"
    return f"{said} These have goals to review: {', '.join(teams)}. `{command} review` lists them."


def page_of(shown: int, waiting: int) -> str:
    return f"{shown} of {counted(waiting, 'goal')}; the others come next."


def keep_until(day: date) -> str:
    return f"Keep until {_day(day)}"


def ends(day: date | None, today: date) -> str:
    if day is None:
        return "No last day"
    return f"Over since {_day(day)}, not closed" if day < today else f"Ends {_day(day)}"


def status(status: GoalStatus) -> str:
    return "paused" if status is GoalStatus.PAUSED else ""


def progress(measure: Measure | None, share: float | None) -> str:
    if measure is None:
        return "no measure"
    way = f" ({percent(share)} of the way)" if share is not None else ""
    return f"{goals.progress(measure)}{way}"


def effort(share: float, weight: float | None, effort: Effort | None) -> str:
    """Actual against planned, with the sample."""
    planned = f"planned {percent(weight)}" if weight is not None else "no weight planned"
    if effort is None:
        return f"no answers in its period, {planned}"
    sample = f"{counted(effort.answers, 'answer')} in {counted(effort.check_ins, 'check-in')}"
    return f"{percent(share)} of the work, {planned} ({sample})"


def update(newest: GoalUpdate | None, said: str) -> str:
    return f"last update {_day(newest.at.date())}{f': {said}' if said else ''}" if newest else "no update"


def findings(kinds: Iterable[FindingKind]) -> str:
    said = [goals.TROUBLES.get(kind, kind.value.replace("_", " ")) for kind in kinds]
    return f"open findings: {', '.join(said)}" if said else ""


def settled(counts: Sequence[tuple[Decision, int]]) -> str:
    said = [f"{count} {SETTLED[decision]}" for decision, count in counts if count]
    return f"Stored: {listed(said)}." if said else "Nothing was changed."


def supported_by(closed: str, titles: Sequence[str], more: int, command: str) -> str:
    """What still supports a goal that was closed."""
    count, rest = len(titles) + more, [f"{more} more"] if more else []
    verb, them = ("supports", "it") if count == 1 else ("support", "them")
    named = listed([*(f"“{title}”" for title in titles), *rest])
    return f"{counted(count, 'goal')} {verb} “{closed}”: {named}. Give {them} another parent with `{command} edit`."


def settled_before(titles: Sequence[str]) -> str:
    named = listed([f"“{title}”" for title in titles])
    return f"Somebody else had decided meanwhile, so this stays as they left it: {named}."


def to_edit(title: str) -> str:
    return f"Now change “{title}”:"


def left(count: int) -> str:
    return f"{counted(count, 'goal')} of this team still {'waits' if count == 1 else 'wait'} for a review."


def _day(day: date) -> str:
    return f"{day:%-d %B %Y}"
