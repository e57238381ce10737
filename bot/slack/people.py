"""`/align people`: admins link those who have no chat account yet, and say who else is an admin."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from slack_bolt.async_app import AsyncApp
from slack_bolt.kwargs_injection.async_args import AsyncArgs
from slack_sdk.web.async_client import AsyncWebClient

from bot.context import Context
from bot.escaping import escape
from bot.slack import people_blocks
from bot.slack.ids import Action, unpack
from bot.slack.listening import actor, listener
from bot.slack.profiles import everybody, profiles_of
from bot.texts import people as texts
from checkins import admins, deliveries, linking_people, setup
from checkins.model import Person
from checkins.roster import Profile

FRESH = timedelta(minutes=5)  # Slack lists the accounts of a large workspace only a few times a minute


def register(app: AsyncApp, context: Context) -> None:
    clicks = Clicks()
    for action, work in (
        (Action.PEOPLE_LINK, clicks.link_proposed),
        (Action.PEOPLE_CHOOSE, clicks.link_chosen),
        (Action.PEOPLE_BACK, clicks.turn),
        (Action.PEOPLE_NEXT, clicks.turn),
        (Action.ADMIN_NAME, clicks.name_admin),
        (Action.ADMIN_REMOVE, clicks.remove_admin),
    ):
        app.action(action)(listener(context, work))


async def show(context: Context, args: AsyncArgs, _: str) -> None:
    """The word `people`."""
    person = await actor(context, args)
    await context.run(setup.form, context.store, actor=person.id)
    accounts = await everybody(args.client, admins=context.settings.admin_emails)
    await _draw(context, args, person, accounts)


class Clicks:
    """What the list's buttons do. Remembers the workspace's accounts for a moment."""

    def __init__(self) -> None:
        self._read_at: datetime | None = None
        self._accounts: list[Profile] = []

    async def link_proposed(self, context: Context, args: AsyncArgs) -> None:
        await args.ack()
        who, user, page = unpack(args.payload["value"], "person", "user", "page")
        await self._link(context, args, who=who, user=user, page=int(page))

    async def link_chosen(self, context: Context, args: AsyncArgs) -> None:
        await args.ack()
        who, page = unpack(args.payload["block_id"], "person", "page")
        await self._link(context, args, who=who, user=args.payload["selected_user"], page=int(page))

    async def _link(self, context: Context, args: AsyncArgs, *, who: str, user: str, page: int) -> None:
        person = await actor(context, args)
        profile = await _profile(context, args.client, user)
        now = context.clock.now()
        linked = await context.run(
            linking_people.link, context.store, actor=person.id, person=who, profile=profile, now=now
        )
        await self._redraw(context, args, person, page=page, said=texts.linked(escape(linked.name), user))

    async def turn(self, context: Context, args: AsyncArgs) -> None:
        await args.ack()
        person = await actor(context, args)
        await self._redraw(context, args, person, page=int(args.payload["value"]))

    async def name_admin(self, context: Context, args: AsyncArgs) -> None:
        await args.ack()
        person = await actor(context, args)
        profile = await _profile(context, args.client, args.payload["selected_user"])
        named = await context.run(admins.name_admin, context.store, actor=person.id, profile=profile)
        await self._redraw(context, args, person, said=texts.named(escape(named.name)))

    async def remove_admin(self, context: Context, args: AsyncArgs) -> None:
        await args.ack()
        person, who = await actor(context, args), args.payload["value"]
        account = await context.run(deliveries.account, context.store, person=who, platform="slack")
        profile = await _profile(context, args.client, account.user) if account else None
        removed = await context.run(admins.remove_admin, context.store, actor=person.id, person=who, profile=profile)
        said = texts.removed(escape(removed.name))
        if removed.id == person.id:
            await args.respond(said, response_type="ephemeral", replace_original=True)
        else:
            await self._redraw(context, args, person, said=said)

    async def _redraw(
        self, context: Context, args: AsyncArgs, person: Person, *, page: int = 0, said: str = ""
    ) -> None:
        now = context.clock.now()
        if self._read_at is None or now - self._read_at > FRESH:
            self._accounts = await everybody(args.client, admins=context.settings.admin_emails)
            self._read_at = now
        await _draw(context, args, person, self._accounts, page=page, said=said)


async def _draw(
    context: Context, args: AsyncArgs, person: Person, accounts: Sequence[Profile], *, page: int = 0, said: str = ""
) -> None:
    """A first list, or the next one in the place of the one that was clicked."""
    state = await context.run(
        linking_people.people, context.store, actor=person.id, platform="slack", profiles=accounts, page=page
    )
    shown = people_blocks.people(state, said=said)
    clicked = "actions" in args.body
    await args.respond(text=texts.TITLE, blocks=shown, response_type="ephemeral", replace_original=clicked)


async def _profile(context: Context, client: AsyncWebClient, user: str) -> Profile:
    (profile,) = await profiles_of(client, (user,), admins=context.settings.admin_emails)
    return profile
