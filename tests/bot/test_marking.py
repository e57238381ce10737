"""User text with its references as links: whatever it holds, it stays itself and starts nothing else."""

import re

from hypothesis import given

from bot.escaping import escape
from bot.marking import marked
from checkins.references import Bases
from tests.mentions import JIRA, TEXTS

BASES = Bases(jira=JIRA)
LINK = re.compile(r"<(https://[^<>|]+)\|([^<>|]+)>")


def test_a_key_becomes_a_link_where_its_address_is_known() -> None:
    assert marked("Retries, PAY-12.", BASES) == f"Retries, <{JIRA}PAY-12|PAY-12>."
    assert marked("Retries, PAY-12.") == "Retries, PAY-12."
    assert marked("Review Acme/pay#7") == "Review <https://github.com/acme/pay/issues/7|Acme/pay#7>"


def test_an_address_is_left_to_slack() -> None:
    for text in ("https://github.com/acme/pay/pull/7", "https://x.example/|PAY-12", f"{JIRA}PAY-12"):
        assert marked(text, BASES) == text


def test_hostile_text_around_a_key_stays_text() -> None:
    said = marked("<https://evil.example|PAY-1> <|PAY-2> <!here> PAY-3|PAY-4>", BASES)
    assert "&lt;https://evil.example|PAY-1&gt; " in said and "&lt;!here&gt;" in said
    assert f"&lt;|<{JIRA}PAY-2|PAY-2>&gt;" in said
    assert f"<{JIRA}PAY-3|PAY-3>|<{JIRA}PAY-4|PAY-4>&gt;" in said


@given(TEXTS)
def test_without_its_links_it_is_the_escaped_text(text: str) -> None:
    said = marked(text, BASES)
    assert LINK.sub(r"\2", said) == escape(text)
    assert not re.search("[<>]", LINK.sub("", said))
