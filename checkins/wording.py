"""Numbers, names and lists as every text writes them."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date

from checkins.forms import shortened

QUOTE_LIMIT = 120  # characters of a text that a digest quotes
NBSP = "\N{NO-BREAK SPACE}"  # a number and its unit stay on one line


def points(share: float) -> str:
    """Hundredths: ``0.184`` as ``18``."""
    return f"{100 * share:.0f}"


def percent(share: float) -> str:
    """``0.184`` as ``18 %``, which no line break parts."""
    return f"{points(share)}{NBSP}%"


def span(low: float, high: float) -> str:
    """An interval of shares: ``14–22 %``."""
    return f"{points(low)}–{percent(high)}"


def counted(number: int, word: str, many: str = "") -> str:
    """``1 answer``, ``4 answers``; many: the plural where it is no mere s."""
    return f"{number} {word}" if number == 1 else f"{number} {many or f'{word}s'}"


def stretch(label: str) -> str:
    """A period by its label: ``week 44``, ``weeks 44 and 45``, ``May 2025``."""
    year, _, rest = label.partition("-")
    if not rest.startswith("W"):
        return f"{date(int(year), int(rest), 1):%B %Y}"
    first, _, second = rest.removeprefix("W").partition("/")
    return f"weeks {int(first)} and {int(second)}" if second else f"week {int(first)}"


def sample(*, answers: int, asked: int, check_ins: int) -> str:
    """``29 of 36 answers over 4 check-ins``."""
    return f"{answers} of {counted(asked, 'answer')} over {counted(check_ins, 'check-in')}"


def lacking(parts: Sequence[str]) -> str:
    """What a goal has to have and has not, of its owner and its team: ``no owner``."""
    return "neither an owner nor a team" if len(parts) > 1 else f"no {parts[0]}"


def listed(words: Sequence[str]) -> str:
    """``a, b and c``."""
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)


def period(starts: date | None, ends: date | None) -> str:
    """``January – June 2025``, ``2026``, ``3 February – 5 May 2026``, ``until 5 May 2026``, ``no dates``."""
    if starts is None or ends is None:
        return f"from {_day(starts)}" if starts else f"until {_day(ends)}" if ends else "no dates"
    whole = starts.day == 1 and ends.day == monthrange(ends.year, ends.month)[1]
    if whole and (starts.month, ends.month, starts.year) == (1, 12, ends.year):
        return f"{ends:%Y}"
    first, last = (f"{starts:%B %Y}", f"{ends:%B %Y}") if whole else (_day(starts), _day(ends))
    if first == last:
        return last
    return f"{first.removesuffix(f' {ends:%Y}')} – {last}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def archived(team: str) -> str:
    """The name of a team that is archived."""
    return f"{team} (archived)"


def one_line(text: str) -> str:
    """Text without line breaks and without characters that no reader can see."""
    if text.isprintable() and "  " not in text:
        return text.strip(" ")
    visible = "".join(char if char.isprintable() or char == NBSP else " " for char in text)
    return " ".join(word for word in visible.split(" ") if word)


def quoted(text: str) -> str:
    """Somebody's words on one line, cut between words."""
    return shortened(one_line(text), QUOTE_LIMIT)


def title(text: str) -> str:
    """A goal's title, which is quoted like other words."""
    return quoted(text)
