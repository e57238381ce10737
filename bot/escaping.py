"""Slack's three characters, escaped in what is sent and unescaped in what was typed; and its fences for code."""

FENCE = "```"


def escape(text: str) -> str:
    """User text for mrkdwn: no mention, channel call or link can be smuggled in, and no fence swallows what follows.

    Bold, italics and the like stay as they were typed: they end with the line.
    """
    return text.replace(FENCE, "'''").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """What somebody typed: Slack escapes these three in the texts of commands and messages."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
