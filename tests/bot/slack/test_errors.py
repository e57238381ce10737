"""Slack's refusals, one by one: what is tried again, what is kept, what is given up."""

from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.delivery import Blocked, Failed, Lost, Postponed, Unwanted
from bot.slack import errors
from checkins.model import Delivery, DeliveryKind

PROMPT = Delivery(
    id="1",
    key="prompt:p",
    kind=DeliveryKind.PROMPT,
    subject="p",
    not_before=datetime(2026, 9, 7, tzinfo=UTC),
    person="anna",
)
DIGEST = Delivery(
    id="2",
    key="digest:2026-W37",
    kind=DeliveryKind.DIGEST,
    subject="2026-W37",
    not_before=datetime(2026, 9, 11, tzinfo=UTC),
    channel="C1",
)


def refusal(code: str = "", *, status: int = 200, headers: dict[str, str] | None = None) -> SlackApiError:
    answer = AsyncSlackResponse(
        client=None,
        http_verb="POST",
        api_url="chat.postMessage",
        req_args={},
        data={"ok": False, "error": code} if code else {},
        headers=headers or {},
        status_code=status,
    )
    return SlackApiError("refused", answer)


def never_connected() -> aiohttp.ClientConnectorError:
    key: Any = aiohttp.client_reqrep.ConnectionKey("slack.test", 443, True, True, None, None, None)
    return aiohttp.ClientConnectorError(key, OSError("refused"))


def test_retry_after_is_obeyed() -> None:
    limited = refusal("ratelimited", status=429, headers={"Retry-After": "17"})
    assert errors.posting(limited, PROMPT) == Postponed(17, "ratelimited")


@pytest.mark.parametrize("code", ["internal_error", "fatal_error", "request_timeout"])
def test_a_message_that_slack_may_have_posted_is_not_posted_again(code: str) -> None:
    assert errors.posting(refusal(code), PROMPT) == Lost(code)
    assert isinstance(errors.repeatable(refusal(code), PROMPT), Postponed)


@pytest.mark.parametrize("status", [500, 502, 504])
def test_server_errors_leave_a_message_in_doubt(status: int) -> None:
    assert isinstance(errors.posting(refusal(status=status), PROMPT), Lost)
    assert isinstance(errors.repeatable(refusal(status=status), PROMPT), Postponed)


@pytest.mark.parametrize("error", [refusal("service_unavailable", status=503), never_connected()])
def test_what_surely_did_not_arrive_is_tried_again(error: errors.Trouble) -> None:
    assert isinstance(errors.posting(error, PROMPT), Postponed)


@pytest.mark.parametrize("error", [aiohttp.ServerDisconnectedError(), TimeoutError()])
def test_a_connection_lost_on_the_way_leaves_a_message_in_doubt(error: errors.Trouble) -> None:
    assert isinstance(errors.posting(error, PROMPT), Lost)


def test_waiting_grows_from_try_to_try_up_to_an_hour() -> None:
    waits = [errors.repeatable(never_connected(), _tried(attempts)) for attempts in (0, 1, 2, 20)]
    assert [wait.seconds for wait in waits if isinstance(wait, Postponed)] == [30, 60, 120, 3600]


def _tried(attempts: int) -> Delivery:
    return Delivery(
        id="1",
        key="k",
        kind=DeliveryKind.NOTICE,
        subject="s",
        not_before=PROMPT.not_before,
        person="anna",
        attempts=attempts,
    )


@pytest.mark.parametrize("code", ["channel_not_found", "not_in_channel", "is_archived", "restricted_action"])
def test_a_channel_that_refuses_is_kept_with_a_remedy_for_the_admins(code: str) -> None:
    outcome = errors.posting(refusal(code), DIGEST)
    assert isinstance(outcome, Blocked)
    assert "<#C1>" in outcome.remedy


@pytest.mark.parametrize("code", ["user_not_found", "messages_tab_disabled", "cannot_dm_bot", "user_disabled"])
def test_a_person_who_cannot_be_written_to_is_given_up(code: str) -> None:
    assert errors.posting(refusal(code), PROMPT) == Failed(code)


@pytest.mark.parametrize("code", ["invalid_auth", "token_revoked", "account_inactive", "missing_scope"])
def test_while_the_installation_is_broken_everything_is_kept(code: str) -> None:
    assert errors.posting(refusal(code), PROMPT) == Blocked(code)


@pytest.mark.parametrize("code", ["message_not_found", "edit_window_closed", "channel_not_found", "is_archived"])
def test_a_message_that_cannot_be_changed_any_more_stays_as_it_is(code: str) -> None:
    assert errors.changing(refusal(code), DIGEST) == Unwanted()


@pytest.mark.parametrize("code", ["internal_error", "service_unavailable"])
def test_a_change_may_be_made_again(code: str) -> None:
    assert isinstance(errors.changing(refusal(code), DIGEST), Postponed)
