"""What is said about words that were read as an answer. Names and texts are escaped by the caller."""

LOOKS_RIGHT, CHANGE, NOT_MEANT = "Looks right", "Change in the form", "This is no answer"
READ = "*I read this as your check-in. Is it right?* Nothing is stored until you say so."
STORED = "Stored. Your check-in shows it."
LEFT_ALONE = "Left alone: nothing was stored."
TOO_LONG = (
    "That is too long for me to read as one answer. Keep it to five lines of up to 280 characters, or press Answer. "
    "Your text stays above."
)


def line(number: int, text: str, share: str) -> str:
    return f"*{number}.* {text} · {share}"


def left_out(count: int) -> str:
    """What becomes of lines beyond those that a check-in holds."""
    rest = "the last one is" if count == 1 else f"the last {count} are"
    return f"A check-in holds five lines: {rest} not in it. To keep them, join lines with “and” and write again."
