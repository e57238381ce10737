"""What App Home says of messages that were not sent because the person's week was full."""

HEADING = "Waiting for you here"
WHY = "I send you only a few messages a week. The rest waits here until you have a moment."
DONE = "Done"
SEND = "Send it to me"
DOUBT = "Slack did not confirm a message in a channel. Somebody should look whether it is there."


def preview(week: str) -> str:
    """week: in words."""
    return f"The digest of {week} is ready: read it before it is published."


def more(count: int) -> str:
    return f"And {count} more."
