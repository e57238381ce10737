"""The form for a team's plan, whose sum follows what is typed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.escaping import escape
from bot.slack import blocks
from bot.slack.blocks import Block, Values, View, text_of
from bot.slack.ids import Action, Callback, pack, unpack
from bot.texts import plan as texts
from checkins.goal_form import WHY_LIMIT
from checkins.goal_plan import (
    RESERVE,
    WEIGHT,
    Order,
    Plan,
    PlanDraft,
    PlanLine,
    Typed,
    arranged,
    summed,
    within,
)
from checkins.model import Team
from checkins.wording import one_line

STEP, MOST = 25, 80  # goals shown at first and with each "more"; in a form of 100 blocks
LONG = 6  # goals from which on the sum stands above them too
NUMBER_LIMIT = 10
SUM, SUM_ABOVE = "sum", "sum_above"
WHY = "why"
TYPED = f"{Action.PLAN_TYPED}:"
SENT_BACK = ("type", "callback_id", "title", "close", "submit", "private_metadata")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Which goals of a plan the form shows: so many of them, in an order."""

    order: Order = Order.WEIGHT
    rows: int = STEP

    def packed(self, **ids: str) -> str:
        return pack(order=self.order, rows=str(self.rows), **ids)

    @classmethod
    def unpacked(cls, packed: str) -> "Shown":
        """Raises OutOfDate for another version's."""
        order, rows = unpack(packed, "order", "rows")
        return cls(order=Order(order), rows=int(rows))


def choice(teams: Sequence[Team]) -> list[Block]:
    """A list of teams to choose the one from whose plan is to be set."""
    options = [blocks.option(team.name, team.id) for team in teams]
    select = blocks.select(Action.PLAN, options=options, placeholder=texts.CHOOSE_TEAM)
    return [blocks.section(texts.WHICH, accessory=select)]


def button(team: str) -> Block:
    """team: an id; empty asks for one."""
    return blocks.button(texts.PLAN, Action.PLAN, value=team)


def form(plan: Plan, shown: Shown, draft: PlanDraft) -> View:
    """draft: what is typed into the form that is open, which stays there."""
    typed = {goal for goal, entered in draft.weights.items() if entered.touched}
    lines = arranged(plan.lines, shown.order)
    visible = within(lines, rows=shown.rows, kept=typed, most=MOST)
    fields = [_weight(line, plan.answers) for line in visible]
    weights = [_now(draft.weights.get(line.goal.id), line.weight) for line in visible]
    said = texts.sum_line(summed(weights, _now(draft.reserve, plan.reserve)))
    return blocks.modal(
        Callback.PLAN,
        title=texts.FORM,
        blocks=[
            *_head(plan, shown),
            *([_sum(SUM_ABOVE, said)] if len(fields) > LONG else []),
            *fields,
            *_more(len(lines) - len(visible), shown),
            _percentage(RESERVE, texts.RESERVE, plan.reserve, hint=texts.RESERVE_HINT),
            _sum(SUM, said),
            blocks.field(WHY, texts.WHY, blocks.text_input(WHY, limit=WHY_LIMIT), optional=True, hint=texts.WHY_HINT),
        ],
        submit=texts.SAVE,
        close=texts.CANCEL,
        metadata=shown.packed(team=plan.team.id),
    )


def _now(typed: Typed | None, stored: str) -> str:
    """What a field shows: what was typed, for as long as what it was opened with still is what is stored."""
    return typed.after if typed and typed.before == stored else stored


def _head(plan: Plan, shown: Shown) -> list[Block]:
    name = escape(plan.team.name)
    if not plan.lines:
        return [blocks.section(f"{texts.head(name)}\n{texts.without_goals(name)}")]
    other = Order.WEIGHT if shown.order is Order.SCORE else Order.SCORE
    arrange = Shown(order=other, rows=shown.rows).packed()
    sort = blocks.button(texts.SORT[other], Action.PLAN_ARRANGE, value=arrange)
    scorable = any(line.scorable for line in plan.lines)
    score = [blocks.button(texts.SCORE, Action.PLAN_SCORE)] if scorable else []
    return [blocks.section(texts.head(name)), blocks.actions(*score, sort)]


def _weight(line: PlanLine, answers: int) -> Block:
    facts = [
        texts.goal_of(line.owning) if line.owning else "",
        texts.lately(line.lately, answers) if line.lately is not None else "",
        texts.ice(line.goal.ice) if line.goal.ice else "",
    ]
    hint = " · ".join(filter(None, facts))
    return _percentage(
        f"{WEIGHT}{line.goal.id}", one_line(line.goal.title), line.weight, hint=hint[:1].upper() + hint[1:]
    )


def _percentage(name: str, label: str, initial: str, *, hint: str) -> Block:
    # Slack keeps what was typed while both ids stay: until somebody else has stored another value.
    entry = blocks.text_input(f"{TYPED}{initial}", initial=initial, limit=NUMBER_LIMIT)
    return blocks.live(blocks.field(name, label, entry, optional=True, hint=hint))


def _sum(id: str, said: str) -> Block:
    return blocks.section(said) | {"block_id": id}


def _more(left: int, shown: Shown) -> list[Block]:
    if left <= 0:
        return []
    if shown.rows >= MOST:
        return [blocks.context(texts.too_many(left))]
    following = Shown(order=shown.order, rows=shown.rows + STEP).packed()
    show = blocks.button(texts.show_more(min(left, STEP)), Action.PLAN_MORE, value=following)
    return [blocks.section(texts.more(left), accessory=show)]


def typed_in(values: Values) -> PlanDraft:
    """The fields of the form; each action id says what its field was opened with."""
    weights = {name.removeprefix(WEIGHT): _typed(values, name) for name in values if name.startswith(WEIGHT)}
    return PlanDraft(weights=weights, reserve=_typed(values, RESERVE), why=text_of(values, WHY))


def _typed(values: Values, name: str) -> Typed:
    before = next(iter(values.get(name, {})), "").removeprefix(TYPED)
    return Typed(before=before, after=text_of(values, name))


def with_sum(view: Mapping[str, Any]) -> View:
    """An open form as Slack has sent it back, with the sum of what is typed by now."""
    draft = typed_in(view["state"]["values"])
    said = texts.sum_line(summed([typed.after for typed in draft.weights.values()], draft.reserve.after))
    parts = [
        _sum(block["block_id"], said) if block["block_id"] in (SUM, SUM_ABOVE) else block for block in view["blocks"]
    ]
    return {name: view[name] for name in SENT_BACK} | {"blocks": parts}
