"""What tells two look-alike texts apart although most of their words agree: numbers, negations, steps of one work."""

import re
from collections.abc import Sequence, Set
from operator import ne

from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

TOKEN = re.compile(r"\d[\d./-]*\d|\w+")
NEGATIONS = frozenset(
    "no not without never nobody none cannot cant dont doesnt wont stop stopped cancel cancelled canceled drop dropped "
    "abandon abandoned postpone postponed reject rejected against avoid".split()
)
OPPOSITES = tuple(
    frozenset(pair.split("/"))
    for pair in (
        "on/off add/remove added/removed adding/removing enable/disable enabled/disabled enabling/disabling start/stop "
        "open/close opened/closed increase/decrease raise/lower raising/lowering up/down allow/block allow/forbid "
        "show/hide showing/hiding import/export upgrade/downgrade internal/external inbound/outbound install/uninstall "
        "encrypt/decrypt merge/split create/delete created/deleted accept/reject with/without keep/remove keep/drop "
        "more/less more/fewer longer/shorter faster/slower before/after buy/sell hire/fire subscribe/unsubscribe "
        "lock/unlock mute/unmute pin/unpin publish/unpublish grow/shrink expand/shrink in/out accept/refuse "
        "accept/decline allow/deny permit/deny grant/revoke extend/revoke extend/limit mandatory/optional "
        "required/optional bring/take hold/release public/private manual/automatic join/leave win/lose early/late "
        "minimum/maximum first/last new/existing small/large junior/senior online/offline front/back sync/async"
    ).split()
)
# Steps that follow each other on one thing: whoever is at another step continues the work and does not repeat it.
STEPS = tuple(
    frozenset(step.split())
    for step in (
        "research researching interview interviews survey discovery investigate investigating",
        "design designing designed sketch sketching mockup mockups wireframe wireframes prototype spec specs specify",
        "implement implementing implemented build building built code coding develop developing",
        "test testing tested qa verify verifying regression acceptance",
        "review reviewing approve approving audit auditing",
        "document documenting translate translating announce announcing train training launch launching market "
        "marketing release notes",
    )
)


HANDED_OVER = frozenset("once after afterwards since finished handover".split())  # says that other work came first
AFFIXES = (("", "un"), ("", "dis"), ("", "de"), ("in", "ex"), ("", "non"))
FRAME = 3  # words that make a sentence
STEM = 5  # letters by which two forms of a word are known


def apart(left: str, right: str) -> bool:
    """Whether two folded texts that look alike are about different work all the same."""
    one, other = words(left), words(right)
    return (
        _numbered(one, other)
        or _opposed(set(one), set(other))
        or _at_other_steps(set(one), set(other))
        or _of_other_things(one, other)
        or _follows(one, other)
        or _follows(other, one)
    )


def words(text: str) -> list[str]:
    """ "don't" is one word, and so is 22.04."""
    return TOKEN.findall(text.replace("'", "").replace("’", ""))


def _numbered(one: Sequence[str], other: Sequence[str]) -> bool:
    """Both name numbers, and none of them in common, or others in other places of the same words."""
    numbers, others = ([word for word in said if any(map(str.isdigit, word))] for said in (one, other))
    if not numbers or not others or numbers == others:
        return False
    rest, other_rest = ([word for word in said if not any(map(str.isdigit, word))] for said in (one, other))
    return {*numbers}.isdisjoint(others) or rest == other_rest


def _opposed(one: Set[str], other: Set[str]) -> bool:
    """A negation on one side alone, or one word of a pair of opposites on each."""
    left, right = one - other, other - one
    negated = bool(left & NEGATIONS) != bool(right & NEGATIONS)
    named = any(left & pair and right & pair for pair in OPPOSITES)
    return negated or named or any(_reversed(word, against) for word in left for against in right)


def _reversed(word: str, other: str) -> bool:
    """ "freeze" and "unfreeze", "include" and "excluded"."""
    return any(_alike(word, before, other, after) or _alike(other, before, word, after) for before, after in AFFIXES)


def _alike(word: str, before: str, other: str, after: str) -> bool:
    stem, turned = word.removeprefix(before), other.removeprefix(after)
    told = word.startswith(before) and other.startswith(after)
    return told and len(stem) >= STEM and stem[:STEM] == turned[:STEM] and stem[:STEM] != other[:STEM]


def _at_other_steps(one: Set[str], other: Set[str]) -> bool:
    """Both name a step of the work, and none in common."""
    steps, others = ({step for step, named in enumerate(STEPS) if named & said} for said in (one, other))
    return bool(steps) and bool(others) and steps.isdisjoint(others)


def _of_other_things(one: Sequence[str], other: Sequence[str]) -> bool:
    """The same sentence about something else: "in EMEA" and "in APAC".  Its first word may differ: "cut", "reduce"."""
    stems, others = ([word[:STEM] for word in said if word not in ENGLISH_STOP_WORDS] for said in (one, other))
    if len(stems) != len(others) or len(stems) < FRAME:
        return False
    return sum(map(ne, stems[1:], others[1:])) == 1 and bool({*stems[1:]} - {*others})


def _follows(one: Sequence[str], other: Sequence[str]) -> bool:
    """One takes up what the other brings: it says so, or what the other does is done in it ("train", "the trained")."""
    if HANDED_OVER & {*one} - {*other}:
        return True
    does = other[0] if other else ""
    done = (word for word in one[1:] if word.endswith("ed"))
    return len(does) >= STEM - 1 and one[:1] != [does] and any(word[: len(does) - 1] == does[:-1] for word in done)
