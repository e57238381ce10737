"""What is stored about an organisation and findings stand on, read once for all periods that are looked at."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time

from checkins.cadence import Period
from checkins.model import Cadence, Finding, Goal, GoalChange, GoalUpdate, Round, Team
from checkins.ports import EffortColumns, PromptColumns, TextColumns, Transaction, VoiceColumns

TEXT_PERIODS = 8  # whose words say how common a word is; the last 4 of them are compared
REMEMBERED = 6  # where nobody was prompted, those who answered within so many periods count as asked
LOOKBACK = 16  # periods that a case holds: eight check-ins of a team that is asked every other period
RATED = 31  # periods whose ratings of confidence a case holds: each goal has its turn in every second block


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """Columns, rounds, changes and updates lie within the periods, which are adjacent, oldest first; the first ones
    may hold nothing but who answered, and how confident people were.

    teams: all that are not archived, and those that the columns name, in order of id.  goals: all, in order of id.
    present: ids of the goals' owners who are still there.  findings: those of earlier digests that are not resolved.
    texts: of the last periods alone.
    """

    cadence: Cadence
    periods: tuple[Period, ...]
    teams: tuple[Team, ...]
    goals: tuple[Goal, ...]
    present: frozenset[str] = frozenset()
    effort: EffortColumns
    prompts: PromptColumns = field(default_factory=PromptColumns)
    texts: TextColumns = field(default_factory=TextColumns)
    confidence: VoiceColumns = field(default_factory=VoiceColumns)
    clarity: VoiceColumns = field(default_factory=VoiceColumns)
    done: VoiceColumns = field(default_factory=VoiceColumns)
    priorities: VoiceColumns = field(default_factory=VoiceColumns)
    rounds: tuple[Round, ...] = ()
    changes: tuple[GoalChange, ...] = ()
    updates: tuple[GoalUpdate, ...] = ()
    findings: tuple[Finding, ...] = ()


def records_of(tx: Transaction, periods: Sequence[Period], *, texts: int = TEXT_PERIODS) -> Records:
    """Everything of the periods; of the first ones, which only say who counts as asked later and how confident people
    were, no work and no words.

    texts: of how many periods, the last ones, the texts are wanted; 0 for none.
    """
    first, last = periods[0].first, periods[-1].last
    told = periods[RATED - LOOKBACK].first, last
    effort = tx.history.effort(
        periods[RATED - LOOKBACK - REMEMBERED + 1].first,
        last,
        work_since=told[0],
        words_since=periods[-texts].first if texts else None,
    )
    prompts = tx.history.asked(*told)
    goals = tuple(sorted(tx.goals.all(), key=lambda goal: goal.id))
    since = datetime.combine(first, time(), tzinfo=UTC)
    return Records(
        cadence=tx.workspace.get().cadence,
        periods=tuple(periods),
        teams=_teams(tx, {*effort.team, *prompts.team}),
        goals=goals,
        present=_present(tx, goals),
        effort=effort,
        prompts=prompts,
        texts=_texts(effort),
        confidence=tx.history.confidence(first, last),
        clarity=tx.history.clarity(*told),
        done=tx.history.done(*told),
        priorities=tx.history.priorities(*told),
        rounds=tuple(tx.rounds.between(first, last)),
        changes=tuple(tx.goal_log.changed_since(since)),
        updates=tuple(tx.goal_log.updated_since(since)),
        findings=tuple(tx.digests.findings()),
    )


def _texts(effort: EffortColumns) -> TextColumns:
    """The last items, those that have words."""
    start = len(effort.item_of) - len(effort.text)
    worded = [start + place for place, text in enumerate(effort.text) if text]
    check_in = [effort.item_of[item] for item in worded]
    return TextColumns(
        check_in=[effort.check_in[place] for place in check_in],
        person=[effort.person[place] for place in check_in],
        team=[effort.team[place] for place in check_in],
        day=[effort.day[place] for place in check_in],
        goal=[effort.goal[item] for item in worded],
        text=[text for text in effort.text if text],
    )


def _teams(tx: Transaction, named: Iterable[str]) -> tuple[Team, ...]:
    teams = {team.id: team for team in tx.teams.all()}
    for team in sorted(set(named) - teams.keys()):
        teams[team] = tx.teams.get(team)
    return tuple(sorted(teams.values(), key=lambda team: team.id))


def _present(tx: Transaction, goals: Sequence[Goal]) -> frozenset[str]:
    owners = tx.people.by_ids({goal.owner for goal in goals if goal.owner})
    return frozenset(person for person, known in owners.items() if known.active)
