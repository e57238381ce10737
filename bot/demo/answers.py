"""What colleagues answer: when, how, and in which words. Pure and drawn from the seed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from random import Random

from bot.demo.company import Colleague, Company
from bot.demo.effort import HELP, OFF_GOAL, Bookkeeping, Said, Shares, personal_targets, team_target
from bot.demo.planting import Plant
from checkins.cadence import Week
from checkins.expected_ties import CONTACT
from checkins.focus import PRIORITY, RATINGS, is_field
from checkins.forms import GOAL, NO_GOAL, AnswerDraft, ItemDraft
from checkins.model import Contact, Reason, Team
from checkins.workdays import is_day_off

ABSENT = 0.2  # chance of giving no answer in a week
SKIPS = 0.4  # of those without an answer
AFTER_THE_REMINDER = 0.12
POSTPONES = 0.04
REPEATS = 0.9  # wish to press `Same as last time` where it would be true enough
NEAR_ENOUGH = 0.22  # sum of squares of shares
NAMES_A_TEAM = 0.5
NAMES_TWO = 0.3
WAITS = 0.1
HAS_A_NOTE = 0.06
SPEAKS_OF_A_GOAL = 0.6  # where the form asks; it is optional
SPEAKS_OF_A_TIE = 0.7
NOT_NEEDED = 0.9  # of ties that there are not, in teams that have others
NEEDED_BY_FEW = 0.3  # the same in teams that have none
CONFIDENCE = (1, 2, 4, 5, 3)  # weights of ratings from 1 to 5
URGENT = 0.75  # of a drifting team's work on no goal
TURNS = ("{}", "{}", "{}", "{}", "Still on: {}", "Finished: {}", "Second round: {}", "Paired on: {}", "Review: {}")


class Manner(StrEnum):
    """How somebody deals with a prompt."""

    ANSWERS = "answers"
    REPEATS = "repeats"
    SKIPS = "skips"
    SILENT = "silent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What somebody does about a prompt: so long after it came, or after its reminder, perhaps `Later today` first.

    draft: what the form is filled with; for a repetition, what the last answer said; None without an answer.
    """

    manner: Manner
    after: timedelta = timedelta()
    reminded: bool = False
    postpones: bool = False
    draft: AnswerDraft | None = None


class Diary:
    """One team's answers, week after week; asked once per week, in order."""

    def __init__(self, company: Company, team: Team) -> None:
        self._company = company
        self._team = team
        self._people = [person for person in company.people if person.team == team.id]
        self._books = {person.id: Bookkeeping() for person in self._people}
        self._last: dict[str, AnswerDraft] = {}
        self._targets = {drifting: self._target(drifting=drifting) for drifting in (False, True)}
        self._words = _Words(company, team)

    def _target(self, *, drifting: bool) -> dict[str, Shares]:
        tastes = Random(f"tastes {self._company.seed} {self._team.id}")
        whole = team_target(self._company, self._team, drifting=drifting)
        return personal_targets(tastes, whole, [person.id for person in self._people])

    def week(self, week: Week) -> dict[str, Reply]:
        """By person, what each does about the prompt of this week. Who has the Monday off is not asked."""
        random = Random(f"week {self._company.seed} {self._team.id} {week}")
        planted = self._company.plant(Plant.DRIFT)
        targets = self._targets[planted is not None and str(week) >= planted.first_week]
        absent = _absent(random, self._people)
        return {
            person.id: _without_answer(random) if person.id in absent else self._reply(person, targets, week)
            for person in self._people
            if not is_day_off(week.monday, country=person.country)
        }

    def _reply(self, person: Colleague, targets: dict[str, Shares], week: Week) -> Reply:
        random = Random(f"reply {self._company.seed} {person.id} {week}")
        book, target = self._books[person.id], targets[person.id]
        if random.random() < REPEATS and book.repeats(random, target, tolerance=NEAR_ENOUGH):
            manner = Manner.REPEATS
        else:
            manner, said = Manner.ANSWERS, book.weigh(random, target)
            self._last[person.id] = self._words.draft(random, said)
        reminded = random.random() < AFTER_THE_REMINDER
        return Reply(
            manner=manner,
            after=_delay(random, hours=3 if reminded else 1),
            reminded=reminded,
            postpones=not reminded and random.random() < POSTPONES,
            draft=self._last[person.id],
        )


