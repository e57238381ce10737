"""What Slack's refusals and lost answers mean for a delivery: the one place that knows the error codes."""

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.delivery import Blocked, Failed, Lost, Outcome, Postponed, Unwanted
from bot.texts import sending as texts
from checkins.model import Delivery

TROUBLE = (SlackApiError, aiohttp.ClientError, TimeoutError)

FIRST_WAIT, LONGEST_WAIT = 30.0, 3600.0  # seconds; doubled from one try to the next
PICTURE_WAIT = 3.0  # seconds, once more with each try
RATE_LIMITED = 429
NOT_TAKEN = 503  # refused at the door, unlike the other server errors
UNREADABLE = "unreadable_answer"
UNSURE = frozenset({"internal_error", "fatal_error", "request_timeout", UNREADABLE})
BUSY = frozenset({"ratelimited", "rate_limited", "service_unavailable", "team_added_to_org"})
INSTALLATION = frozenset(
    {
        "account_inactive",
        "invalid_auth",
        "missing_scope",
        "no_permission",
        "not_allowed_token_type",
        "not_authed",
        "org_login_required",
        "token_expired",
        "token_revoked",
    }
)
REMEDIES = {
    "channel_not_found": texts.invite,
    "not_in_channel": texts.invite,
    "is_archived": texts.archived,
    "restricted_action": texts.restricted,
    "restricted_action_read_only_channel": texts.restricted,
    "restricted_action_thread_only_channel": texts.restricted,
    "restricted_action_non_threadable_channel": texts.restricted,
}
UNCHANGEABLE = frozenset({"cant_update_message", "edit_window_closed", "message_not_found", *REMEDIES})

Trouble = SlackApiError | aiohttp.ClientError | TimeoutError


def repeatable(error: Trouble, delivery: Delivery) -> Outcome:
    """After a call that may be made again whatever became of it: opening, looking up, changing a message."""
    code = _code(error)
    if _status(error) == RATE_LIMITED:
        return Postponed(_retry_after(error), code)
    if _picture_in_process(error):
        return Postponed(PICTURE_WAIT * (delivery.attempts + 1), "picture_in_process")
    if _unsure(error) or _never_reached(error) or code in BUSY or _status(error) >= 500:
        return Postponed(min(FIRST_WAIT * 2**delivery.attempts, LONGEST_WAIT), code)
    if code in INSTALLATION:
        return Blocked(code)
    if delivery.channel and code in REMEDIES:
        return Blocked(code, REMEDIES[code](delivery.channel))
    return Failed(code)


def changing(error: Trouble, delivery: Delivery) -> Outcome:
    """After a change of a message: one that was deleted, or that lies where nobody may write any more, stays so."""
    return Unwanted() if _code(error) in UNCHANGEABLE else repeatable(error, delivery)


def posting(error: Trouble, delivery: Delivery) -> Outcome:
    """After the one call that must not be made twice: nobody knows whether a message without an answer is there."""
    return Lost(_code(error)) if _unsure(error) else repeatable(error, delivery)


def _unsure(error: Trouble) -> bool:
    """Whether Slack may have done what it was asked for."""
    if isinstance(error, SlackApiError):
        return _code(error) in UNSURE or (_status(error) >= 500 and _status(error) != NOT_TAKEN)
    return not _never_reached(error)


def _picture_in_process(error: Trouble) -> bool:
    """Slack takes a file some seconds after its upload; until then a message that shows it is refused."""
    answer = error.response if isinstance(error, SlackApiError) else None
    return (
        isinstance(answer, AsyncSlackResponse) and _code(error) == "invalid_blocks" and "slack file" in str(answer.data)
    )


def _never_reached(error: Trouble) -> bool:
    return isinstance(error, aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError)


def _code(error: Trouble) -> str:
    """Slack's word for it, or the kind of trouble on the way."""
    if not isinstance(error, SlackApiError):
        return type(error).__name__
    answer = error.response
    known = answer.get("error") if isinstance(answer, AsyncSlackResponse) else None
    return str(known or UNREADABLE)


def _status(error: Trouble) -> int:
    """The HTTP status of the answer, 0 where there was none."""
    answer = error.response if isinstance(error, SlackApiError) else None
    return answer.status_code if isinstance(answer, AsyncSlackResponse) else getattr(answer, "status", 0)


def _retry_after(error: Trouble) -> float:
    answer = error.response if isinstance(error, SlackApiError) else None
    waits = answer.headers.get("Retry-After", "") if answer is not None else ""
    return float(waits) if waits.isdigit() else FIRST_WAIT
