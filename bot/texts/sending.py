"""What admins are told when a message for a channel does not arrive, in Slack's mrkdwn.

Channels are Slack's ids; names are escaped by the caller.
"""

from bot import wording
from checkins.model import Delivery, DeliveryKind

KEPT = "The message is kept and tried again every hour."


def invite(channel: str) -> str:
    return f"I cannot post in <#{channel}>. Invite me there: `/invite @Trueline`. {KEPT}"


def archived(channel: str) -> str:
    return f"I cannot post in <#{channel}>: it is archived. Unarchive it, or choose another channel for the digest."


def restricted(channel: str) -> str:
    return f"I cannot post in <#{channel}>: only some may post there. Let Trueline post, or choose another. {KEPT}"


def may_be_missing(delivery: Delivery) -> str:
    """A question: whether a channel message that nobody confirmed is there."""
    return (
        f"Slack did not confirm {_what(delivery)}, so it may be missing in <#{delivery.channel}>. "
        "Please look: I do not post it again by myself, so that nobody reads it twice."
    )


POST_IT = "Post it"
IS_THERE = "It is there"


def posted_again(name: str) -> str:
    return f"{name} had it posted again."


def found_there(name: str) -> str:
    return f"{name} found it there."


def _what(delivery: Delivery) -> str:
    if delivery.kind is DeliveryKind.DIGEST_TEST:
        return "my test message"
    named = wording.week(delivery.subject.partition("/")[0])
    return f"the digest of {named}" if delivery.kind is DeliveryKind.DIGEST else f"the team details of {named}"
