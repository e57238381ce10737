"""What is said about linking messages to goals. In mrkdwn; names and texts are escaped by the caller."""

SHORTCUT = "Link this to a goal"  # Slack takes 24 characters
TITLE = SHORTCUT
LINK, CANCEL = "Link", "Cancel"
TEXT_LABEL, GOAL_LABEL = "What was it about?", "Which goal did it serve?"
TEXT_HINT = "In your words, as it will stand in your check-in."
NO_TEXT_HINT = "The message has no text that I can read. Say in your words what it was about."
GOAL_HINT = "Leave it empty where none fits; your check-in asks for a reason."
CHOOSE_GOAL = "Type to find a goal"
STARTS_WITH_IT = "Your next check-in starts with it. Only you see it until you send that."
AGAIN = "You have linked this message already; this takes its place."

LINKED = "*Linked this week*"

SOMEBODY, A_CHANNEL, A_GROUP = "somebody", "channel", "group"  # behind @ or #, where the name is not known


def linked(text: str, about: str, address: str) -> str:
    """One linked message. about: its goal, empty where none was chosen; address: empty where it is not known."""
    named = f"• {text}  →  _{about}_" if about else f"• {text}"
    return f"{named} · <{address}|message>" if address else named
