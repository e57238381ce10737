"""What the domain needs from persistence. Everything here is bound to one workspace; storage implements it."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from checkins.model import (
    Absence,
    CheckIn,
    Delivery,
    DeliveryKind,
    DeliveryState,
    Finding,
    FindingKind,
    Goal,
    GoalChange,
    GoalUpdate,
    Identity,
    LinkedWork,
    MessageRef,
    Person,
    Prompt,
    Round,
    Schedule,
    Team,
    Workspace,
)

WEEKLY_MESSAGES = 3  # that the bot starts, per person


class Store(Protocol):
    """One workspace's data. A use case opens exactly one transaction."""

    @property
    def workspace(self) -> str: ...

    def transaction(self) -> "AbstractContextManager[Transaction]":
        """Read and write; commits at the end of the block, rolls back when it raises."""
        ...

    def snapshot(self) -> "AbstractContextManager[Transaction]":
        """Read one consistent state; nothing written through it is kept."""
        ...


class Transaction(Protocol):
    """The rows of one workspace inside one database transaction."""

    @property
    def workspace(self) -> "WorkspaceRow": ...
    @property
    def people(self) -> "People": ...
    @property
    def absences(self) -> "Absences": ...
    @property
    def teams(self) -> "Teams": ...
    @property
    def goals(self) -> "Goals": ...
    @property
    def goal_log(self) -> "GoalLog": ...
    @property
    def rounds(self) -> "Rounds": ...
    @property
    def check_ins(self) -> "CheckIns": ...
    @property
    def linked(self) -> "Linked": ...
    @property
    def outbox(self) -> "Outbox": ...
    @property
    def digests(self) -> "Digests": ...
    @property
    def history(self) -> "History": ...
    @property
    def privacy(self) -> "Privacy": ...


class WorkspaceRow(Protocol):
    def get(self) -> Workspace: ...
    def save(self, workspace: Workspace) -> None: ...


class People(Protocol):
    """``get`` raises NotFound, ``find`` gives None; ``save`` inserts or replaces by id."""

    def get(self, person: str) -> Person: ...
    def find(self, person: str) -> Person | None: ...
    def all(self) -> list[Person]: ...
    def by_ids(self, people: Iterable[str]) -> dict[str, Person]: ...
    def by_identity(self, platform: str, user: str) -> Person | None: ...
    def save(self, *people: Person) -> None: ...
    def hold(self, person: str) -> Person | None:
        """The same as ``find``, and nobody else changes the row until the transaction ends."""
        ...

    def admins(self) -> list[Person]:
        """Active admins, in order of id."""
        ...

    def hold_admins(self) -> list[Person]:
        """The same, and nobody else changes any of them until the transaction ends."""
        ...

    def identities(self, platform: str) -> dict[str, Identity]:
        """Person id to identity on a platform."""
        ...

    def identity(self, person: str, platform: str) -> Identity | None: ...
    def save_identity(self, identity: Identity) -> None: ...
    def remove_identity(self, person: str, platform: str) -> None: ...
    def is_erased(self, platform: str, user: str) -> bool:
        """Whether the person behind an account had themselves erased and has not come back by themselves since."""
        ...

    def remember_erased(self, platform: str, user: str) -> None: ...
    def forget_erased(self, platform: str, user: str) -> None: ...


class Absences(Protocol):
    def of(self, person: str) -> list[Absence]:
        """All of a person's, earliest first."""
        ...

    def touching(self, first: date, last: date) -> list[Absence]:
        """Everybody's that have a day in first..last, in order of person."""
        ...

    def replace(self, person: str, absences: Iterable[Absence]) -> None:
        """Put these, which share no day, in the place of all that the person has."""
        ...


class Teams(Protocol):
    def get(self, team: str) -> Team: ...
    def find(self, team: str) -> Team | None: ...
    def all(self) -> list[Team]:
        """Teams that are not archived, in order of name."""
        ...

    def of(self, person: str) -> list[Team]:
        """Teams the person is a member or lead of."""
        ...

    def names(self) -> dict[str, str]:
        """By id, of archived teams too."""
        ...

    def save(self, *teams: Team) -> None: ...


