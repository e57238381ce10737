"""The review of goals as blocks: the teams that have some, the form for one team's, and what came of it."""

from collections.abc import Iterable, Sequence

from bot.escaping import escape
from bot.slack import blocks, goal_form_blocks
from bot.slack.blocks import Block, Values, View, choice_of, text_of
from bot.slack.ids import Action, Callback, pack, unpack
from bot.texts import goal_review as texts
from checkins.forms import GOAL, shortened
from checkins.goal_form import WHY_LIMIT
from checkins.goal_review import Decision, Review, Reviewed, Settled, Waiting
from checkins.model import Goal, GoalStatus, Team
from checkins.wording import archived, one_line, title

MOST_TEAMS = 20
MOST_TEAMS_AT_HOME = 3
MOST_NAMED = 5
PAGE = 20  # goals of one form
QUOTED = 120  # characters of an update
DECISION, WHY = "decision", "why"


def packed(team: str, after: str = "") -> str:
    """What a button that opens a form carries."""
    return pack(team=team, after=after)


def button(team: str, label: str = texts.REVIEW, *, after: str = "") -> Block:
    return blocks.button(label, Action.GOAL_REVIEW, value=packed(team, after))


def name_of(team: Team | None) -> str:
    if team is None:
        return texts.NO_TEAM
    return archived(one_line(team.name)) if team.archived else one_line(team.name)


def listing(waiting: Sequence[Waiting], *, command: str, most: int = MOST_TEAMS) -> list[Block]:
    """Each team with its button, the archived ones under their own heading; nothing where nothing waits."""
    shown, left = waiting[:most], len(waiting) - most
    lines = [_line(each) for each in shown]
    split = sum(not each.archived for each in shown)
    heading = [blocks.section(texts.ARCHIVED_TEAMS)] if lines[split:] else []
    return [
        *lines[:split],
        *heading,
        *lines[split:],
        *([blocks.context(texts.more(left, command))] if left > 0 else []),
    ]


def at_home(waiting: Sequence[Waiting], *, command: str) -> list[Block]:
    """The same as a part of App Home."""
    shown = listing(waiting, command=command, most=MOST_TEAMS_AT_HOME)
    return [blocks.header(texts.WAITING), *shown] if shown else []


def _line(waiting: Waiting) -> Block:
    said = texts.waiting(escape(name_of(waiting.team)), len(waiting.goals))
    return blocks.section(said, accessory=button(waiting.id))


def form(review: Review) -> View:
    """A select for each goal of the page, and one "Why?" for all; without goals a word that nothing waits."""
    if not review.goals:
        return blocks.modal(Callback.MESSAGE, title=texts.TITLE, blocks=[blocks.section(texts.ALL_REVIEWED)])
    why = blocks.text_input(DECISION, limit=WHY_LIMIT)
    intro = texts.INTRO_ARCHIVED if review.archived else texts.INTRO
    paging = texts.page_of(len(review.goals), review.waiting)
    shown = [
        blocks.section(f"*{escape(name_of(review.team))}*\n{intro}"),
        *([blocks.context(paging)] if review.after else []),
        *(_goal(each, review) for each in review.goals),
        blocks.field(WHY, texts.WHY, why, optional=True, hint=texts.WHY_HINT),
    ]
    return blocks.modal(
        Callback.GOAL_REVIEW,
        title=texts.TITLE,
        blocks=shown,
        submit=texts.SAVE,
        close=texts.CANCEL,
        metadata=pack(
            team=review.team.id if review.team else "", last=review.goals[-1].goal.id if review.after else ""
        ),
    )


def _goal(reviewed: Reviewed, review: Review) -> Block:
    goal = reviewed.goal
    select = blocks.select(DECISION, options=_options(reviewed, review), placeholder=texts.CHOOSE)
    hint = " · ".join(filter(None, _facts(reviewed, review)))
    return blocks.field(f"{GOAL}{goal.id}", title(goal.title), select, optional=True, hint=hint)


def _options(reviewed: Reviewed, review: Review) -> list[Block]:
    """Of an archived team nothing is kept as it is."""
    names = dict(texts.DECISIONS)
    if review.archived:
        del names[Decision.KEEP]
        names[Decision.CHANGE] = texts.MOVE
    elif reviewed.keep_until:
        names[Decision.KEEP] = texts.keep_until(reviewed.keep_until)
    return [blocks.option(name, decision) for decision, name in names.items()]


def _facts(reviewed: Reviewed, review: Review) -> list[str]:
    goal, newest = reviewed.goal, reviewed.update
    return [
        texts.ends(goal.ends, review.today),
        texts.status(goal.status),
        one_line(texts.progress(goal.measure, reviewed.progress)),
        texts.effort(reviewed.share, goal.weight, reviewed.effort) if goal.team else "",
        texts.update(newest, shortened(one_line(newest.text), QUOTED) if newest else ""),
        texts.findings(reviewed.findings),
    ]


def opened(value: str) -> tuple[str, str]:
    """Of a button: the team, and the id of the goal after which its page begins."""
    team, after = unpack(value, "team", "after")
    return team, after


def reviewed(metadata: str) -> tuple[str, str]:
    """Of a form: the team, and the last goal shown where others come next."""
    team, last = unpack(metadata, "team", "last")
    return team, last


def decisions(values: Values) -> dict[str, Decision]:
    """By goal; those without a choice are left out."""
    chosen = {name.removeprefix(GOAL): choice_of(values, name) for name in values if name.startswith(GOAL)}
    return {goal: Decision(decision) for goal, decision in chosen.items() if decision}


def why_in(values: Values) -> str:
    return text_of(values, WHY)


def result(settled: Settled, *, last: str, command: str) -> View:
    """What was stored, what is to be done about it, and the way to the next page. last: as ``reviewed`` reads it."""
    said = [
        texts.settled(_counts(settled)),
        *(_supported(closed, goals, command) for closed, goals in settled.supporters),
        texts.settled_before(_titles(settled.settled_before)) if settled.settled_before else "",
        texts.left(settled.left) if settled.left else "",
    ]
    team = settled.team.id if settled.team else ""
    shown = [
        *(blocks.section(each) for each in said if each),
        *(_to_edit(goal) for goal in settled.to_change),
        *([blocks.actions(button(team, texts.NEXT, after=last))] if last else []),
    ]
    return blocks.modal(Callback.MESSAGE, title=texts.TITLE, blocks=shown)


def _counts(settled: Settled) -> list[tuple[Decision, int]]:
    done = sum(goal.status is GoalStatus.DONE for goal in settled.closed)
    return [
        (Decision.KEEP, len(settled.kept)),
        (Decision.CHANGE, len(settled.to_change)),
        (Decision.DONE, done),
        (Decision.DROP, len(settled.closed) - done),
    ]


def _supported(closed: Goal, goals: Sequence[Goal], command: str) -> str:
    named, more = _titles(goals[:MOST_NAMED]), len(goals[MOST_NAMED:])
    return texts.supported_by(escape(title(closed.title)), named, more, command)


def _titles(goals: Iterable[Goal]) -> list[str]:
    return [escape(title(goal.title)) for goal in goals]


def _to_edit(goal: Goal) -> Block:
    edit = goal_form_blocks.edit_button(goal.id)
    return blocks.section(texts.to_edit(escape(title(goal.title))), accessory=edit)
