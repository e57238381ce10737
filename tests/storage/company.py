"""A small company in which every value has every field set, to be stored and read again."""

from datetime import UTC, date, datetime, time, timedelta

from checkins.model import (
    Absence,
    Cadence,
    CheckIn,
    Contact,
    Decision,
    DeliveryKind,
    DigestPlan,
    Entered,
    Finding,
    FindingKind,
    FindingState,
    FrozenGoal,
    Goal,
    GoalChange,
    GoalStatus,
    GoalUpdate,
    Ice,
    Identity,
    Level,
    LinkedWork,
    Measure,
    MessageRef,
    Person,
    Prompt,
    PromptState,
    Reason,
    Round,
    Schedule,
    Strategy,
    Team,
    WorkItem,
    Workspace,
)
from checkins.ports import StoredDigest, Transaction

MONDAY = date(2026, 11, 2)
NOW = datetime(2026, 11, 2, 9, 30, 15, 250_000, tzinfo=UTC)
HOUR = timedelta(hours=1)
LONG = "Größe ≠ Länge 🚀 'quoted' <@U1> %s :name " * 200

WORKSPACE = Workspace(
    id="acme",
    name="Acme & Söhne",
    cadence=Cadence.FORTNIGHTLY,
    strategy=Strategy(vision="v", mission="m", target_market="t", value_proposition="p"),
    zone="Europe/Berlin",
    digest=DigestPlan(channel="C1", weekday=4, at=time(16, 5), zone="America/Santiago", next_at=NOW + HOUR),
    slack_team="T1",
)
ANN = Person(
    id="ann",
    name="Ann",
    email="ann@acme.test",
    zone="Asia/Tokyo",
    own_zone=True,
    country="JP",
    home_team="web",
    reminders=0,
    paused=True,
    resumed_at=NOW,
    admin=True,
    active=True,
)
BOB = Person(id="bob", name="Bob", active=False)
HOLIDAY = Absence(person="ann", first=MONDAY, last=MONDAY + timedelta(days=10))
ACCOUNT = Identity(person="ann", platform="slack", user="U1", channel="D1")
COMPANY = Team(id="company", name="Company")
WEB = Team(
    id="web",
    name="Web",
    parent="company",
    leads=("bob", "ann"),
    members=("ann", "bob"),
    reserve=0.15,
    reminders=2,
    added_by="ann",
    source="usergroup:S1",
)
OLD = Team(id="old", name="Old", members=("ann",), archived=True)
GROW = Goal(id="grow", title="Grow", level=Level.ORGANISATION, status=GoalStatus.PAUSED)
SHIP = Goal(
    id="ship",
    title="Ship it",
    description=LONG,
    level=Level.PRODUCT,
    supports=("grow", "alpha"),
    owner="ann",
    team="web",
    contributing_teams=("old", "company"),
    depends_on=("company", "old"),
    starts=MONDAY,
    ends=MONDAY + timedelta(days=90),
    weight=0.4,
    weights={"old": 0.2, "company": 0.1},
    measure=Measure(name="Sign-ups", framework="heart", baseline=0.1, target=1e9, unit="per day", current=-3.5),
    done=("Everybody uses it", "It is live"),
    ice=Ice(impact=10, confidence=1, ease=5),
    updated_at=NOW,
    nudges=2,
)
ALPHA = Goal(id="alpha", title="Alpha")
SCHEDULE = Schedule(
    id="weekly",
    weekday=0,
    at=time(9, 30),
    cadence=Cadence.WEEKLY,
    starts=MONDAY,
    next_date=MONDAY + timedelta(days=7),
    next_at=NOW + timedelta(days=7),
    teams=("web", "company"),
    window=timedelta(hours=30, minutes=1),
    remind_after=timedelta(hours=5),
    reminders=2,
)
ROUND = Round(
    id="r1",
    schedule="weekly",
    date=MONDAY,
    opens_at=NOW,
    closes_at=NOW + 48 * HOUR,
    questions=("items", "confidence"),
    goals=(FrozenGoal(id="ship", title="Ship it", team="web", weight=0.4, weights={"old": 0.2}),),
)
PROMPT = Prompt(
    id="p1",
    round="r1",
    person="ann",
    team="web",
    due_at=NOW,
    closes_at=NOW + 48 * HOUR,
    remind_at=NOW + 24 * HOUR,
    snoozed=True,
    state=PromptState.SENT,
    message=MessageRef(channel="D1", id="1793600000.000100"),
)
CHECK_IN = CheckIn(
    id="c1",
    person="ann",
    team="web",
    date=MONDAY,
    items=(
        WorkItem(text=LONG, goal="ship", share=1 / 3, proposed="grow", references=("ticket:PAY-1", "trello:x")),
        WorkItem(text="Pager", reason=Reason.KEEPING_THE_LIGHTS_ON, share=2 / 3),
        WorkItem(text="Unsaid"),
    ),
    worked_with=("old", "company"),
    waiting_on=("company",),
    contacts={"old": Contact.NOT_NEEDED, "company": Contact.YES},
    confidence={"ship": 5, "grow": 1},
    clarity={"grow": 3},
    done={"ship": "Everybody uses it"},
    priorities=("ship", "alpha", "grow"),
    note="Between us.",
    entered=Entered.TEXT,
    late=True,
    prompt="p1",
    revision=1,
)
UPDATE = GoalUpdate(id="u1", goal="ship", person="ann", at=NOW, text=LONG, value=2.5)
CHANGE = GoalChange(id="g1", goal="ship", at=NOW, person="ann", what="weight", before="40 %", after="30 %", why=LONG)
LINKED = LinkedWork(id="l1", person="ann", text=LONG, goal="ship", link="https://acme.test/p1", at=NOW)
FINDING = Finding(
    id="f1",
    kind=FindingKind.DRIFT,
    basis="plan",
    teams=("web",),
    goals=("ship", "grow"),
    since="2026-W44",
    weeks=3,
    severity=0.75,
    evidence={"actual": 0.18, "people": 4, "moved": [["ship", "grow"]], "from": None},
    check_ins=("c1",),
    sentence="Work moved.",
    shown=False,
    state=FindingState.DELIBERATE,
    decision=Decision.DELIBERATE,
    decided_at=NOW + HOUR,
)
DIGEST = StoredDigest(
    week="2026-W45",
    team=None,
    body={"week": "2026-W45", "aligned_share": 0.83, "goals": []},
    picture=b"\x89PNG\x00\xff",
    picture_file="F1",
    published=True,
    built_at=NOW,
    updated_at=NOW + HOUR,
)
TEAM_DIGEST = StoredDigest(week="2026-W45", team="web", body={}, built_at=NOW)


