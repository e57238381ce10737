"""The window in which the goals of a plan are scored: each choice counts at once."""

from bot.escaping import escape
from bot.slack import blocks
from bot.slack.blocks import Block, Values, View
from bot.slack.ids import Action, Callback
from bot.slack.plan_blocks import Shown
from bot.texts import plan as texts
from checkins.goal_plan import SCORES, Plan, PlanLine
from checkins.model import Ice
from checkins.wording import one_line

SCORE = "score:"
NO_SCORE = "none"
PAGE = 20  # goals; two blocks each
PARTS = {
    Action.ICE_IMPACT: (texts.IMPACT, "impact"),
    Action.ICE_CONFIDENCE: (texts.CONFIDENCE, "confidence"),
    Action.ICE_EASE: (texts.EASE, "ease"),
}


def form(plan: Plan, shown: Shown, page: int) -> View:
    """The goals that the viewer may score; their order stays while they do. shown: of the plan below."""
    lines = [line for line in plan.lines if line.scorable]
    pages = [lines[start : start + PAGE] for start in range(0, len(lines), PAGE)] or [[]]
    page = min(max(page, 0), len(pages) - 1)
    rows = [block for line in pages[page] for block in _score(line)]
    return blocks.modal(
        Callback.SCORES,
        title=texts.SCORES_FORM,
        blocks=[blocks.section(texts.SCORES_ABOUT), *rows, *_turning(page, len(pages))],
        close=texts.DONE,
        metadata=shown.packed(team=plan.team.id, page=str(page)),
    )


def _score(line: PlanLine) -> list[Block]:
    goal, ice = line.goal, line.goal.ice
    selects = [
        blocks.select(
            action,
            options=[*(blocks.option(f"{label} {n}", str(n)) for n in SCORES), blocks.option(texts.NONE, NO_SCORE)],
            initial=str(getattr(ice, part)) if ice else None,
            placeholder=label,
        )
        for action, (label, part) in PARTS.items()
    ]
    said = blocks.section(texts.scored(escape(one_line(goal.title)), ice))
    return [said, blocks.actions(*selects) | {"block_id": f"{SCORE}{goal.id}"}]


def _turning(page: int, pages: int) -> list[Block]:
    turns = [
        blocks.button(label, action, value=str(page + step))
        for label, action, step in ((texts.BACK, Action.SCORE_BACK, -1), (texts.NEXT, Action.SCORE_NEXT, 1))
        if 0 <= page + step < pages
    ]
    return [blocks.context(texts.page_of(page + 1, pages)), blocks.actions(*turns)] if turns else []


def score_in(values: Values, block_id: str) -> tuple[str, Ice | None]:
    """The goal of a row and the score chosen there, None unless there is a number for each part."""
    row = values.get(block_id, {})
    chosen = {
        part: (row.get(action, {}).get("selected_option") or {}).get("value") for action, (_, part) in PARTS.items()
    }
    numbers = {part: int(value) for part, value in chosen.items() if value and value.isdecimal()}
    return block_id.removeprefix(SCORE), Ice(**numbers) if len(numbers) == len(PARTS) else None
