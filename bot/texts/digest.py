"""What stands around a digest: its preview, its test message, who published it. Names are escaped by the caller."""

FINDINGS = "Worth a decision"
DETAILS = "Details per team are in the thread."
PUBLISH = "Publish"
NONE_YET = "No digest has been published yet."
PICTURE = "Planned and actual effort by goal"


def test(weekday: str, at: str) -> str:
    return f"The weekly digest will appear here, {weekday} {at}. This is a test: nothing has to be done."


def preview(channel: str) -> str:
    return f"*This is how the digest will look.* Only admins see it. Publish it in {channel} when it reads right."


PREVIEW_NO_CHANNEL = "*This is how the digest will look.* Only admins see it. Choose a channel before you publish it."


def published_by(name: str, channel: str) -> str:
    return f"Published by {name} in {channel}."


ALREADY = "This digest is published already. Nothing was posted twice."


def updated(at: str) -> str:
    return f"Updated {at}"


def teams(headline: str) -> str:
    return f"Details per team, {headline}"