def _absent(random: Random, people: Sequence[Colleague]) -> set[str]:
    """Who gives no answer: by chance, but never more than a quarter of a team in one week."""
    chosen = [person.id for person in people if random.random() < ABSENT]
    return set(random.sample(chosen, min(len(chosen), max(1, len(people) // 4))))


def _without_answer(random: Random) -> Reply:
    manner = Manner.SKIPS if random.random() < SKIPS else Manner.SILENT
    return Reply(manner=manner, after=_delay(random, hours=2))


def _delay(random: Random, *, hours: float) -> timedelta:
    """Minutes to hours: most soon, some late, all on the same working day."""
    return timedelta(minutes=round(min(random.lognormvariate(3.6, 1.0) * hours + 2, 7 * 60)))


def asides(random: Random, asked: Mapping[str, Sequence[str]], *, partners: Sequence[str]) -> dict[str, str]:
    """What somebody says, by field, where the form asks for goals and ties. asked: the options of each field."""
    ties = (name for name in asked if name.startswith(CONTACT))
    said = {name: _contact(random, name, partners) for name in ties if random.random() < SPEAKS_OF_A_TIE}
    fields = [name for name in asked if is_field(name)]
    if fields and random.random() < SPEAKS_OF_A_GOAL:
        said |= dict(zip(fields, _of_goals(random, fields, asked[fields[0]]), strict=True))
    return said


def _contact(random: Random, field: str, partners: Sequence[str]) -> str:
    if field.removeprefix(CONTACT) in partners:
        return Contact.YES
    return Contact.NOT_NEEDED if random.random() < (NOT_NEEDED if partners else NEEDED_BY_FEW) else Contact.NO


def _of_goals(random: Random, fields: Sequence[str], options: Sequence[str]) -> list[str]:
    if fields[0].startswith(PRIORITY):
        return random.sample(options[: len(fields) + 1], len(fields))  # near to what was declared
    return random.choices(options, CONFIDENCE if tuple(options) == RATINGS else None)


class _Words:
    """A team's way of putting things: every phrase of a theme comes up before one is used again."""

    def __init__(self, company: Company, team: Team) -> None:
        self._company = company
        self._team = team
        self._names = {team.id: team.name for team in company.teams}
        self._owners = {goal.id: goal.team or "" for goal in company.goals}
        self._partners = company.partners.get(team.id, ())
        planted = company.plant(Plant.DRIFT)
        self._drifts = planted is not None and planted.team == team.id
        self._decks: dict[str, list[str]] = {}

    def draft(self, random: Random, said: Said) -> AnswerDraft:
        """The form as somebody fills it who did this."""
        used = {bucket for bucket, _ in said}
        return AnswerDraft(
            items=tuple(self._item(random, bucket, size, used) for bucket, size in said),
            worked_with=self._named(random, NAMES_A_TEAM),
            waiting_on=self._named(random, WAITS)[:1],
            note=random.choice(self._company.bank.notes) if random.random() < HAS_A_NOTE else "",
        )

    def _item(self, random: Random, bucket: str, size: str, used: set[str]) -> ItemDraft:
        if bucket == OFF_GOAL:
            reason = self._reason(random)
            text = self._phrase(random, reason, self._company.bank.off_goal[reason])
            return ItemDraft(text=text, choice=f"{NO_GOAL}{reason}", size=size)
        goal = self._helped(random, used) if bucket == HELP else bucket
        phrase = self._phrase(random, goal, self._company.phrases[goal])
        owner = self._owners[goal]
        turn = random.choice(TURNS) if owner == self._team.id else f"For {self._names[owner]}: {{}}"
        return ItemDraft(text=turn.format(phrase), choice=f"{GOAL}{goal}", size=size)

    def _reason(self, random: Random) -> Reason:
        if self._drifts and random.random() < URGENT:
            return Reason.URGENT_CUSTOMER_NEED
        return random.choice(list(Reason))

    def _helped(self, random: Random, used: set[str]) -> str:
        """A partner's goal that is not among the person's own lines and not one of the orphaned."""
        goals = [g for g in self._company.goals if g.team in self._partners and g.weight and g.id not in used]
        others = [goal for goal in goals if self._team.id not in goal.teams()] or goals
        return random.choice(others).id

    def _named(self, random: Random, chance: float) -> tuple[str, ...]:
        if not self._partners or random.random() >= chance:
            return ()
        count = 2 if random.random() < NAMES_TWO else 1
        return tuple(sorted(random.sample(self._partners, min(count, len(self._partners)))))

    def _phrase(self, random: Random, theme: str, phrases: Sequence[str]) -> str:
        deck = self._decks.setdefault(theme, [])
        if not deck:
            deck.extend(random.sample(phrases, len(phrases)))
        return deck.pop()
