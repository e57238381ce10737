"""Files on their way to Slack: ask for an address, send the bytes there, say what they are and where they belong."""

import aiohttp
import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack import errors
from checkins.errors import TruelineError

log = structlog.get_logger()


async def upload(
    client: AsyncWebClient,
    *,
    name: str,
    content: bytes,
    title: str,
    channel: str | None = None,
    thread: str | None = None,
    said: str | None = None,
    alt: str | None = None,
) -> str:
    """Slack's id of the new file. channel: where it is shared, else nowhere; said: the message that comes with it;
    alt: what a picture shows, at most 1000 characters.

    Raises SlackApiError or aiohttp.ClientError when it did not arrive.
    """
    place = await client.files_getUploadURLExternal(filename=name, length=len(content), alt_txt=alt)
    async with aiohttp.ClientSession() as session, session.post(place["upload_url"], data=content) as answer:
        answer.raise_for_status()
    await client.files_completeUploadExternal(
        files=[{"id": place["file_id"], "title": title}],
        channel_id=channel,
        thread_ts=thread,
        initial_comment=said,
    )
    return str(place["file_id"])


async def hand_over(
    client: AsyncWebClient,
    user: str,
    *,
    name: str,
    content: bytes,
    title: str,
    said: str,
    alt: str | None = None,
    failed: str,
) -> None:
    """A file in somebody's direct messages. Raises TruelineError that says ``failed`` when it did not arrive."""
    try:
        opened = await client.conversations_open(users=user)
        channel = opened["channel"]["id"]
        await upload(client, name=name, content=content, title=title, channel=channel, said=said, alt=alt)
    except errors.TROUBLE as error:
        log.warning("file_not_sent", error=type(error).__name__)
        raise TruelineError(failed) from error