def settle_in(tx: Transaction) -> None:
    """Teams, people and goals, saved in an order in which each names others that come later."""
    tx.people.save(ANN, BOB)
    tx.people.save_identity(ACCOUNT)
    tx.absences.replace("ann", [HOLIDAY])
    tx.teams.save(WEB, COMPANY, OLD)
    tx.goals.save(SHIP, GROW, ALPHA)


def open_round(tx: Transaction) -> None:
    tx.rounds.save_schedule(SCHEDULE)
    tx.rounds.open(ROUND, [PROMPT])


def fill(tx: Transaction) -> None:
    """One of everything."""
    tx.workspace.save(WORKSPACE)
    settle_in(tx)
    open_round(tx)
    tx.check_ins.save(CHECK_IN, at=NOW)
    tx.linked.save(LINKED)
    tx.goal_log.add_update(UPDATE)
    tx.goal_log.add_changes([CHANGE])
    tx.goal_log.add_concern("g1", person="ann", at=NOW)
    tx.people.remember_erased("slack", "U2")
    tx.outbox.add(key="k1", kind=DeliveryKind.PROMPT, subject="p1", not_before=NOW, person="ann", body={"n": 1})
    tx.digests.save(DIGEST)
    tx.digests.save(TEAM_DIGEST)
    tx.digests.save_findings([FINDING])
