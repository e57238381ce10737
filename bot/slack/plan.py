"""The plan of a team: `/goals plan [TEAM]`, the form for weights and reserve, and the scores behind it."""

import re
from asyncio import Lock
from collections import defaultdict

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.kwargs_injection.async_args import AsyncArgs
from slack_sdk.errors import SlackApiError

from bot.context import Context
from bot.slack import plan_blocks, score_blocks
from bot.slack.blocks import Values, View
from bot.slack.goals import today_of
from bot.slack.ids import Action, Callback, unpack
from bot.slack.listening import actor, listener
from bot.slack.plan_blocks import Shown
from bot.slack.score_blocks import NO_SCORE
from bot.texts import plan as texts
from bot.texts import setup as setup_texts
from checkins import goal_plan
from checkins.errors import TruelineError
from checkins.goal_plan import Plan, PlanDraft
from checkins.model import Person

log = structlog.get_logger()


def register(app: AsyncApp, context: Context) -> None:
    open_forms = OpenForms()
    app.action(Action.PLAN)(listener(context, clicked))
    app.action(re.compile(f"^{re.escape(plan_blocks.TYPED)}"))(listener(context, open_forms.typed))
    for action in (Action.PLAN_ARRANGE, Action.PLAN_MORE):
        app.action(action)(listener(context, rearranged))
    app.action(Action.PLAN_SCORE)(listener(context, open_forms.open_scores))
    for action in score_blocks.PARTS:
        app.action(action)(listener(context, open_forms.scored))
    for action in (Action.SCORE_BACK, Action.SCORE_NEXT):
        app.action(action)(listener(context, scores_turned))
    app.view(Callback.PLAN)(listener(context, sent))


async def show(context: Context, args: AsyncArgs, text: str) -> None:
    """The word `goals plan`. text: a team's name; without one, who may set several plans is asked which."""
    person = await actor(context, args)
    teams = await context.run(goal_plan.plannable, context.store, actor=person.id, name=text)
    if len(teams) == 1:
        await _open(context, args, person, teams[0].id)
    elif teams:
        await args.respond(
            text=texts.WHICH, blocks=plan_blocks.choice(teams), response_type="ephemeral", replace_original=False
        )
    else:
        raise TruelineError(setup_texts.TEAM_FIRST)


async def clicked(context: Context, args: AsyncArgs) -> None:
    """A button, which may name no team, or a choice from the list of teams."""
    await args.ack()
    chosen = args.payload.get("selected_option") or args.payload
    if team := chosen.get("value"):
        await _open(context, args, await actor(context, args), team)
    else:
        await show(context, args, "")


async def _open(context: Context, args: AsyncArgs, person: Person, team: str) -> None:
    view = plan_blocks.form(await _plan(context, person, team), Shown(), PlanDraft())
    await args.client.views_open(trigger_id=args.body["trigger_id"], view=view)


async def _plan(context: Context, person: Person, team: str) -> Plan:
    today = today_of(context, person)
    return await context.run(goal_plan.plan, context.store, actor=person.id, team=team, today=today)


async def rearranged(context: Context, args: AsyncArgs) -> None:
    """Another order, or more goals. Slack keeps what was typed."""
    await args.ack()
    person, view = await actor(context, args), args.body["view"]
    (team,) = unpack(view["private_metadata"], "team")
    draft, shown = plan_blocks.typed_in(view["state"]["values"]), Shown.unpacked(args.payload["value"])
    await _update(args, view["id"], plan_blocks.form(await _plan(context, person, team), shown, draft))


async def sent(context: Context, args: AsyncArgs) -> None:
    """Stored before it is acknowledged, so that a problem is said at its field."""
    person, view = await actor(context, args), args.body["view"]
    (team,) = unpack(view["private_metadata"], "team")
    draft, today, now = plan_blocks.typed_in(view["state"]["values"]), today_of(context, person), context.clock.now()
    await context.run(goal_plan.save_plan, context.store, actor=person.id, team=team, draft=draft, today=today, now=now)
    await args.ack()


async def scores_turned(context: Context, args: AsyncArgs) -> None:
    await args.ack()
    person, view = await actor(context, args), args.body["view"]
    (team,) = unpack(view["private_metadata"], "team")
    shown, page = Shown.unpacked(view["private_metadata"]), int(args.payload["value"])
    await _update(args, view["id"], score_blocks.form(await _plan(context, person, team), shown, page))


class OpenForms:
    """What has to be remembered of forms that are open, person by person."""

    def __init__(self) -> None:
        self._newest: dict[str, str] = {}
        self._turns: defaultdict[str, Lock] = defaultdict(Lock)
        self._below: dict[str, Values] = {}

    async def typed(self, _: Context, args: AsyncArgs) -> None:
        """The sum of what is typed by now. While one is on its way to the screen only the newest may follow it."""
        view, user, at = args.body["view"], args.context.user_id or "", args.payload["action_ts"]
        self._newest[user] = max(at, self._newest.get(user, ""))
        await args.ack()
        async with self._turns[user]:
            if self._newest[user] == at:
                await _update(args, view["id"], plan_blocks.with_sum(view))

    async def open_scores(self, context: Context, args: AsyncArgs) -> None:
        """The scores above the plan, whose fields Slack does not send along from there."""
        await args.ack()
        person, view = await actor(context, args), args.body["view"]
        (team,) = unpack(view["private_metadata"], "team")
        self._below[person.id] = view["state"]["values"]
        scores = score_blocks.form(await _plan(context, person, team), Shown.unpacked(view["private_metadata"]), 0)
        await args.client.views_push(trigger_id=args.body["trigger_id"], view=scores)

    async def scored(self, context: Context, args: AsyncArgs) -> None:
        """All three parts of a score, or none of them, are stored at once; both forms show what holds now."""
        await args.ack()
        person, view = await actor(context, args), args.body["view"]
        goal, ice = score_blocks.score_in(view["state"]["values"], args.payload["block_id"])
        if ice is None and args.payload["selected_option"]["value"] != NO_SCORE:
            return
        now = context.clock.now()
        await context.run(goal_plan.score_goal, context.store, actor=person.id, goal=goal, ice=ice, now=now)
        await self._redraw(context, args, person, view)

    async def _redraw(self, context: Context, args: AsyncArgs, person: Person, view: View) -> None:
        team, page = unpack(view["private_metadata"], "team", "page")
        plan, shown = await _plan(context, person, team), Shown.unpacked(view["private_metadata"])
        await _update(args, view["id"], score_blocks.form(plan, shown, int(page)))
        if below := view.get("previous_view_id"):
            draft = plan_blocks.typed_in(self._below.get(person.id, {}))
            await _update(args, below, plan_blocks.form(plan, shown, draft))


async def _update(args: AsyncArgs, view_id: str, view: View) -> None:
    """Show a form anew; it may have been closed meanwhile."""
    try:
        await args.client.views_update(view_id=view_id, view=view)
    except SlackApiError as error:
        log.info("form_not_redrawn", slack=error.response.get("error"))
