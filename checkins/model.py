"""The words of the product as values: frozen, comparable, free of I/O.

Instants are aware UTC datetimes; ``date`` and ``time`` are wall time in the zone that the owner names.
Ids are opaque strings of 1 to 120 characters, unique within a workspace.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any


class Cadence(StrEnum):
    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"


class Level(StrEnum):
    ORGANISATION = "organisation"
    PRODUCT = "product"
    TEAM = "team"


class GoalStatus(StrEnum):
    ACTIVE = "active"
    PAUSED = "paused"
    DONE = "done"
    DROPPED = "dropped"


class Reason(StrEnum):
    """Why work belongs to none of the goals."""

    KEEPING_THE_LIGHTS_ON = "keeping_the_lights_on"
    URGENT_CUSTOMER_NEED = "urgent_customer_need"
    TECHNICAL_DEBT = "technical_debt"
    EXPLORATION = "exploration"
    GOAL_MISSING = "goal_missing"
    ASKED_FOR = "asked_for"


class Contact(StrEnum):
    """The answer to an expected tie that was asked for by name."""

    YES = "yes"
    NOT_NEEDED = "not_needed"
    NO = "no"


class Entered(StrEnum):
    """How an answer came in."""

    FORM = "form"
    SAME = "same"
    TEXT = "text"
    IMPORT = "import"


class PromptState(StrEnum):
    PENDING = "pending"
    SENT = "sent"
    ANSWERED = "answered"
    SKIPPED = "skipped"
    AWAY = "away"
    EXPIRED = "expired"


class DeliveryState(StrEnum):
    PENDING = "pending"
    CLAIMED = "claimed"
    RETRY = "retry"
    SENT = "sent"
    UNREACHABLE = "unreachable"
    UNCERTAIN = "uncertain"
    CANCELLED = "cancelled"
    HELD = "held"  # over the person's weekly budget: never sent by itself, waits in App Home


class DeliveryKind(StrEnum):
    """What a delivery says; a front end has one builder for each."""

    PROMPT = "prompt"  # subject: prompt id
    REMINDER = "reminder"  # subject: prompt id
    RECEIPT = "receipt"  # subject: prompt id; replaces the prompt's message
    CLOSED = "closed"  # subject: prompt id; takes the buttons off a prompt that was skipped or is over
    DIGEST_TEST = "digest_test"  # subject: channel id
    DIGEST_PREVIEW = "digest_preview"  # subject: week, to each admin before publication
    DIGEST = "digest"  # subject: week
    DIGEST_THREAD = "digest_thread"  # subject: "week/part"; goes out after its parent
    DIGEST_PICTURE = "digest_picture"  # subject: week; adds a picture that was not ready to the digest's message
    DIGEST_UPDATE = "digest_update"  # subject: week; replaces the digest's message after late answers and edits
    DIGEST_THREAD_UPDATE = "digest_thread_update"  # subject: "week/part"; the same for a message of its thread
    DOUBT = "doubt"  # subject: key of a channel's delivery; asks each admin whether its message is there
    NOTICE = "notice"  # body["text"]: a sentence for one person
    NEWS = "news"  # body["changes"]: ids of what somebody changed about goals or the strategy, for one it concerns
    CONCERN = "concern"  # body["changes"]: the same, for who answers for it, with those whose work it changes


class FindingKind(StrEnum):
    SILO = "silo"
    MISSING_TIE = "missing_tie"
    DRIFT = "drift"
    DUPLICATE_GOAL = "duplicate_goal"
    DUPLICATE_WORK = "duplicate_work"
    ORPHAN_GOAL = "orphan_goal"
    UNALIGNED_WORK = "unaligned_work"
    UNCLEAR_GOAL = "unclear_goal"
    CONTESTED_GOAL = "contested_goal"
    UNCLEAR_DONE = "unclear_done"
    PRIORITY_GAP = "priority_gap"
    FALLING_CONFIDENCE = "falling_confidence"
    FALLING_RESPONSE = "falling_response"
    OVERLOAD = "overload"


class FindingState(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    DELIBERATE = "deliberate"
    DISMISSED = "dismissed"
    RESOLVED = "resolved"


class Decision(StrEnum):
    """What people say is to become of a finding."""

    DELIBERATE = "deliberate"
    CHANGE_PLAN = "change_plan"
    INTRODUCE = "introduce"
    TAKE_ON = "take_on"
    TOGETHER = "together"
    DIFFERENT_WORK = "different_work"
    NOT_A_PROBLEM = "not_a_problem"


@dataclass(frozen=True, slots=True, kw_only=True)
class Strategy:
    vision: str = ""
    mission: str = ""
    target_market: str = ""
    value_proposition: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestPlan:
    """Where and when the workspace's digest is posted; ``zone`` is an IANA name."""

    channel: str
    weekday: int  # 0 Monday .. 6 Sunday
    at: time
    zone: str
    next_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    id: str
    name: str
    cadence: Cadence = Cadence.WEEKLY
    strategy: Strategy = Strategy()
    zone: str = "UTC"
    digest: DigestPlan | None = None
    slack_team: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    id: str
    name: str
    email: str | None = None
    zone: str | None = None
    own_zone: bool = False  # the person chose the zone; the chat profile's is not followed
    country: str | None = None
    home_team: str | None = None
    reminders: int | None = None  # at most so many a round, 0..2; None: as the team has it
    paused: bool = False  # not asked until resumed
    resumed_at: datetime | None = None  # unanswered rounds before this are forgotten
    admin: bool = False
    active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """Days on which a person is not asked, both included, as that person's calendar has them."""

    person: str
    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """A person's account in a chat; ``channel`` is the direct-message channel once it is known."""

    person: str
    platform: str  # "slack" | "teams"
    user: str
    channel: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    id: str
    name: str
    parent: str | None = None
    leads: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    reserve: float | None = None  # declared share of effort for running things, 0..1
    reminders: int | None = None  # a round, 0..2; None: as the schedule has it
    archived: bool = False
    added_by: str | None = None  # the admin who set it up in chat; its members are told at first contact
    source: str | None = None  # "usergroup:S1" or "channel:C1" whose members are the team's; None: kept by hand


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    name: str
    framework: str = "kpi"
    baseline: float | None = None
    target: float | None = None
    unit: str = ""
    current: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ice:
    """How much a goal promises, each 1..10: Ellis and Brown, Hacking Growth (2017)."""

    impact: int
    confidence: int
    ease: int

    @property
    def score(self) -> int:
        """1..1000."""
        return self.impact * self.confidence * self.ease


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    id: str
    title: str
    description: str = ""
    level: Level = Level.TEAM
    supports: tuple[str, ...] = ()
    owner: str | None = None
    team: str | None = None
    contributing_teams: tuple[str, ...] = ()
    depends_on: tuple[str, ...] = ()  # team ids
    starts: date | None = None
    ends: date | None = None
    weight: float | None = None  # declared share of the owning team's effort, 0..1
    weights: Mapping[str, float] = field(default_factory=dict)  # the same for contributing teams
    measure: Measure | None = None
    status: GoalStatus = GoalStatus.ACTIVE
    done: tuple[str, ...] = ()  # up to four statements of its owner on what "done" could mean
    ice: Ice | None = None
    updated_at: datetime | None = None  # the newest word on it: set up, changed, or an update posted
    nudges: int = 0  # reminders of the owner since then

    def weight_for(self, team: str) -> float | None:
        """Declared weight of this goal for a team, None where nothing is declared."""
        return self.weight if team == self.team else self.weights.get(team)

    def teams(self) -> tuple[str, ...]:
        """The owning team, then the contributing ones."""
        return ((self.team,) if self.team else ()) + self.contributing_teams

    def runs_between(self, first: date, last: date) -> bool:
        """Whether the goal is active and its period touches the days first..last."""
        begun = self.starts is None or self.starts <= last
        ended = self.ends is not None and self.ends < first
        return self.status is GoalStatus.ACTIVE and begun and not ended


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalUpdate:
    """A short word on how a goal goes, with a value of its measure where there is one. person: None once erased."""

    id: str
    goal: str
    person: str | None
    at: datetime
    text: str
    value: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalChange:
    """One field of a goal changed. what: the field's name, ``weight:TEAM`` for a contributing team's weight.

    goal: None where it is a part of the strategy that changed. before and after: as text that people read; ids for
    owner, team and supports.
    """

    id: str
    goal: str | None
    at: datetime
    person: str | None  # None: a document, the bot itself, or somebody erased since
    what: str
    before: str
    after: str
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """When which home teams are asked; no teams named means every team."""

    id: str
    weekday: int
    at: time
    cadence: Cadence
    starts: date
    next_date: date  # local date of the next round
    next_at: datetime  # the earliest instant at which that date and time come true for anybody asked
    teams: tuple[str, ...] = ()
    window: timedelta = timedelta(hours=48)
    remind_after: timedelta = timedelta(hours=24)
    reminders: int = 1
    active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenGoal:
    """A goal as it was worded and weighted when a round opened."""

    id: str
    title: str
    team: str | None
    weight: float | None
    weights: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    id: str
    schedule: str
    date: date
    opens_at: datetime
    closes_at: datetime
    questions: tuple[str, ...] = ()
    goals: tuple[FrozenGoal, ...] = ()
    closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageRef:
    """A message on a platform: its channel and the id the platform gave it (Slack's ts)."""

    channel: str
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    id: str
    round: str
    person: str
    team: str
    due_at: datetime
    closes_at: datetime
    remind_at: datetime | None  # None: nothing more to remind of
    snoozed: bool = False  # the person chose remind_at
    state: PromptState = PromptState.PENDING
    message: MessageRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkItem:
    """One line of a check-in: a goal or a reason why none, and a share of the answer's effort."""

    text: str
    goal: str | None = None
    reason: Reason | None = None
    share: float | None = None  # 0..1; None is an equal part
    proposed: str | None = None  # the goal that was offered, kept apart from the confirmed one
    references: tuple[str, ...] = ()  # "ticket:PAY-12", "github:owner/name#7", "trello:aB3xY9": named in the text


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckIn:
    id: str
    person: str
    team: str
    date: date
    items: tuple[WorkItem, ...] = ()
    worked_with: tuple[str, ...] = ()
    waiting_on: tuple[str, ...] = ()
    contacts: Mapping[str, Contact] = field(default_factory=dict)
    confidence: Mapping[str, int] = field(default_factory=dict)
    clarity: Mapping[str, int] = field(default_factory=dict)
    done: Mapping[str, str] = field(default_factory=dict)
    priorities: tuple[str, ...] = ()
    note: str = ""
    entered: Entered = Entered.FORM
    late: bool = False
    prompt: str | None = None
    revision: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedWork:
    """A message that a person linked to a goal; the next form they open starts with it, and sending it uses it up."""

    id: str
    person: str
    text: str
    goal: str | None
    link: str  # address of the message, empty where the platform gave none
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a detector points out; the id is a hash of kind, basis, teams and goals."""

    id: str
    kind: FindingKind
    basis: str | None  # "plan" | "history" | None
    teams: tuple[str, ...]
    goals: tuple[str, ...]
    since: str  # ISO week, "2026-W44"
    weeks: int
    severity: float  # 0..1
    evidence: Mapping[str, Any]
    check_ins: tuple[str, ...]
    sentence: str
    shown: bool = True
    state: FindingState = FindingState.OPEN
    decision: Decision | None = None
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One message owed to one address: a person's direct messages or a channel."""

    id: str
    key: str  # unique in the workspace: the same thing is never owed twice
    kind: DeliveryKind
    subject: str
    not_before: datetime
    person: str | None = None
    channel: str | None = None
    body: Mapping[str, Any] = field(default_factory=dict)
    after: str | None = None  # key of the delivery whose message this one follows (thread)
    state: DeliveryState = DeliveryState.PENDING
    attempts: int = 0  # earlier claims
    reclaimed: bool = False  # an earlier sender's lease ran out, so it may have been sent
    message: MessageRef | None = None
    error: str = ""
