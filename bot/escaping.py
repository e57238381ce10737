"""Slack's three characters: escaped in what is sent, unescaped in what was typed."""


def escape(text: str) -> str:
    """User text for mrkdwn: only these three, so that no mention, channel call or link can be smuggled in."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """What somebody typed: Slack escapes these three in the texts of commands and messages."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
