"""Where people's time goes: what each aims at in the long run, and what they say of it week by week."""

from collections.abc import Mapping, Sequence
from itertools import combinations_with_replacement
from random import Random

from bot.demo.company import Company
from bot.demo.planting import Plant
from checkins.forms import SIZES
from checkins.model import Goal, Team

OFF_GOAL = "off-goal"  # bucket of work on none of the goals
HELP = "help"  # bucket of work on a partner's goal
HELPING = 0.04  # share of a connected team's effort
DROP = 0.26  # of the drifting team's effort, gone from its goal
GONE_TO_HELP = 0.08  # of which; the rest puts out fires
TASTE = 3.0  # shape of people's leanings: a small one is far apart
STEADINESS = 14.0  # of a person's weeks: a small one is wild
BALANCING = 60  # rounds of fitting people to their team
LINES = 4  # that somebody writes at most
EFFORT_OF_A_LINE = 0.02  # how much exactness another line must bring

Shares = Mapping[str, float]
Said = tuple[tuple[str, str], ...]  # goal or bucket, and how much as the form's word
PATTERNS = tuple(words for lines in range(1, LINES + 1) for words in combinations_with_replacement(SIZES, lines))


def team_target(company: Company, team: Team, *, drifting: bool) -> dict[str, float]:
    """Where a team's time goes in the long run, by goal and bucket: as declared, except where it drifts."""
    shares = _declared(team, company.goals)
    helping = HELPING if team.id in company.partners else 0.0
    shares |= {HELP: helping, OFF_GOAL: (team.reserve or 0) - helping}
    planted = company.plant(Plant.DRIFT)
    if drifting and planted and planted.goal and planted.team == team.id:
        shares[planted.goal] -= DROP
        shares[HELP] += GONE_TO_HELP
        shares[OFF_GOAL] += DROP - GONE_TO_HELP
    return {bucket: share for bucket, share in shares.items() if share > 0}


def _declared(team: Team, goals: Sequence[Goal]) -> dict[str, float]:
    """The declared weights as shares of all work: they sum to 1 - reserve."""
    declared = {goal.id: weight for goal in goals if (weight := goal.weight_for(team.id))}
    scale = (1 - (team.reserve or 0)) / sum(declared.values())
    return {goal: weight * scale for goal, weight in declared.items()}


def personal_targets(random: Random, target: Shares, people: Sequence[str]) -> dict[str, Shares]:
    """Everybody leans to something else, and together they are the team.

    Tastes are gamma distributed, rows and columns fitted in turn (Deming & Stephan 1940).
    """
    shares = {p: {b: s * random.gammavariate(TASTE, 1 / TASTE) for b, s in target.items()} for p in people}
    for _ in range(BALANCING):
        for bucket, wanted in target.items():
            _scale([(row, bucket) for row in shares.values()], wanted * len(people))
        for row in shares.values():
            _scale([(row, bucket) for bucket in row], 1.0)
    return dict(shares)


def _scale(cells: Sequence[tuple[dict[str, float], str]], total: float) -> None:
    factor = total / sum(row[bucket] for row, bucket in cells)
    for row, bucket in cells:
        row[bucket] *= factor


class Bookkeeping:
    """One person's time: weeks vary, the form knows four sizes, and what falls short one week is made up for later."""

    def __init__(self) -> None:
        self._owed: dict[str, float] = {}
        self._last: Said = ()

    def weigh(self, random: Random, target: Shares) -> Said:
        """This week's lines. The running mean of what is said stays near the target."""
        self._last = self._settle(target, _nearest(self._wish(random, target)))
        return self._last

    def repeats(self, random: Random, target: Shares, *, tolerance: float) -> bool:
        """Whether last week's lines do for this week too; then they have been said once more."""
        wish = self._wish(random, target)
        if not self._last or _distance(wish, self._last) > _distance(wish, _nearest(wish)) + tolerance:
            return False
        self._settle(target, self._last)
        return True

    def _wish(self, random: Random, target: Shares) -> dict[str, float]:
        drawn = {bucket: random.gammavariate(STEADINESS * share, 1.0) for bucket, share in target.items()}
        total = sum(drawn.values())
        return {bucket: amount / total + self._owed.get(bucket, 0.0) for bucket, amount in drawn.items()}

    def _settle(self, target: Shares, said: Said) -> Said:
        shares = shares_of(said)
        for bucket in target.keys() | shares.keys():
            owed = self._owed.get(bucket, 0.0) + target.get(bucket, 0.0) - shares.get(bucket, 0.0)
            self._owed[bucket] = owed
        return said


def shares_of(said: Said) -> dict[str, float]:
    """Words to shares that sum to 1."""
    total = sum(SIZES[word] for _, word in said)
    return {bucket: SIZES[word] / total for bucket, word in said}


def _nearest(wish: Shares) -> Said:
    """The lines that come nearest to a wish; a further line must be worth writing."""
    first = sorted(wish, key=lambda bucket: (-wish[bucket], bucket))
    candidates = [tuple(zip(first, words, strict=False)) for words in PATTERNS if len(words) <= len(first)]
    return min(candidates, key=lambda said: _distance(wish, said) + EFFORT_OF_A_LINE * len(said))


def _distance(wish: Shares, said: Said) -> float:
    """Sum of squares between wished and said shares."""
    shares = shares_of(said)
    return sum((wish.get(bucket, 0.0) - shares.get(bucket, 0.0)) ** 2 for bucket in wish.keys() | shares.keys())
