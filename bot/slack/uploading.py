"""Files on their way to Slack: ask for an address, send the bytes there, say what they are and where they belong."""

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient


async def upload(
    client: AsyncWebClient,
    *,
    name: str,
    content: bytes,
    title: str,
    channel: str | None = None,
    thread: str | None = None,
    said: str | None = None,
) -> str:
    """Slack's id of the new file. channel: where it is shared, else nowhere; said: the message that comes with it.

    Raises SlackApiError or aiohttp.ClientError when it did not arrive.
    """
    place = await client.files_getUploadURLExternal(filename=name, length=len(content))
    async with aiohttp.ClientSession() as session, session.post(place["upload_url"], data=content) as answer:
        answer.raise_for_status()
    await client.files_completeUploadExternal(
        files=[{"id": place["file_id"], "title": title}],
        channel_id=channel,
        thread_ts=thread,
        initial_comment=said,
    )
    return str(place["file_id"])
