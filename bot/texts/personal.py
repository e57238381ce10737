"""What is said about when and how often somebody is asked. In mrkdwn; names are escaped by the caller."""

from collections.abc import Sequence

from checkins.model import Person, Team
from checkins.wording import listed

REMINDERS_HOW = "Write `{command} reminders 0`, `1` or `2`, or `auto` for what your team has."
TEAM_HOW = "Write `{command} reminders team Growth 2`, or `auto` for what the schedule has."


def reminders(person: Person, command: str) -> str:
    if person.reminders is None:
        return f"You get as many reminders as your team has. {REMINDERS_HOW.format(command=command)}"
    return f"You get {_at_most(person.reminders)}."


def team_reminders(team: Team, name: str) -> str:
    if team.reminders is None:
        return f"{name} gets as many reminders as the schedule has."
    return f"{name} gets {_at_most(team.reminders)}. Each person may choose fewer."


def not_a_count(text: str, command: str) -> str:
    return f"“{text}” is no number of reminders. {REMINDERS_HOW.format(command=command)}"


def which_team(name: str, command: str) -> str:
    return f"There is no team “{name}”. {TEAM_HOW.format(command=command)}"


def paused(command: str) -> str:
    return f"Paused: you are not asked any more. `{command} resume` or an answer brings the check-ins back."


RESUMED = "Welcome back. You are asked again from the next check-in on."


def zone(person: Person, command: str) -> str:
    where = f"Your time zone is *{person.zone}*" if person.zone else "I do not know your time zone"
    if person.own_zone:
        return f"{where}, as you chose. `{command} zone auto` follows your Slack profile again."
    return f"{where}, from your Slack profile. Choose another: `{command} zone Europe/Lisbon`."


def country(name: str | None, command: str, *, own: bool) -> str:
    """name: of the country whose public holidays count."""
    if own:
        follow = f"`{command} country auto` follows your time zone again."
        return f"You have the public holidays of *{name}*, as you chose. {follow}"
    choose = f"Choose another: `{command} country DE`."
    if name is None:
        return f"Your time zone belongs to no country, so you have no public holidays. {choose}"
    return f"You have the public holidays of *{name}*, from your time zone. {choose}"


def home_team(home: str | None, others: Sequence[str], command: str) -> str:
    """home, others: names of teams that the person is in."""
    asked = f"Your home team is *{home}*: you are asked once, there." if home else "You have no home team."
    return f"{asked} You are also in {listed(others)}: `{command} team NAME` changes it." if others else asked


def _at_most(count: int) -> str:
    return ("no reminder", "at most one reminder a check-in", "at most two reminders a check-in")[count]
