"""Teams with their leads and members."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from checkins.model import Team
from storage import tables
from storage.scope import Record, Scope, existing, positioned, record_of

TEAM = tables.Team.__table__.c
MEMBERSHIP = tables.Membership.__table__.c


class SqlTeams:
    """Implements ``checkins.ports.Teams``."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def get(self, team: str) -> Team:
        return existing(self.find(team), "team", team)

    def find(self, team: str) -> Team | None:
        return next(iter(self._where(TEAM.id == team)), None)

    def all(self) -> list[Team]:
        return self._where(~TEAM.archived)

    def of(self, person: str) -> list[Team]:
        theirs = select(MEMBERSHIP.team).where(self._scope.owns(tables.Membership), MEMBERSHIP.person == person)
        return self._where(~TEAM.archived, TEAM.id.in_(theirs))

    def names(self) -> dict[str, str]:
        chosen = self._scope.select(tables.Team).with_only_columns(TEAM.id, TEAM.name)
        return {row["id"]: row["name"] for row in self._scope.rows(chosen)}

    def save(self, *teams: Team) -> None:
        self._scope.upsert(tables.Team, (record_of(team, tables.Team) for team in teams))
        self._scope.replace_children(
            tables.Membership,
            "team",
            of=[team.id for team in teams],
            records=(record for team in teams for record in _memberships(team)),
        )

    def _where(self, *conditions: Any) -> list[Team]:
        chosen = self._scope.select(tables.Team).where(*conditions)
        members = self._scope.children(tables.Membership, "team", chosen.with_only_columns(TEAM.id))
        rows = self._scope.rows(chosen.order_by(TEAM.name, TEAM.id))
        return [_team(row, members.get(row["id"], [])) for row in rows]


def _memberships(team: Team) -> Iterator[Record]:
    for role, people in ((tables.Role.LEAD, team.leads), (tables.Role.MEMBER, team.members)):
        yield from ({"role": role, **record} for record in positioned("team", team.id, "person", people))


def _team(row: Record, members: list[Record]) -> Team:
    def with_role(role: tables.Role) -> tuple[str, ...]:
        return tuple(member["person"] for member in members if member["role"] is role)

    return Team(**row, leads=with_role(tables.Role.LEAD), members=with_role(tables.Role.MEMBER))
