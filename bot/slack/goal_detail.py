"""The detail of a goal in a window: what it is, how it goes, what was changed; updates and taking it up again."""

from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.kwargs_injection.async_args import AsyncArgs
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.context import Context
from bot.slack import goal_detail_blocks, measure_pictures
from bot.slack.blocks import View
from bot.slack.goals import today_of
from bot.slack.ids import Action, Callback, unpack
from bot.slack.listening import actor, listener
from bot.texts import goal_detail as texts
from checkins import goal_detail, goal_updates
from checkins.goal_detail import DRAWN, GoalDetail
from checkins.model import Person

log = structlog.get_logger()


def register(app: AsyncApp, context: Context) -> None:
    app.action(Action.GOAL_DETAIL)(listener(context, opened))
    app.action(Action.GOAL_UPDATE)(listener(context, update_opened))
    app.action(Action.GOAL_TAKE_UP)(listener(context, taken_up))
    app.view(Callback.GOAL_UPDATE)(listener(context, posted))


async def opened(context: Context, args: AsyncArgs) -> None:
    await args.ack()
    chosen = args.payload.get("selected_option", args.payload)  # a list has one select, a line its button
    await _open(context, args, chosen["value"])


async def show(context: Context, args: AsyncArgs, text: str) -> None:
    """The words `goals show`. text: words of a title; where they fit several goals, those are offered."""
    found = await context.run(goal_detail.found_by, context.store, words=text)
    if len(found) == 1:
        await _open(context, args, found[0].id)
    else:
        offered = goal_detail_blocks.choice(found)
        await args.respond(text=texts.SEVERAL, blocks=offered, response_type="ephemeral")


async def update_opened(context: Context, args: AsyncArgs) -> None:
    await args.ack()
    person = await actor(context, args)
    goal = await context.run(goal_updates.form, context.store, actor=person.id, goal=args.payload["value"])
    show_form = args.client.views_push if args.body.get("view") else args.client.views_open
    await show_form(trigger_id=args.body["trigger_id"], view=goal_detail_blocks.update_form(goal))


async def posted(context: Context, args: AsyncArgs) -> None:
    person, view = await actor(context, args), args.body["view"]
    (goal,) = unpack(view["private_metadata"], "goal")
    typed, now = goal_detail_blocks.typed(view["state"]["values"]), context.clock.now()
    await context.run(goal_updates.post_update, context.store, actor=person.id, goal=goal, now=now, **typed)
    await args.ack()
    if below := view.get("previous_view_id"):
        await redraw(context, args, person, goal, view=below)


async def taken_up(context: Context, args: AsyncArgs) -> None:
    await args.ack()
    person, goal = await actor(context, args), args.payload["value"]
    await context.run(goal_updates.take_up, context.store, actor=person.id, goal=goal, now=context.clock.now())
    await redraw(context, args, person, goal, view=args.body["view"]["id"])


async def _open(context: Context, args: AsyncArgs, goal: str) -> None:
    person = await actor(context, args)
    found = await _found(context, person, goal)
    how = args.client.views_push if args.body.get("view", {}).get("type") == "modal" else args.client.views_open
    answer = await how(trigger_id=args.body["trigger_id"], view=_view(person, found))
    await _add_picture(context, args.client, person, found, answer["view"])


async def redraw(context: Context, args: AsyncArgs, person: Person, goal: str, *, view: str) -> None:
    """The detail as it is now, where it still is on the screen."""
    found = await _found(context, person, goal)
    try:
        answer = await args.client.views_update(view_id=view, view=_view(person, found))
    except SlackApiError as error:
        log.info("detail_not_redrawn", slack=error.response.get("error"))
    else:
        await _add_picture(context, args.client, person, found, answer["view"])


async def _found(context: Context, person: Person, goal: str) -> GoalDetail:
    today = today_of(context, person)
    return await context.run(goal_detail.history_of, context.store, actor=person.id, goal=goal, today=today)


def _view(person: Person, found: GoalDetail) -> View:
    return goal_detail_blocks.detail(found, zone=person.zone or "UTC")


async def _add_picture(
    context: Context, client: AsyncWebClient, person: Person, found: GoalDetail, view: dict[str, Any]
) -> None:
    """Put the history's picture into an open detail, for as long as nothing else has come into it."""
    if len(found.values) < DRAWN:
        return

    async def show(file: str) -> None:
        shown = goal_detail_blocks.detail(found, zone=person.zone or "UTC", picture=file)
        await client.views_update(view_id=view["id"], hash=view["hash"], view=shown)

    await measure_pictures.add(context, client, found, show)
