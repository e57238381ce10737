"""What is wrong in a made-up company, on purpose and known in advance."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from checkins.errors import TruelineError

NONE = "none"


class Plant(StrEnum):
    """silo: a team without ties.  drift: effort far under a declared weight.  orphan: a goal nobody works on."""

    SILO = "silo"
    DRIFT = "drift"
    ORPHAN = "orphan"


ALL = frozenset(Plant)


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """One entry of the truth: what, where, and the first ISO week ("2026-W35") in which it is so."""

    kind: Plant
    team: str
    goal: str | None
    first_week: str


def parse(text: str) -> frozenset[Plant]:
    """``silo,drift`` or ``none``. Raises TruelineError for other words."""
    words = [word.strip() for word in text.split(",") if word.strip()]
    if words == [NONE]:
        return frozenset()
    unknown = [word for word in words if word not in set(Plant)]
    if unknown or not words:
        raise TruelineError(f'--planted takes {", ".join(Plant)} or none, not "{", ".join(unknown) or text}".')
    return frozenset(Plant(word) for word in words)


def choose_teams(random: Random, teams: Sequence[str], kinds: Collection[Plant], *, but: str) -> dict[Plant, str]:
    """Which team gets which plant: each another one as long as there are any; ``but`` only when no other is left."""
    others = [team for team in teams if team != but]
    order = [*random.sample(others, len(others)), but]
    return {kind: team for kind, team in zip(Plant, order, strict=False) if kind in kinds}
