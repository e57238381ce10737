"""Signed HTTP delivery, the alternative to Socket Mode."""

import hmac
import json
import time
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

import aiohttp

from bot.sandbox.dispatch import COMMAND, EVENT, Envelope
from bot.sandbox.errors import NotAcknowledged
from bot.sandbox.state import Json

FORM = "application/x-www-form-urlencoded"


class HttpDelivery:
    """Posts envelopes to the app's request URL, signed with real time."""

    def __init__(self, url: str, signing_secret: str) -> None:
        self.url = url
        self._secret = signing_secret
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=None))

    async def close(self) -> None:
        await self._session.close()

    async def verify(self, *, token: str) -> None:
        """Slack's handshake with a new request URL; raises NotAcknowledged when the challenge does not come back."""
        challenge = {
            "type": "url_verification",
            "token": token,
            "challenge": "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7",
        }
        answer = await self._post(json.dumps(challenge), "application/json", {})
        if challenge["challenge"] not in (answer.get("challenge"), answer.get("text")):
            raise NotAcknowledged("challenge_failed")

    async def deliver(self, envelope: Envelope) -> Json:
        """The app's answer; raises NotAcknowledged for anything but a success."""
        retry = {}
        if envelope.retry:
            reason = envelope.retry_reason.replace("timeout", "http_timeout")
            retry = {"X-Slack-Retry-Num": str(envelope.retry), "X-Slack-Retry-Reason": reason}
        body, kind = encoded(envelope)
        return await self._post(body, kind, retry)

    async def _post(self, body: str, kind: str, headers: dict[str, str]) -> Json:
        headers = {**headers, **signature(self._secret, body), "Content-Type": kind}
        try:
            async with self._session.post(self.url, data=body.encode(), headers=headers) as response:
                text = await response.text()
                if not 200 <= response.status < 300:
                    raise NotAcknowledged("http_service_error")
                return decoded(text)
        except aiohttp.ClientError:
            raise NotAcknowledged("dispatch_failed") from None


def signature(secret: str, body: str) -> dict[str, str]:
    """Headers of a v0 signature over a body, as of now."""
    stamp = str(int(time.time()))
    digest = hmac.new(secret.encode(), f"v0:{stamp}:{body}".encode(), sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}


def encoded(envelope: Envelope) -> tuple[str, str]:
    """Body and content type of an envelope: JSON for events, form fields for commands, ``payload=`` for the rest."""
    if envelope.kind == EVENT:
        return json.dumps(envelope.payload), "application/json"
    fields: dict[str, Any] = envelope.payload
    if envelope.kind != COMMAND:
        fields = {"payload": json.dumps(envelope.payload)}
    return urlencode(fields), FORM


def decoded(text: str) -> Json:
    """An acknowledgement: JSON, or the plain text of a message, or nothing."""
    if not text.strip():
        return {}
    try:
        answer = json.loads(text)
    except ValueError:
        return {"text": text}
    return answer if isinstance(answer, dict) else {"text": text}
