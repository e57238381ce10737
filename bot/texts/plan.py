"""The form for a team's plan and the window for scores. In mrkdwn names and titles are escaped by the caller."""

from bot.texts.goals import possessive
from checkins.goal_plan import Order, Sum
from checkins.model import Ice
from checkins.wording import NBSP, counted, percent

PLAN = "Plan"
FORM = "Plan"
SAVE, CANCEL, DONE = "Save", "Cancel", "Done"
ABOUT = "How much of the team's work each goal should get, in percent. Empty means that nothing is declared."
RESERVE = "Reserve"
RESERVE_HINT = "For running things: maintenance, support, meetings."
WHY = "Why?"
WHY_HINT = "Kept with each change, for everybody who looks at the goal."
SORT = {Order.SCORE: "Sort by score", Order.WEIGHT: "Sort by weight"}
SCORE = "Score the goals"
WHICH = "Which team's plan do you want to set?"
CHOOSE_TEAM = "Choose a team"

SCORES_FORM = "Score the goals"
SCORES_ABOUT = "From 1 to 10 each; the score is their product. It is stored as soon as you have chosen all three."
IMPACT, CONFIDENCE, EASE = "Impact", "Confidence", "Ease"
NONE = "No score"
NOT_SCORED = "not scored: choose all three"
BACK, NEXT = "Previous", "Next"


def head(team: str) -> str:
    return f"*{team}*\n{ABOUT}"


def without_goals(team: str) -> str:
    return f"{team} has no goal that runs today."


def sum_line(sum_: Sum) -> str:
    """What the plan comes to as it is typed."""
    unread = f" · {counted(sum_.unreadable, 'field')} without a number from 0 to 100" if sum_.unreadable else ""
    if sum_.too_much:
        return f"*Sum: {percent(sum_.total)}*: bring it to 100 or less{unread}"
    reserve = f" · reserve {percent(sum_.reserve)}" if sum_.reserve else ""
    left = 1 - sum_.total
    rest = f" · {percent(left)} not planned" if left >= 0.005 else ""
    return f"*Sum: {percent(sum_.total)}*{reserve}{rest}{unread}"


def lately(share: float, answers: int) -> str:
    return f"last quarter {percent(share)} of the work, {counted(answers, 'answer')}"


def goal_of(team: str) -> str:
    return f"{possessive(team)} goal"


def ice(score: Ice) -> str:
    times = f"{NBSP}×{NBSP}".join(str(part) for part in (score.impact, score.confidence, score.ease))
    return f"ICE{NBSP}{score.score} ({times})"


def more(count: int) -> str:
    return f"{counted(count, 'more goal')} without a declared share."


def show_more(count: int) -> str:
    return f"Show {count} more"


def too_many(count: int) -> str:
    return f"{counted(count, 'more goal')} without a declared share do not fit here. Score them to bring the best up."


def scored(title: str, score: Ice | None) -> str:
    return f"*{title}*\n{ice(score) if score else NOT_SCORED}"


def page_of(page: int, pages: int) -> str:
    """page: from 1."""
    return f"Page {page} of {pages}"
