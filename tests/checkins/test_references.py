"""References in texts: keys, GitHub issues, Trello cards; what only looks like one is none."""

import pytest
from hypothesis import given

from checkins.references import Bases, found, link, places
from tests.mentions import JIRA, TEXTS

LINEAR = "https://linear.app/acme/issue/"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Retry logic for PAY-12", ("ticket:PAY-12",)),
        ("PAY-12: retries, then (PAY-7), PAY-12 again.", ("ticket:PAY-12", "ticket:PAY-7")),
        ("Deploy of PAY-12-retries", ("ticket:PAY-12",)),
        ("PAY-12/PAY-13", ("ticket:PAY-12",)),
        ("Review Acme/Pay.API#7", ("github:acme/pay.api#7",)),
        ("https://github.com/Acme/pay/pull/7/files#r1 and acme/pay#7", ("github:acme/pay#7",)),
        ("(see https://github.com/acme/pay/issues/8)", ("github:acme/pay#8",)),
        ("https://trello.com/c/aB3xY9kQ/12-card-title", ("trello:aB3xY9kQ",)),
        ("https://acme.atlassian.net/browse/PAY-12?focused=1", ("ticket:PAY-12",)),
        ("https://linear.app/acme/issue/PAY-12/retry-logic", ("ticket:PAY-12",)),
    ],
)
def test_references_are_found_once_and_in_order(text: str, expected: tuple[str, ...]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "UTF-8, SHA-256, ISO-8601, COVID-19, UTC-3, CVE-2026-1234, RFC-2119, GPT-4",
        "NOV-21, SEP-2026, Q4-2026, 2026-11-21, FY-2026, KW-47, H1-2026",
        "pay-12, Pay-12, P-12, PAYPAYPAYPAY-12, PAY-0, PAY-012, PAY-12345678, PAY12, PAY-, PAY_12",
        "ÄPAY-12, xPAY-12, PAY-12x, PAY-12.5, PAY-12-13, SOME-PAY-12, PAY-12…",
        "a@b.example/PAY-12, feature/PAY-12, key=PAY-12, #PAY-12",
        "https://example.com/PAY-12, www.example.com/browse/PAY-12",
        "https://github.com/acme/pay/commit/7, https://github.com/acme/pay, acme/pay, acme#7, and/or",
        "https://trello.com/b/aB3xY9kQ, https://nottrello.com.evil.example/c/aB3xY9kQ",
        "https://github.com.evil.example/acme/pay/issues/7",
        "",
    ],
)
def test_what_only_looks_like_a_reference_is_none(text: str) -> None:
    assert found(text) == ()


def test_a_key_leads_where_the_settings_say() -> None:
    assert link("ticket:PAY-12") is None
    assert link("ticket:PAY-12", Bases(jira=JIRA, linear=LINEAR)) == f"{JIRA}PAY-12"
    assert link("ticket:PAY-12", Bases(linear=LINEAR.rstrip("/"))) == f"{LINEAR}PAY-12"


def test_github_and_trello_need_no_settings() -> None:
    assert link("github:acme/pay#7") == "https://github.com/acme/pay/issues/7"
    assert link("trello:aB3xY9kQ") == "https://trello.com/c/aB3xY9kQ"


@given(TEXTS)
def test_any_text_can_be_read(text: str) -> None:
    names = found(text)
    assert len(names) == len(set(names))
    ends = [0]
    for place in places(text):
        assert ends[-1] <= place.start < place.end <= len(text)
        ends.append(place.end)
    assert all(link(name, Bases(jira=JIRA)) for name in names)


@given(TEXTS)
def test_the_address_of_a_reference_is_that_reference(text: str) -> None:
    for name in found(text):
        assert found(link(name, Bases(jira=JIRA)) or "") == (name,)
