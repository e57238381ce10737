"""App Home and `/align`'s status as blocks, the most urgent first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.escaping import escape
from bot.settings import Settings
from bot.slack import (
    blocks,
    goal_blocks,
    goal_review_blocks,
    held_blocks,
    home_settings_blocks,
    prompt_blocks,
    setup_blocks,
    team_blocks,
)
from bot.slack.blocks import Block, View, moment
from bot.slack.goal_pages import Size
from bot.slack.ids import Action
from bot.texts import home as texts
from bot.texts import privacy as privacy_texts
from bot.texts import prompts as prompt_texts
from checkins.answering import Desk
from checkins.deliveries import Health
from checkins.forms import shortened
from checkins.goal_boards import GoalBoard
from checkins.goal_review import Waiting
from checkins.goal_voices import News
from checkins.model import Delivery, DeliveryState, PromptState
from checkins.preferences import Preferences
from checkins.references import Bases
from checkins.setup import Checklist

MOST_GOALS = Size(goals=30, blocks=30, text=6000)
ERROR_LIMIT = 100
OPEN = (PromptState.PENDING, PromptState.SENT)
WAITING = (DeliveryState.PENDING, DeliveryState.CLAIMED, DeliveryState.RETRY)
FAILED = (DeliveryState.UNREACHABLE, DeliveryState.UNCERTAIN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What one person sees in App Home. news: of those held, by the delivery's id; health: for admins only."""

    state: Checklist
    desk: Desk | None
    held: Sequence[Delivery]
    news: Mapping[str, News]
    board: GoalBoard
    health: Health | None
    preferences: Preferences
    reviews: Sequence[Waiting]
    commands: Settings
    now: datetime


def home(scene: Scene) -> View:
    """At most 100 blocks."""
    state = scene.state
    steps = setup_blocks.checklist(state)
    parts = [
        [*_waiting(scene.desk, state, scene.now), *_off_then(scene)],
        held_blocks.waiting(scene.held, scene.news, scene.commands),
        steps if _unfinished(state) else [],
        goal_review_blocks.at_home(scene.reviews, command=scene.commands.goals_command),
        _last(scene.desk, scene.commands.bases),
        goal_blocks.strategy_blocks(scene.board.strategy, limit=goal_blocks.STRATEGY_AT_A_GLANCE),
        _goals(scene),
        home_settings_blocks.settings(scene.preferences, command=scene.commands.checkin_command),
        [*privacy(), blocks.context(texts.stored(scene.commands.align_command))],
        [] if _unfinished(state) or not state.viewer.admin else steps,
        _overview(scene),
    ]
    made: list[Block] = []
    for part in filter(None, parts):
        made += [*([blocks.divider()] if made else []), *part]
    return blocks.home(made)


def status(*, state: Checklist, desk: Desk | None, now: datetime) -> list[Block]:
    """What waits, what comes next, and for whoever sets things up the steps that are left."""
    plan = state.workspace.digest
    made = _waiting(desk, state, now) + ([blocks.context(texts.next_digest(moment(plan.next_at)))] if plan else [])
    return [*made, *setup_blocks.checklist(state)] if _unfinished(state) else made


def _unfinished(state: Checklist) -> bool:
    """Whether the viewer should hear of the set-up: admins until the first round, the others until it is complete."""
    return not state.complete or (state.viewer.admin and not state.asked)


def _waiting(desk: Desk | None, state: Checklist, now: datetime) -> list[Block]:
    if desk and _is_open(desk, now):
        said = texts.waits(moment(desk.prompt.closes_at))
        return [blocks.section(said), blocks.actions(*prompt_blocks.answers(desk))]
    if state.viewer.paused:
        return [blocks.section(texts.PAUSED)]
    coming = moment(state.next_prompt) if state.next_prompt else None
    return [blocks.section(texts.next_check_in(coming))] if state.schedule else []


def _is_open(desk: Desk, now: datetime) -> bool:
    return not desk.answered and desk.prompt.state in OPEN and desk.prompt.due_at <= now


def _off_then(scene: Scene) -> list[Block]:
    """A word on the next check-in where it falls on a day off."""
    waits = scene.desk is not None and _is_open(scene.desk, scene.now)
    quiet = waits or scene.preferences.person.paused or not scene.preferences.off_then
    return [] if quiet else [blocks.context(texts.OFF_THEN)]


def _last(desk: Desk | None, bases: Bases) -> list[Block]:
    if desk is None or desk.last is None:
        return []
    edit = blocks.button(prompt_texts.EDIT, Action.EDIT, value=desk.prompt.id) if desk.answered else None
    title = texts.answered(f"{desk.last.date:%-d %B}")
    return [
        blocks.section("\n".join([title, *prompt_blocks.answer_lines(desk.last, desk, bases=bases)]), accessory=edit)
    ]


def _goals(scene: Scene) -> list[Block]:
    made = goal_blocks.first_page(scene.board, most=MOST_GOALS, command=scene.commands.goals_command)
    return [blocks.header(texts.GOALS), *made] if made else []


def privacy() -> list[Block]:
    return [blocks.header(texts.WHO_SEES), blocks.section("\n".join(texts.privacy_lines()))]


def _overview(scene: Scene) -> list[Block]:
    if scene.health is None:
        return []
    counts = scene.health.counts
    said = texts.health(
        sent=counts.get(DeliveryState.SENT, 0),
        waiting=sum(counts.get(state, 0) for state in WAITING),
        failed=sum(counts.get(state, 0) for state in FAILED),
    )
    troubled = [_trouble(scene.health, delivery) for delivery in scene.health.troubled]
    return [
        blocks.header(texts.OVERVIEW),
        *(team_blocks.overview(scene.state) if scene.state.teams else []),
        blocks.section("\n".join([said, *troubled])),
    ]


def _trouble(health: Health, delivery: Delivery) -> str:
    channel = f"<#{delivery.channel}>" if delivery.channel else ""
    who = escape(health.names.get(delivery.person, "")) if delivery.person else channel
    return texts.trouble(who, escape(shortened(delivery.error, ERROR_LIMIT)))


def refusal() -> View:
    return blocks.home([blocks.section(texts.MEMBERS_ONLY)])


def erased() -> View:
    """For whoever had themselves erased: nothing is stored, and looking at this page changes nothing."""
    back = blocks.button(privacy_texts.COME_BACK, Action.COME_BACK)
    return blocks.home([blocks.section(privacy_texts.HOME_ERASED), blocks.actions(back)])