class Goals(Protocol):
    def get(self, goal: str) -> Goal: ...
    def find(self, goal: str) -> Goal | None: ...
    def all(self) -> list[Goal]: ...
    def hold(self) -> list[Goal]:
        """The same, and nobody else who holds them reads or saves goals until the transaction ends."""
        ...

    def running(self, first: date, last: date) -> list[Goal]:
        """Active goals whose period touches first..last, in order of id."""
        ...

    def save(self, *goals: Goal) -> None: ...


class GoalLog(Protocol):
    """What was said of goals and what was changed about them. Nothing is taken back."""

    def updates(self, goal: str) -> list[GoalUpdate]:
        """Newest first."""
        ...

    def latest_updates(self) -> dict[str, GoalUpdate]:
        """The newest of each goal that has one."""
        ...

    def updated_since(self, at: datetime) -> list[GoalUpdate]:
        """Of all goals, oldest first."""
        ...

    def add_update(self, update: GoalUpdate) -> None: ...
    def changes(self, goal: str | None) -> list[GoalChange]:
        """Oldest first; of the strategy for None."""
        ...

    def changes_named(self, changes: Iterable[str]) -> list[GoalChange]:
        """Those with these ids, oldest first."""
        ...

    def changed_since(self, at: datetime) -> list[GoalChange]:
        """Of all goals, oldest first."""
        ...

    def add_changes(self, changes: Iterable[GoalChange]) -> None: ...
    def hand_over(self, person: str, *, to: str) -> None:
        """What somebody said and changed is another person's from now on."""
        ...

    def concerns(self, change: str) -> list[str]:
        """The people who said that a change changes their work, in order of id."""
        ...

    def add_concern(self, change: str, *, person: str, at: datetime) -> bool:
        """False when the person said so before."""
        ...


class Rounds(Protocol):
    """Schedules, rounds and prompts."""

    def schedule(self, schedule: str) -> Schedule: ...
    def schedules(self) -> list[Schedule]: ...
    def due_schedules(self, now: datetime) -> list[Schedule]: ...
    def save_schedule(self, schedule: Schedule) -> None: ...

    def open(self, round_: Round, prompts: Sequence[Prompt]) -> bool:
        """Insert a round with its prompts; False when (schedule, date) exists already."""
        ...

    def add_prompts(self, prompts: Sequence[Prompt]) -> None: ...
    def get(self, round_: str) -> Round: ...
    def latest(self, schedule: str) -> Round | None: ...
    def between(self, first: date, last: date) -> list[Round]:
        """Rounds whose local date lies in first..last, oldest first."""
        ...

    def past_closing(self, now: datetime) -> list[Round]:
        """Rounds that are still open although their last prompt's window is over."""
        ...

    def close(self, round_: str) -> None: ...
    def prompt(self, prompt: str) -> Prompt: ...
    def prompts(self, round_: str) -> list[Prompt]: ...
    def latest_prompt(self, person: str) -> Prompt | None:
        """The person's newest prompt of any state."""
        ...

    def recent_prompts(self, person: str, limit: int) -> list[Prompt]:
        """The person's newest prompts of any state, newest first."""
        ...

    def to_remind(self, now: datetime) -> list[Prompt]:
        """Sent prompts whose remind_at has come."""
        ...

    def save_prompt(self, prompt: Prompt) -> None: ...

    def next_due(self) -> datetime | None:
        """When the next schedule, reminder or closing falls due; None when nothing of this is to come."""
        ...


class CheckIns(Protocol):
    def find(self, check_in: str) -> CheckIn | None: ...
    def of_prompt(self, prompt: str) -> CheckIn | None: ...
    def latest_of(self, person: str) -> CheckIn | None: ...
    def recent_of(self, person: str, limit: int) -> list[CheckIn]:
        """Newest first."""
        ...

    def of(self, person: str) -> list[CheckIn]:
        """Everything a person answered, ordered by date, then id."""
        ...

    def between(self, first: date, last: date) -> list[CheckIn]:
        """Ordered by date, then id."""
        ...

    def all(self) -> list[CheckIn]: ...
    def any_stored(self, first: date, last: date, *, since: datetime) -> bool:
        """Whether one dated first..last came in or was replaced at an instant or later."""
        ...

    def save(self, *check_ins: CheckIn, at: datetime) -> None:
        """Insert or replace by id; the replaced revision is kept in the history of revisions."""
        ...


