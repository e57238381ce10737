"""`/align privacy`: who sees what, what is stored about me, send it to me, erase it. Nobody acts for somebody else.

Whoever asks is looked up, never welcomed: asking what is stored must not be the reason that something is.
"""

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.kwargs_injection.async_args import AsyncArgs

from bot.context import Context
from bot.slack import blocks, errors, privacy_blocks
from bot.slack.ids import Action
from bot.slack.listening import listener
from bot.slack.uploading import hand_over
from bot.texts import home as home_texts
from bot.texts import privacy as texts
from checkins import privacy
from checkins.model import MessageRef

log = structlog.get_logger()


def register(app: AsyncApp, context: Context) -> None:
    app.action(Action.SEND_DATA)(listener(context, send))
    app.action(Action.ERASE)(listener(context, erase))


async def show(context: Context, args: AsyncArgs, _: str) -> None:
    """The word `privacy`."""
    kept = await context.run(privacy.stored, context.store, platform="slack", user=_user(args))
    said = privacy_blocks.overview(kept)
    await args.respond(text=home_texts.WHO_SEES, blocks=said, response_type="ephemeral")


async def send(context: Context, args: AsyncArgs) -> None:
    """Everything as a file in the person's direct messages."""
    await args.ack()
    user, now = _user(args), context.clock.now()
    document = await context.run(privacy.export, context.store, platform="slack", user=user, now=now)
    await hand_over(
        args.client,
        user,
        name=f"trueline-{now:%Y-%m-%d}.json",
        content=document.encode(),
        title=texts.FILE_TITLE,
        said=texts.FILE_COMES,
        failed=texts.NOT_SENT,
    )
    await args.respond(texts.SENT, response_type="ephemeral", replace_original=False)


async def erase(context: Context, args: AsyncArgs) -> None:
    """After the confirmation that the button asks for."""
    await args.ack()
    erased = await context.run(privacy.erase_own, context.store, platform="slack", user=_user(args))
    said = texts.erased(erased.answers)
    await args.respond(text=said, blocks=[blocks.section(said)], response_type="ephemeral", replace_original=True)
    await _clear_screen(args, asking=erased.asking)


async def _clear_screen(args: AsyncArgs, *, asking: MessageRef | None) -> None:
    """App Home showed the answers, and the open check-in its buttons."""
    said = [blocks.section(texts.HOME_ERASED)]
    try:
        await args.client.views_publish(user_id=_user(args), view=blocks.home(said))
        if asking:
            await args.client.chat_update(channel=asking.channel, ts=asking.id, text=texts.HOME_ERASED, blocks=said)
    except errors.TROUBLE as error:
        log.warning("screen_not_cleared", error=type(error).__name__)


def _user(args: AsyncArgs) -> str:
    return args.context.user_id or ""
