"""Teams that follow a user group or channel: read afresh on every event about it, at the start and once a day."""

from collections.abc import Mapping, Sequence

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.kwargs_injection.async_args import AsyncArgs
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.context import Context
from bot.escaping import escape
from bot.slack.errors import TROUBLE
from bot.slack.listening import listener
from bot.slack.manifest import BOT_NAME
from bot.slack.profiles import everybody, profiles_of
from bot.texts import teams as texts
from checkins import following
from checkins.following import CHANNEL, USERGROUP, kind_of, source_id
from checkins.roster import Profile

PAGE = 1000  # members of a channel in one answer
MOST_LOOK_UPS = 20  # one by one; for more the list of all accounts takes fewer calls
NOBODY: Mapping[str, Profile] = {}
GONE = frozenset(
    {
        "channel_not_found",
        "is_archived",
        "missing_scope",
        "no_such_subteam",
        "not_in_channel",
        "permission_denied",
        "plan_upgrade_required",
    }
)

log = structlog.get_logger()


class OutOfReach(Exception):
    """A user group or channel that cannot be followed; the reason is Slack's word for it."""


def register(app: AsyncApp, context: Context) -> None:
    events = Events()
    for event, work in (
        ("subteam_members_changed", events.group_changed),
        ("subteam_updated", events.group_updated),
        ("member_joined_channel", events.channel_changed),
        ("member_left_channel", events.channel_changed),
    ):
        app.event(event)(listener(context, work))


class Events:
    """Changes of membership. When many people come at once, whoever reads next reads for all that wait."""

    def __init__(self) -> None:
        self._waiting: set[str] = set()

    async def group_changed(self, context: Context, args: AsyncArgs) -> None:
        await self._changed(context, args.client, f"{USERGROUP}:{args.payload['subteam_id']}")

    async def group_updated(self, context: Context, args: AsyncArgs) -> None:
        """Also when a user group is disabled or enabled."""
        await self._changed(context, args.client, f"{USERGROUP}:{args.payload['subteam']['id']}")

    async def channel_changed(self, context: Context, args: AsyncArgs) -> None:
        await self._changed(context, args.client, f"{CHANNEL}:{args.payload['channel']}")

    async def _changed(self, context: Context, client: AsyncWebClient, source: str) -> None:
        if source in self._waiting:
            return
        self._waiting.add(source)
        async with context.syncing:
            self._waiting.discard(source)
            await _follow(context, client, source, NOBODY)


async def follow(context: Context, client: AsyncWebClient, source: str) -> None:
    """Bring the teams that follow a source in step with it; nothing where there are none."""
    async with context.syncing:
        await _follow(context, client, source, NOBODY)


async def follow_all(context: Context, client: AsyncWebClient) -> None:
    """Make up for the events that were missed."""
    await reconcile(context, client, await everybody(client, admins=context.settings.admin_emails))


async def reconcile(context: Context, client: AsyncWebClient, people: Sequence[Profile]) -> None:
    """The same for whoever has the accounts of the workspace at hand."""
    known = {profile.user: profile for profile in people}
    for source in await context.run(following.sources, context.store):
        async with context.syncing:
            await _follow(context, client, source, known)


async def _follow(context: Context, client: AsyncWebClient, source: str, known: Mapping[str, Profile]) -> None:
    teams = (await context.run(following.sources, context.store)).get(source)
    if not teams:
        return
    try:
        users = await members_of(client, source)
        profiles = await look_up(context, client, users, known)
    except OutOfReach as reason:
        log.warning("source_out_of_reach", source=source, reason=str(reason))
        await _tell(context, source, teams)
        return
    except TROUBLE as error:
        log.warning("source_not_read", source=source, error=type(error).__name__)
        return
    done = await context.run(following.keep_in_step, context.store, source=source, profiles=profiles)
    if not done.members:
        await _tell(context, source, teams)
    elif done.joined or done.left:
        log.info("team_in_step", source=source, joined=done.joined, left=done.left)


async def _tell(context: Context, source: str, teams: Sequence[str]) -> None:
    names = [escape(team) for team in teams]
    text = (
        texts.channel_out_of_reach(source_id(source), names, BOT_NAME)
        if kind_of(source) == CHANNEL
        else texts.group_out_of_reach(names)
    )
    await context.run(following.out_of_reach, context.store, source=source, text=text, now=context.clock.now())


async def members_of(client: AsyncWebClient, source: str) -> tuple[str, ...]:
    """The accounts in a user group or channel, whoever they are. Raises OutOfReach; trouble on the way as it comes."""
    read = _in_channel if kind_of(source) == CHANNEL else _in_group
    try:
        return await read(client, source_id(source))
    except SlackApiError as error:
        reason = error.response.get("error")
        if reason in GONE:
            raise OutOfReach(reason) from error
        raise


async def _in_group(client: AsyncWebClient, group: str) -> tuple[str, ...]:
    return tuple((await client.usergroups_users_list(usergroup=group))["users"])


async def _in_channel(client: AsyncWebClient, channel: str) -> tuple[str, ...]:
    found = (await client.conversations_info(channel=channel))["channel"]
    if found.get("is_archived"):
        raise OutOfReach("is_archived")
    if not found.get("is_member"):
        raise OutOfReach("not_in_channel")  # its members could be read, but nobody would say when they change
    users: list[str] = []
    cursor = ""
    while True:
        page = await client.conversations_members(channel=channel, limit=PAGE, cursor=cursor)
        users += page["members"]
        cursor = (page.get("response_metadata") or {}).get("next_cursor", "")
        if not cursor:
            return tuple(users)


async def look_up(
    context: Context, client: AsyncWebClient, users: Sequence[str], known: Mapping[str, Profile] = NOBODY
) -> list[Profile]:
    """The accounts with these ids. known: those at hand already; people who are in Trueline need no look-up."""
    at_hand = dict(known) or await context.run(following.familiar, context.store, platform="slack", users=users)
    missing = tuple(user for user in dict.fromkeys(users) if user not in at_hand)
    admins = context.settings.admin_emails
    few = len(missing) <= MOST_LOOK_UPS
    found = await profiles_of(client, missing, admins=admins) if few else await everybody(client, admins=admins)
    at_hand |= {profile.user: profile for profile in found}
    return [at_hand[user] for user in dict.fromkeys(users) if user in at_hand]