class Linked(Protocol):
    """Messages linked to goals that no check-in has taken up yet."""

    def of(self, person: str) -> list[LinkedWork]:
        """Oldest first."""
        ...

    def save(self, work: LinkedWork) -> None:
        """Insert or replace by id."""
        ...

    def remove(self, person: str, works: Iterable[str]) -> None: ...
    def remove_before(self, at: datetime) -> None:
        """Remove everybody's that were linked before an instant."""
        ...


class Outbox(Protocol):
    def add(
        self,
        *,
        key: str,
        kind: DeliveryKind,
        subject: str,
        not_before: datetime,
        person: str | None = None,
        channel: str | None = None,
        body: Mapping[str, Any] | None = None,
        after: str | None = None,
    ) -> bool:
        """Owe a message; False when a delivery with this key exists already.

        What the bot starts towards a person needs a place in the person's weekly budget, else it is held.
        """
        ...

    def cancel(self, subject: str, kinds: Iterable[DeliveryKind]) -> None:
        """Take back what has not been claimed yet."""
        ...

    def cancel_followers(self, key: str) -> None:
        """Take back what was to come after a delivery."""
        ...

    def cancel_all(self, person: str) -> None:
        """Take back whatever a person is owed and has not been claimed yet."""
        ...

    def move(self, key: str, *, not_before: datetime) -> bool:
        """Put a message off or bring it forward; False when it has been claimed already, or there is none.

        It is held or held no longer as the budget of its new week has it.
        """
        ...

    def claim(self, *, now: datetime, lease: timedelta, limit: int) -> list[Delivery]:
        """Take due deliveries for one sender; a claim whose lease ran out is due again with attempts counted up.

        A delivery with ``after`` is due only once that delivery is sent. Prompts come before everything else.
        """
        ...

    def settle(
        self,
        delivery: str,
        *,
        state: DeliveryState,
        message: MessageRef | None = None,
        not_before: datetime | None = None,
        error: str = "",
    ) -> None:
        """Say what became of a delivery. One that goes on in another week needs a place there, else it is held."""
        ...

    def held(self, person: str) -> list[Delivery]:
        """What is held for a person, newest first."""
        ...

    def release(self, key: str, *, not_before: datetime) -> bool:
        """Have a held delivery sent because its person asked for it, which takes no place in the budget.

        False when it is not held.
        """
        ...

    def revise(self, delivery: str, *, settled: DeliveryState, state: DeliveryState, not_before: datetime) -> bool:
        """Another end for a delivery that was settled so; PENDING has it sent as if for the first time.

        False when that is not (any more) what became of it.
        """
        ...

    def by_key(self, key: str) -> Delivery | None: ...
    def about(self, subject: str, kind: DeliveryKind) -> list[Delivery]:
        """Deliveries of a kind about a subject, whatever became of them, in order of key."""
        ...

    def next_due(self) -> datetime | None:
        """When the next unclaimed delivery falls due; None when nothing is owed."""
        ...

    def troubled(self, limit: int) -> list[Delivery]:
        """Unreachable, uncertain and failing deliveries, newest first."""
        ...

    def counts(self) -> dict[DeliveryState, int]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDigest:
    """A digest as it was built: ``body`` is the JSON of the design, ``picture`` a PNG."""

    week: str
    team: str | None
    body: Mapping[str, Any]
    picture: bytes | None = None
    picture_file: str | None = None  # the platform's id of the uploaded picture
    published: bool = False
    built_at: datetime  # what was answered by then is in the body
    updated_at: datetime | None = None  # when it last changed after it was published


class Digests(Protocol):
    def find(self, week: str, team: str | None = None) -> StoredDigest | None: ...
    def save(self, digest: StoredDigest) -> None: ...
    def latest(self) -> StoredDigest | None:
        """The newest digest of the whole workspace."""
        ...

    def latest_published(self) -> StoredDigest | None: ...

    def count(self) -> int:
        """How many digests of the whole workspace were built."""
        ...

    def findings(self) -> list[Finding]:
        """Every finding that is not resolved."""
        ...

    def find_finding(self, finding: str) -> Finding | None:
        """By its id, resolved or not."""
        ...

    def findings_of(self, kind: FindingKind) -> list[Finding]:
        """Every finding of a kind, resolved or not."""
        ...

    def that_carry(self, kind: FindingKind, *, first: str, last: str) -> list[StoredDigest]:
        """Digests of weeks between two that have a finding of a kind."""
        ...

    def save_findings(self, findings: Iterable[Finding]) -> None: ...


