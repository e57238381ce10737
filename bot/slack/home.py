"""App Home: one page per person, drawn when they look at it and after what they did."""

from slack_bolt.async_app import AsyncApp
from slack_bolt.kwargs_injection.async_args import AsyncArgs
from slack_sdk.web.async_client import AsyncWebClient

from bot.context import Context
from bot.slack import goal_review, home_blocks
from bot.slack.goals import today_of
from bot.slack.ids import Action
from bot.slack.listening import actor, listener
from checkins import accounts, answering, deliveries, goal_boards, goal_voices, held, preferences, setup
from checkins.errors import NotAllowed
from checkins.model import Person

TROUBLES_SHOWN = 5


def register(app: AsyncApp, context: Context) -> None:
    app.event("app_home_opened")(listener(context, opened))
    app.action(Action.COME_BACK)(listener(context, come_back))


async def opened(context: Context, args: AsyncArgs) -> None:
    if args.payload.get("tab") != "home":
        return
    user = args.payload["user"]
    if await context.run(accounts.is_erased, context.store, platform="slack", user=user):
        await args.client.views_publish(user_id=user, view=home_blocks.erased())
        return
    try:
        person = await actor(context, args)
    except NotAllowed:
        await args.client.views_publish(user_id=user, view=home_blocks.refusal())
        return
    await refresh(context, args.client, person=person, user=user)


async def come_back(context: Context, args: AsyncArgs) -> None:
    """Whoever was erased uses Trueline again, at their own click."""
    await args.ack()
    await redraw(context, args, await actor(context, args))


async def refresh(context: Context, client: AsyncWebClient, *, person: Person, user: str) -> None:
    """Draw a person's App Home anew. user: their Slack id."""
    view = home_blocks.home(await _scene(context, person))
    await client.views_publish(user_id=user, view=view)


async def redraw(context: Context, args: AsyncArgs, person: Person) -> None:
    """The same for whoever has just done something."""
    await refresh(context, args.client, person=person, user=args.context.user_id or "")


async def _scene(context: Context, person: Person) -> home_blocks.Scene:
    store, now = context.store, context.clock.now()
    state = await context.run(setup.checklist, store, actor=person.id)
    waiting = await context.run(held.waiting, store, actor=person.id)
    return home_blocks.Scene(
        state=state,
        desk=await context.run(answering.waiting, store, actor=person.id),
        held=waiting,
        news=await context.run(goal_voices.read, store, *waiting),
        board=await context.run(goal_boards.mine, store, actor=person.id, today=today_of(context, person)),
        health=await context.run(deliveries.health, store, limit=TROUBLES_SHOWN) if state.viewer.admin else None,
        preferences=await context.run(preferences.mine, store, actor=person.id, now=now, then=state.next_prompt),
        reviews=await goal_review.waiting(context, person),
        commands=context.settings,
        now=now,
    )
