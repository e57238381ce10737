"""Teams that ought to be in touch by what is declared, and which of them a person is asked about by name."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from checkins.model import CheckIn, Contact, Goal, Level, Team

MOST_ASKED = 2  # in one form
MOST_SUPPORTERS = 5  # teams behind a product goal; where more are, they need not all know each other
NOT_NEEDED_HOLDS = 8  # check-ins for which "not needed" is taken as known; yes and no are about one week
CONTACT = "contact:"  # a form's field: the id of the team follows


def expected(team: str, *, teams: Sequence[Team], goals: Sequence[Goal]) -> tuple[Team, ...]:
    """The other teams that a team ought to be in touch with, those of the strongest reason first.

    Declared dependencies in both directions, then teams that share a goal, then teams whose goals support the same
    product goal. teams: those that exist.  goals: those running.
    """
    known = {other.id: other for other in teams if other.id != team}
    reasons = (*_dependencies(team, goals), *_sharing(team, goals), *_supporting(team, goals))
    return tuple(known[other] for other in dict.fromkeys(reasons) if other in known)


def _dependencies(team: str, goals: Sequence[Goal]) -> Iterator[str]:
    for goal in goals:
        if team in goal.teams():
            yield from goal.depends_on
        elif team in goal.depends_on:
            yield from goal.teams()


def _sharing(team: str, goals: Sequence[Goal]) -> Iterator[str]:
    for goal in goals:
        if team in goal.teams():
            yield from goal.teams()


def _supporting(team: str, goals: Sequence[Goal]) -> Iterator[str]:
    product = {goal.id for goal in goals if goal.level is Level.PRODUCT}
    behind: dict[str, dict[str, None]] = {}
    for goal in goals:
        for above in product.intersection(goal.supports):
            behind.setdefault(above, {}).update(dict.fromkeys(goal.teams()))
    for above in sorted(behind):
        if team in behind[above] and len(behind[above]) <= MOST_SUPPORTERS:
            yield from behind[above]


def to_ask(
    ties: Sequence[Team], *, history: Sequence[CheckIn], named: Sequence[str] = (), given: Sequence[str] = ()
) -> tuple[Team, ...]:
    """At most MOST_ASKED of the expected ties: those whose answer is not known, least recently asked first.

    history: the person's earlier check-ins, newest first.  named: teams that the form names as it opens.
    given: teams asked about in the check-in that is edited; they come first.
    """
    again = [team for team in ties if team.id in given]
    unknown = [team for team in ties if team.id not in (*named, *given) and not _not_needed(team, history)]
    unknown.sort(key=lambda team: -_age(team, history))
    return tuple(islice((*again, *unknown), MOST_ASKED))


def _not_needed(team: Team, history: Sequence[CheckIn]) -> bool:
    answers = (answer.contacts.get(team.id) for answer in history[:NOT_NEEDED_HOLDS])
    return next((answer for answer in answers if answer), None) is Contact.NOT_NEEDED


def _age(team: Team, history: Sequence[CheckIn]) -> int:
    """Check-ins since the person last said something of the tie; more than any for never."""
    return next((age for age, answer in enumerate(history) if team.id in answer.contacts), len(history))


def problems(said: Mapping[str, str | None], *, teams: Sequence[Team]) -> dict[str, str]:
    """What cannot be stored, by field. said: by team id, None where it was left empty.  teams: the other teams."""
    known = {team.id for team in teams}
    found = {}
    for team, answer in said.items():
        if answer and team not in known:
            found[f"{CONTACT}{team}"] = "This team is gone. Leave this empty."
        elif answer and answer not in tuple(Contact):
            found[f"{CONTACT}{team}"] = "Choose one of the answers, or leave this empty."
    return found


def answered(said: Mapping[str, str | None], *, before: Mapping[str, Contact]) -> dict[str, Contact]:
    """The contacts with what was said; what the form did not ask stays as it was before."""
    return {team: Contact(answer) for team, answer in {**before, **said}.items() if answer}
