"""Changes of goals as people read them: names in the place of ids."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from checkins.model import GoalChange
from checkins.ports import Transaction
from checkins.roster import team_names
from checkins.wording import title

TEAMS = ("team", "contributing_teams", "depends_on")  # fields that hold ids of teams
SEPARATOR = ", "


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """who: a name, None where there is none. what: the field. team: whose weight, None for the owning team’s."""

    at: datetime
    who: str | None
    what: str
    team: str | None
    before: str
    after: str
    why: str


def readable(tx: Transaction, changes: Sequence[GoalChange]) -> list[Change]:
    """In their order. Teams that are archived keep their names and say so."""
    about = [change for change in changes if change.what == "owner"]
    named = {id for change in changes if (id := change.person)} | {id for c in about for id in (c.before, c.after)}
    people = {id: person.name for id, person in tx.people.by_ids(filter(None, named)).items()}
    teams = team_names(tx)
    goals = {goal.id: title(goal.title) for goal in tx.goals.all()}
    by_field = {"owner": people, "supports": goals} | dict.fromkeys(TEAMS, teams)
    return [_readable(change, by_field.get(change.what, {}), people, teams) for change in changes]


def _readable(
    change: GoalChange, names: Mapping[str, str], people: Mapping[str, str], teams: Mapping[str, str]
) -> Change:
    field, _, team = change.what.partition(":")
    return Change(
        at=change.at,
        who=people.get(change.person or ""),
        what=field,
        team=teams.get(team, team) or None,
        before=_named(change.before, names),
        after=_named(change.after, names),
        why=change.why,
    )


def _named(text: str, names: Mapping[str, str]) -> str:
    return SEPARATOR.join(names.get(id, id) for id in text.split(SEPARATOR)) if names else text