@dataclass(frozen=True, slots=True)
class EffortColumns:
    """Check-ins and their work items as columns of equal length, ordered by check-in date.

    check_in, person, team, day: one entry per check-in.  item_of: index into those; goal, reason, share per item
    (share None = equal part).  text: of the last items, as far back as words were asked for.
    tie_of, tie_team, tie_word: one entry per other team and word about it: "worked_with", "waiting_on", or the answer
    where the tie was asked for by name ("yes", "not_needed", "no").
    """

    check_in: list[str] = field(default_factory=list)
    person: list[str] = field(default_factory=list)
    team: list[str] = field(default_factory=list)
    day: list[date] = field(default_factory=list)
    item_of: list[int] = field(default_factory=list)
    goal: list[str | None] = field(default_factory=list)
    reason: list[str | None] = field(default_factory=list)
    share: list[float | None] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    tie_of: list[int] = field(default_factory=list)
    tie_team: list[str] = field(default_factory=list)
    tie_word: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PromptColumns:
    """Who was asked: one entry per prompt that was not away. day is the round's local date."""

    person: list[str] = field(default_factory=list)
    team: list[str] = field(default_factory=list)
    day: list[date] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class VoiceColumns:
    """What people said of goals, one entry per statement. person, team, day: of its check-in.

    said: "1" to "5" for a rating, the statement picked for what "done" means, "1" (first) onwards for a priority.
    """

    person: list[str] = field(default_factory=list)
    team: list[str] = field(default_factory=list)
    day: list[date] = field(default_factory=list)
    goal: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class TextColumns:
    """Work items in words, one entry per item with a text, ordered by check-in date."""

    check_in: list[str] = field(default_factory=list)
    person: list[str] = field(default_factory=list)
    team: list[str] = field(default_factory=list)
    day: list[date] = field(default_factory=list)
    goal: list[str | None] = field(default_factory=list)
    text: list[str] = field(default_factory=list)


class History(Protocol):
    """Numbers for analysis, as columns, of check-ins and rounds dated first..last."""

    def effort(
        self, first: date, last: date, *, work_since: date | None = None, words_since: date | None = None
    ) -> EffortColumns:
        """work_since: check-ins dated before it come without items and ties; None for all of them with.

        words_since: items of check-ins dated before it come without texts; None for none with.
        """
        ...

    def asked(self, first: date, last: date) -> PromptColumns: ...
    def confidence(self, first: date, last: date) -> VoiceColumns: ...
    def clarity(self, first: date, last: date) -> VoiceColumns: ...
    def done(self, first: date, last: date) -> VoiceColumns: ...
    def priorities(self, first: date, last: date) -> VoiceColumns: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """A check-in as it stood before it was replaced: ``body`` holds its fields as JSON values."""

    check_in: str
    replaced_at: datetime
    body: Mapping[str, Any]


class Privacy(Protocol):
    """What is stored about one person, and its removal."""

    def revisions(self, person: str) -> list[Revision]:
        """Earlier versions of the person's check-ins, by check-in, oldest first."""
        ...

    def rows(self, person: str) -> dict[str, list[dict[str, Any]]]:
        """The other rows that name the person, column by column, by table; only tables that have some."""
        ...

    def erase(self, person: str, *, substitute: Person, words: Iterable[str]) -> None:
        """Put a nameless person in someone's place and take away whatever could lead back.

        Prompts and check-ins go over to the substitute under random ids, without texts, notes, ratings, "done",
        priorities and earlier versions; whatever else names the person goes. In digests, findings and messages
        to others, ``words`` become "…".
        """
        ...

    def blank_before(self, day: date) -> dict[str, date]:
        """Take the same from check-ins dated before a day, whose ids stay; returns the dates of these, by id."""
        ...
