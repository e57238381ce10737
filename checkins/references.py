"""References to work kept elsewhere, found in texts: Jira and Linear keys, GitHub issues, Trello cards.

A reference is normalised: ``ticket:PAY-12``, ``github:owner/name#7``, ``trello:aB3xY9kQ``.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

TICKET, GITHUB, TRELLO = "ticket:", "github:", "trello:"

# What looks like a project's key and is none.
_STANDARDS = (
    "AES ANSI ASCII CP CRC CVE CWE DIN EN FIPS HMAC HTTP IEC IEEE ISBN ISO ISSN LATIN MD MPEG OAUTH PEP RFC RSA"
)
_MORE_STANDARDS = "SHA SOC SSL TLS UCS USB UTF WCAG WPA"
_MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP SEPT OCT NOV DEC JANUARY FEBRUARY MARCH APRIL JUNE JULY AUGUST SEPTEMBER"
_TIMES = (
    "OCTOBER NOVEMBER DECEMBER CW KW FY DAY WEEK MONTH YEAR CET CEST EET EEST GMT UTC EST EDT CST CDT MST MDT PST PDT"
)
_COUNTED = "ARM COVID GPT IPV LEVEL PAGE PART PHASE PS RC SARS STEP TOP VERSION"
NO_PROJECTS = frozenset(" ".join((_STANDARDS, _MORE_STANDARDS, _MONTHS, _TIMES, _COUNTED)).split())

_OWNER, _NAME = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})", r"[A-Za-z0-9._-]{1,100}"
_IN_TEXT = re.compile(
    # An address is one thing up to the next space: whatever chat makes a link of, nothing inside it becomes another.
    r"(?P<address>(?:https?://|www\.)\S+)"
    rf"|(?<![\w/.@#&?=%+~:-])(?P<github>{_OWNER}/{_NAME}#[1-9][0-9]{{0,8}})(?![\w#…-])"
    r"|(?<![\w/.@#&?=%+~:-])(?P<ticket>(?P<project>[A-Z]{2,10})-[1-9][0-9]{0,6})(?![\w…]|[-.,:/][0-9])"
)
_ADDRESSES = (
    (
        re.compile(rf"https?://(?:www\.)?github\.com/({_OWNER}/{_NAME})/(?:issues|pull)/([1-9][0-9]{{0,8}})(?!\w)"),
        GITHUB,
    ),
    (re.compile(r"https?://(?:www\.)?trello\.com/c/([A-Za-z0-9]{6,24})(?!\w)"), TRELLO),
    (re.compile(r"https?://[^\s/]+/(?:\S*/)?(?:browse|issue)/([A-Z]{2,10}-[1-9][0-9]{0,6})(?![\w-])"), TICKET),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bases:
    """Addresses that a key is put behind to make a link; empty where there is none. Linear's counts without Jira's."""

    jira: str = ""
    linear: str = ""


NO_BASES = Bases()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reference stands in a text. address: written as one, which chat makes a link of by itself."""

    start: int
    end: int
    reference: str | None  # None for an address of something else
    address: bool


def found(text: str) -> tuple[str, ...]:
    """The references in a text, each once, in their order."""
    return tuple(dict.fromkeys(place.reference for place in places(text) if place.reference))


def places(text: str) -> Iterator[Place]:
    """Every reference and every address, from the left; they never overlap."""
    for match in _IN_TEXT.finditer(text):
        if match["address"]:
            yield Place(*match.span(), _of_address(match["address"]), True)
        elif match["github"]:
            yield Place(*match.span(), f"{GITHUB}{match['github'].lower()}", False)
        elif match["project"] not in NO_PROJECTS:
            yield Place(*match.span(), f"{TICKET}{match['ticket']}", False)


def _of_address(address: str) -> str | None:
    for pattern, kind in _ADDRESSES:
        if match := pattern.match(address):
            return f"{kind}{'#'.join(match.groups()).lower()}" if kind == GITHUB else f"{kind}{match[1]}"
    return None


def link(reference: str, bases: Bases = NO_BASES) -> str | None:
    """The address of a reference; None for keys where no address is known."""
    kind, _, key = reference.partition(":")
    if f"{kind}:" == GITHUB:
        return f"https://github.com/{key.replace('#', '/issues/')}"
    if f"{kind}:" == TRELLO:
        return f"https://trello.com/c/{key}"
    base = bases.jira or bases.linear
    return f"{base.rstrip('/')}/{key}" if base else None
