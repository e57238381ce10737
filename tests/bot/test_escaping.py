"""User text in mrkdwn: it calls nobody, and what follows it stays as it is."""

import pytest

from bot.escaping import escape, unescape


def test_nothing_that_slack_would_act_on_is_left() -> None:
    assert escape("<!channel> & <@U1>") == "&lt;!channel&gt; &amp; &lt;@U1&gt;"
    assert unescape(escape("<!channel> & <@U1>")) == "<!channel> & <@U1>"


@pytest.mark.parametrize("typed", ["```", "``` rest", "````", "a``````b", "`" * 8])
def test_no_fence_for_code_can_swallow_what_follows(typed: str) -> None:
    assert "```" not in escape(typed)


def test_words_in_backticks_stay() -> None:
    assert escape("Moved `pay()` and *all* of it") == "Moved `pay()` and *all* of it"
