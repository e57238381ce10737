"""What becomes of accounts and of the digest's channel, and the end of the installation."""

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.kwargs_injection.async_args import AsyncArgs

from bot.context import Context
from bot.escaping import escape
from bot.slack import team_sync
from bot.slack.listening import listener
from bot.slack.profiles import profile_of
from bot.texts import setup as texts
from checkins import accounts, deliveries
from checkins.following import CHANNEL

log = structlog.get_logger()


def register(app: AsyncApp, context: Context) -> None:
    for event, work in (
        ("user_change", user_changed),
        ("channel_archive", archived),
        ("group_archive", archived),
        ("channel_left", left),
        ("group_left", left),
        ("channel_rename", renamed),
        ("group_rename", renamed),
        ("app_uninstalled", ended),
        ("tokens_revoked", ended),
    ):
        app.event(event)(listener(context, work))


async def user_changed(context: Context, args: AsyncArgs) -> None:
    """Somebody's zone, name or address changed, or their account was closed or opened again."""
    profile = profile_of(args.payload["user"], admins=context.settings.admin_emails)
    await context.run(accounts.follow, context.store, profile, now=context.clock.now())


async def archived(context: Context, args: AsyncArgs) -> None:
    channel = args.payload["channel"]
    await _tell(context, channel, what="archived", text=texts.digest_channel_archived(channel))
    await team_sync.follow(context, args.client, f"{CHANNEL}:{channel}")


async def left(context: Context, args: AsyncArgs) -> None:
    """The bot itself was removed; what others do in a channel is not told."""
    channel = args.payload["channel"]
    await _tell(context, channel, what="left", text=texts.digest_channel_left(channel))
    await team_sync.follow(context, args.client, f"{CHANNEL}:{channel}")


async def renamed(context: Context, args: AsyncArgs) -> None:
    channel = args.payload["channel"]
    text = texts.digest_channel_renamed(escape(channel["name"]))
    await _tell(context, channel["id"], what=f"renamed:{channel['name']}", text=text)


async def _tell(context: Context, channel: str, *, what: str, text: str) -> None:
    """Admins hear of it once a day when it is the digest's channel."""
    await context.run(
        deliveries.digest_channel_changed,
        context.store,
        channel=channel,
        what=what,
        text=text,
        now=context.clock.now(),
    )


async def ended(_: Context, args: AsyncArgs) -> None:
    """Nothing can be sent any more; what is stored stays, and waits for a new installation."""
    log.error("no_longer_installed", slack_event=args.payload["type"])
