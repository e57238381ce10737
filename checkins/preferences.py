"""What people have chosen about being asked, all of it at a glance; their country and their home team."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from difflib import get_close_matches

from checkins.absences import coming, time_off
from checkins.cadence import local_date
from checkins.errors import NotAllowed, NotFound, TruelineError
from checkins.model import Absence, Person, Team
from checkins.ports import Store, Transaction
from checkins.reminding import allowed
from checkins.rounds import plan_anew
from checkins.wording import listed
from checkins.workdays import country_names, country_of

CLOSE_ENOUGH = 0.6
DAY = timedelta(days=1)
SPOKEN = {"uk": "GB", "great britain": "GB", "england": "GB", "usa": "US"}  # besides codes and names


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """How one person is asked.

    zone, country: those that count, whoever chose them.  teams: those the person is a member of.  reminders: how many
    the home team has; None where nobody is asked yet.  absences: those that are not over, earliest first.  today: where
    the person is.  off_then: whether the instant that was asked about falls on a day off.
    """

    person: Person
    zone: str
    country: str | None
    teams: tuple[Team, ...]
    reminders: int | None
    absences: tuple[Absence, ...]
    today: date
    off_then: bool


def mine(store: Store, *, actor: str, now: datetime, then: datetime | None = None) -> Preferences:
    """What holds for the actor. then: an instant to compare with the days off, such as the next prompt's."""
    with store.snapshot() as tx:
        person = tx.people.get(actor)
        zone = person.zone or tx.workspace.get().zone
        teams = tuple(_teams(tx, actor))
        return Preferences(
            person=person,
            zone=zone,
            country=person.country or country_of(zone),
            teams=teams,
            reminders=_team_reminders(tx, person, teams),
            absences=tuple(coming(tx, person, now=now)),
            today=local_date(now, zone),
            off_then=then is not None and time_off(tx, then.date() - DAY, then.date() + DAY).is_off_at(person, then),
        )


def _team_reminders(tx: Transaction, person: Person, teams: Iterable[Team]) -> int | None:
    home = next((team for team in teams if team.id == person.home_team), None)
    plans = [plan for plan in tx.rounds.schedules() if plan.active and home and home.id in (plan.teams or [home.id])]
    return allowed(plans[0], home, replace(person, reminders=None)) if home and plans else None


def set_country(store: Store, *, actor: str, country: str | None) -> Person:
    """Whose public holidays the person has. country: a code or a name; None for that of the time zone.

    Raises TruelineError, with the nearest, for a country that is none.
    """
    code = None if country is None else _code(country.strip())
    with store.transaction() as tx:
        person = replace(tx.people.get(actor), country=code)
        tx.people.save(person)
        return person


def _code(text: str) -> str:
    names = country_names()
    known = SPOKEN | {code.casefold(): code for code in names} | {name.casefold(): code for code, name in names.items()}
    if found := known.get(text.casefold()):
        return found
    near = get_close_matches(text.casefold(), list(known), n=1, cutoff=CLOSE_ENOUGH)
    hint = f"Did you mean {named(known[near[0]])}?" if near else "Write a code like DE or a name like Germany."
    raise TruelineError(f"I know no country “{text}”. {hint}")


def named(code: str) -> str:
    """``Germany (DE)``."""
    return f"{country_name(code)} ({code})"


def country_name(code: str) -> str:
    """The country's name, the code itself where there is none."""
    return country_names().get(code, code)


def countries_like(text: str) -> list[str]:
    """Codes of the countries whose name has what was typed, the one with that code first, then by name."""
    wanted = " ".join(text.casefold().split())
    names = {code: name.casefold() for code, name in country_names().items()}
    meant = SPOKEN.get(wanted, wanted.upper())
    found = [code for code, name in names.items() if wanted in name or code == meant]
    return sorted(found, key=lambda code: (code != meant, not names[code].startswith(wanted), names[code]))


def set_home_team(store: Store, *, actor: str, team: str) -> Person:
    """The team, by id, in which the person is asked from the next round on.

    Raises NotFound for a team that is not there any more, NotAllowed unless the actor is a member.
    """
    with store.transaction() as tx:
        return _at_home(tx, actor, tx.teams.get(team))


def set_home_team_called(store: Store, *, actor: str, name: str) -> Person:
    """The same by the team's name. Raises NotFound, with the nearest, where no team bears it."""
    with store.transaction() as tx:
        return _at_home(tx, actor, _called(tx, name))


def _at_home(tx: Transaction, actor: str, team: Team) -> Person:
    if actor not in team.members or team.archived:
        own = [each.name for each in _teams(tx, actor)]
        yours = f"You are in {listed(own)}." if own else "Its lead or an admin can add you."
        raise NotAllowed(f"You are not a member of {team.name}. {yours}")
    person = replace(tx.people.get(actor), home_team=team.id)
    tx.people.save(person)
    plan_anew(tx)
    return person


def _teams(tx: Transaction, person: str) -> list[Team]:
    return [team for team in tx.teams.of(person) if person in team.members]


def _called(tx: Transaction, name: str) -> Team:
    teams = {team.name.casefold(): team for team in tx.teams.all()}
    wanted = " ".join(name.split())
    if found := teams.get(wanted.casefold()):
        return found
    near = get_close_matches(wanted.casefold(), list(teams), n=1, cutoff=CLOSE_ENOUGH)
    hint = f"Did you mean {teams[near[0]].name}?" if near else "`/align teams` lists them."
    raise NotFound(f"There is no team called “{wanted}”. {hint}")
