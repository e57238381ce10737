"""Numbers and names inside sentences."""

TITLE = 120  # characters of a goal's title that a digest quotes


def percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def span(low: float, high: float) -> str:
    """An interval of shares: "14–22 %"."""
    return f"{100 * low:.0f}–{percent(high)}"


def counted(number: int, word: str) -> str:
    """ "1 answer", "4 answers"."""
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def sample(*, answers: int, asked: int, check_ins: int) -> str:
    """ "29 of 36 answers over 4 check-ins"."""
    return f"{answers} of {counted(asked, 'answer')} over {counted(check_ins, 'check-in')}"


def title(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= TITLE else line[: TITLE - 1].rstrip() + "…"
