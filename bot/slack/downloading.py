"""Files that people put into a form, from Slack with the bot's token."""

import aiohttp
import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack import errors
from checkins.errors import NotAllowed, TruelineError

CHUNK = 65_536  # bytes

log = structlog.get_logger()


async def download(
    client: AsyncWebClient, file: str, *, user: str, most: int, foreign: str, too_large: str, failed: str
) -> tuple[str, bytes]:
    """Name and content of a file. file, user: Slack's ids; most: bytes.

    The id comes back from people's clients, so a file is only given to who put it in: raises NotAllowed that says
    ``foreign`` to others, TruelineError that says ``too_large`` or ``failed``.
    """
    try:
        found = (await client.files_info(file=file))["file"]
        if found["user"] != user:
            raise NotAllowed(foreign)
        if found["size"] > most:
            raise TruelineError(too_large)
        content = await _fetched(found["url_private_download"], str(client.token), most=most)
    except errors.TROUBLE as error:
        log.warning("file_not_fetched", error=type(error).__name__)
        raise TruelineError(failed) from error
    if len(content) > most:
        raise TruelineError(too_large)
    return str(found["name"]), content


async def _fetched(url: str, token: str, *, most: int) -> bytes:
    """Hardly more than ``most`` bytes, whatever comes. A redirect leads to a page to sign in, so it is a refusal."""
    headers = {"Authorization": f"Bearer {token}"}
    async with aiohttp.ClientSession() as session, session.get(url, headers=headers, allow_redirects=False) as answer:
        answer.raise_for_status()
        if answer.status != 200:
            raise aiohttp.ClientError(f"Slack answers {answer.status}")
        content = bytearray()
        async for chunk in answer.content.iter_chunked(CHUNK):
            content += chunk
            if len(content) > most:
                break
        return bytes(content)
