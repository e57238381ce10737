"""Nothing leads to an erased person any more, in any table, and every sum is what it was."""

import json
import random
from collections import defaultdict
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from checkins import answering, privacy, rounds
from checkins.cadence import Week
from checkins.errors import TruelineError
from checkins.model import (
    Absence,
    CheckIn,
    Contact,
    DeliveryKind,
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
    PromptState,
    Reason,
    Round,
    Team,
    WorkItem,
    Workspace,
)
from checkins.ports import Store, StoredDigest, Transaction
from storage.database import Database
from storage.tables import Row, metadata
from tests import acme
from tests.databases import ACME, sqlite_database
from tests.storage.company import MONDAY, NOW, SCHEDULE
from tests.storage.watching import queries, together

PEOPLE = ("quince", "rowan", "sorrel", "tansy")
GOALS = ("grow", "ship", "calm")
WEEKS = 4
YEAR = (MONDAY - timedelta(days=30), MONDAY + timedelta(days=365))


def marks(person: str) -> set[str]:
    """Everything that could lead to a person: who they are, what they said, and ids that are made of theirs."""
    answers = {f"{person}-answer-{week}" for week in range(WEEKS)} | {f"{person}-asked-{week}" for week in range(WEEKS)}
    said = {f"{person} {kind} {week}" for kind in ("text", "draft", "note") for week in range(WEEKS)}
    who = {person, person.title(), f"{person}@acme.test", f"U{person}", f"D{person}", f"ticket:{person.upper()}-7"}
    return who | answers | said


def fill(store: Store, seed: int) -> None:
    """A company in which everybody has something in every table that can hold something of a person."""
    dice = random.Random(seed)
    with store.transaction() as tx:
        for person in PEOPLE:
            _arrive(tx, person)
        tx.teams.save(Team(id="web", name="Web", members=PEOPLE, leads=PEOPLE[::-1]), Team(id="ops", name="Ops"))
        tx.teams.save(*(Team(id=f"t-{n}", name=f"Team {n}", added_by=who) for n, who in enumerate(PEOPLE)))
        tx.goals.save(*(Goal(id=goal, title=goal.title(), team="web") for goal in GOALS))
        tx.goals.save(*(Goal(id=f"g-{n}", title=f"Goal {n}", owner=who) for n, who in enumerate(PEOPLE)))
        tx.rounds.save_schedule(replace(SCHEDULE, teams=("web",)))
        for week in range(WEEKS):
            _ask(tx, week)
            for person in PEOPLE:
                _answer(tx, person, week, dice)
        _digest(tx)


def _arrive(tx: Transaction, person: str) -> None:
    tx.people.save(
        Person(
            id=person,
            name=person.title(),
            email=f"{person}@acme.test",
            zone="Asia/Tokyo",
            country="JP",
            home_team="web",
            admin=True,
        )
    )
    tx.people.save_identity(Identity(person=person, platform="slack", user=f"U{person}", channel=f"D{person}"))
    tx.absences.replace(person, [Absence(person=person, first=MONDAY, last=MONDAY + timedelta(days=3))])
    number = PEOPLE.index(person)
    said = f"{person.title()} wrote"
    tx.goal_log.add_update(GoalUpdate(id=f"update-{number}", goal=GOALS[0], person=person, at=NOW, text=said))
    change = GoalChange(
        id=f"change-{number}", goal=GOALS[0], at=NOW, person=person, what="owner", before=person, after=""
    )
    tx.goal_log.add_changes([change])
    tx.goal_log.add_concern(change.id, person=person, at=NOW)
    tx.linked.save(
        LinkedWork(
            id=f"linked-{PEOPLE.index(person)}",
            person=person,
            text=f"{person.title()} wrote",
            goal=None,
            link="",
            at=NOW,
        )
    )
    text = {"text": f"<@U{person}> is {person.title()}"}
    tx.outbox.add(
        key=f"hello:{PEOPLE.index(person)}",
        kind=DeliveryKind.NOTICE,
        subject="s",
        not_before=NOW,
        channel="C1",
        body=text,
    )
    tx.outbox.add(key=f"own:{person}", kind=DeliveryKind.NOTICE, subject=person, not_before=NOW, person=person)


def _ask(tx: Transaction, week: int) -> None:
    day, opens = MONDAY + timedelta(weeks=week), NOW + timedelta(weeks=week)
    closes = opens + timedelta(hours=48)
    round_ = Round(id=f"r{week}", schedule=SCHEDULE.id, date=day, opens_at=opens, closes_at=closes)
    prompts = [
        Prompt(
            id=f"{person}-asked-{week}",
            round=f"r{week}",
            person=person,
            team="web",
            due_at=opens,
            closes_at=closes,
            remind_at=closes,
            state=PromptState.SENT if week == WEEKS - 1 else PromptState.ANSWERED,
            message=MessageRef(channel=f"D{person}", id=f"{week}.1"),
        )
        for person in PEOPLE
    ]
    tx.rounds.open(round_, prompts)
    for prompt in prompts:
        key = f"prompt:{prompt.id}"
        tx.outbox.add(key=key, kind=DeliveryKind.PROMPT, subject=prompt.id, not_before=opens, person=prompt.person)


def _answer(tx: Transaction, person: str, week: int, dice: random.Random) -> None:
    """Twice, so that there is an earlier version."""
    share = dice.choice((0.2, 0.5, 1 / 3))
    items = (
        WorkItem(
            text=f"{person} text {week}",
            goal=dice.choice(GOALS),
            share=share,
            proposed="grow",
            references=(f"ticket:{person.upper()}-7",),
        ),
        WorkItem(text=f"{person} text {week}", reason=dice.choice(list(Reason)), share=1 - share),
    )
    answer = CheckIn(
        id=f"{person}-answer-{week}",
        person=person,
        team="web",
        date=MONDAY + timedelta(weeks=week),
        items=items,
        worked_with=("ops",),
        contacts={"ops": dice.choice(list(Contact))},
        confidence={"grow": 4},
        clarity={"ship": 2},
        done={"ship": "Everybody uses it"},
        priorities=("ship", "grow"),
        note=f"{person} note {week}",
        prompt=f"{person}-asked-{week}",
    )
    draft = replace(answer, items=(replace(items[0], text=f"{person} draft {week}"),))
    tx.check_ins.save(draft, at=NOW)
    tx.check_ins.save(replace(answer, revision=2), at=NOW)


def _digest(tx: Transaction) -> None:
    """One that quotes everybody, as the wording of a duplicate might."""
    quotes = [f"{person} text 1" for person in PEOPLE]
    finding = Finding(
        id="f1",
        kind=FindingKind.DUPLICATE_WORK,
        basis=None,
        teams=("web", "ops"),
        goals=("grow",),
        since="2026-W45",
        weeks=1,
        severity=0.5,
        evidence={"quotes": quotes, "memory": {"week": "2026-W45"}},
        check_ins=tuple(f"{person}-answer-1" for person in PEOPLE),
        sentence=f"Web and Ops both say {' and '.join(quotes)}, as {' and '.join(map(str.title, PEOPLE))} know.",
    )
    tx.digests.save_findings([finding])
    body = {"week": "2026-W45", "findings": [{"check_ins": list(finding.check_ins), "sentence": finding.sentence}]}
    tx.digests.save(StoredDigest(week="2026-W45", team=None, body=body, picture=b"\x89PNG", built_at=NOW))


def dump(database: Database, workspace: str = ACME.id) -> dict[str, list[dict[str, Any]]]:
    """Every row of a workspace, by table."""
    with database._engine.connect() as connection:
        return {
            name: [row._asdict() for row in connection.execute(select(table).where(table.c.workspace == workspace))]
            for name, table in metadata.tables.items()
        }


def found(database: Database, wanted: set[str]) -> set[tuple[str, str, str]]:
    """Where a mark stands: table, column, mark."""
    return {
        (table, column, mark)
        for table, rows in dump(database).items()
        for row in rows
        for column, value in row.items()
        for mark in wanted
        if mark in json.dumps(value, default=str, ensure_ascii=False)
    }


def sums(store: Store) -> dict[tuple[str, str], float]:
    """Effort per goal or reason and week."""
    added: dict[tuple[str, str], float] = defaultdict(float)
    with store.snapshot() as tx:
        effort = tx.history.effort(*YEAR)
    for of, goal, reason, share in zip(effort.item_of, effort.goal, effort.reason, effort.share, strict=True):
        assert share is not None
        added[goal or str(reason), str(Week.of(effort.day[of]))] += share
    return {key: round(value, 9) for key, value in added.items()}


def ties_and_asked(store: Store) -> tuple[list[str], list[tuple[str, Any]]]:
    with store.snapshot() as tx:
        effort, asked = tx.history.effort(*YEAR), tx.history.asked(*YEAR)
    ties = sorted(f"{effort.day[of]} {team}" for of, team in zip(effort.tie_of, effort.tie_team, strict=True))
    return ties, sorted(zip(asked.team, asked.day, strict=True))


def of_others(store: Store, person: str) -> list[Any]:
    with store.snapshot() as tx:
        others = [other for other in PEOPLE if other != person and tx.people.find(other)]
        return [
            (tx.people.get(other), tx.check_ins.of(other), tx.privacy.revisions(other), tx.rounds.latest_prompt(other))
            for other in others
        ]


@pytest.mark.parametrize("seed", range(3))
def test_nothing_in_any_table_leads_to_the_person_and_every_sum_stays(
    store: Store, database: Database, seed: int
) -> None:
    fill(store, seed)
    gone: set[str] = set()
    for person in random.Random(seed).sample(PEOPLE, 3):  # the last admin stays
        before, others = (sums(store), ties_and_asked(store)), of_others(store, person)
        assert {mark for _, _, mark in found(database, marks(person))} == marks(person)
        done = privacy.erase(store, person=person)
        gone |= marks(person)
        assert done.answers == WEEKS
        assert found(database, gone) == set()
        assert (sums(store), ties_and_asked(store)) == before
        assert of_others(store, person) == others


def test_the_company_above_has_a_row_in_every_table_that_names_a_person(store: Store) -> None:
    fill(store, 1)
    naming = {
        row.__table__.name
        for row in Row.__subclasses__()
        for key in row.__table__.foreign_keys
        if key.column.table.name == "person" and key.column.name == "id"
    }
    with store.snapshot() as tx:
        assert naming | {"team"} == tx.privacy.rows("rowan").keys() | {"check_in"}


def test_somebody_nameless_stands_in(store: Store) -> None:
    fill(store, 1)
    privacy.erase(store, person="rowan")
    with store.snapshot() as tx:
        (nameless,) = [person for person in tx.people.all() if person.id not in PEOPLE]
        answers, prompt = tx.check_ins.of(nameless.id), tx.rounds.latest_prompt(nameless.id)
        assert nameless == Person(id=nameless.id, name="(erased)", active=False)
        assert [len(answer.items) for answer in answers] == [2] * WEEKS
        assert prompt is not None and prompt.state is PromptState.EXPIRED
        assert prompt.remind_at is None and prompt.message is None
        assert [answer.prompt for answer in answers][-1] == prompt.id
        assert tx.rounds.schedule(SCHEDULE.id).active
        mine = PEOPLE.index("rowan")
        assert tx.teams.get(f"t-{mine}").added_by is None and tx.goals.get(f"g-{mine}").owner is None
        (finding,) = tx.digests.findings()
        assert len(finding.check_ins) == len(PEOPLE) and {answers[1].id} < set(finding.check_ins)
        assert finding.evidence["memory"] == {"week": "2026-W45"}


def test_a_digest_keeps_its_words_where_somebody_typed_them_too(store: Store) -> None:
    with store.transaction() as tx:
        tx.people.save(Person(id="ann", name="Ann"), Person(id="bob", name="Bob", admin=True))
        tx.teams.save(Team(id="web", name="Web"))
        tx.goals.save(Goal(id="grow", title="Grow faster"))
        items = tuple(WorkItem(text=text) for text in ("Grow", "2026", "Annual plan"))
        tx.check_ins.save(CheckIn(id="c", person="ann", team="web", date=MONDAY, items=items), at=NOW)
        body = {"week": "2026-W45", "sentence": "Grow faster moved, says Ann: Annual plan; Annals, Joann."}
        tx.digests.save(StoredDigest(week="2026-W45", team=None, body=body, built_at=NOW))
    privacy.erase(store, person="ann")
    with store.snapshot() as tx:
        kept = tx.digests.find("2026-W45")
    assert kept is not None
    assert kept.body == {"week": "2026-W45", "sentence": "Grow faster moved, says …: …; Annals, Joann."}


def test_what_a_finding_remembers_of_a_decision_stays_where_somebody_typed_its_words(store: Store) -> None:
    fill(store, 1)
    with store.transaction() as tx:
        items = tuple(WorkItem(text=text) for text in ("deliberate", "2026", "2026-W45"))
        tx.check_ins.save(CheckIn(id="c", person="rowan", team="web", date=MONDAY, items=items), at=NOW)
        (finding,) = tx.digests.findings()
        decided = {"state": "deliberate", "decided_at": str(NOW)}
        memory = {"week": "2026-W45", "before": {"since": "2026-W45", "decided": decided}}
        tx.digests.save_findings([replace(finding, evidence={"memory": memory})])
    privacy.erase(store, person="rowan")
    with store.snapshot() as tx:
        (finding,) = tx.digests.findings()
    assert finding.evidence == {"memory": memory}


def test_of_updates_of_goals_day_and_value_stay(store: Store) -> None:
    fill(store, 1)
    with store.transaction() as tx:
        for person in ("quince", "rowan"):
            said = GoalUpdate(id=person, goal="calm", person=person, at=NOW, text="Bakes bread on Fridays", value=3.5)
            tx.goal_log.add_update(replace(said, id=f"said-{PEOPLE.index(person)}"))
    privacy.erase(store, person="rowan")
    with store.snapshot() as tx:
        said = {update.person: (update.text, update.value, update.at) for update in tx.goal_log.updates("calm")}
    assert said == {None: ("", 3.5, NOW), "quince": ("Bakes bread on Fridays", 3.5, NOW)}


def test_another_workspace_with_the_same_ids_is_left_alone(store: Store, database: Database) -> None:
    database.create_workspace(Workspace(id="globex", name="Globex"))
    fill(store, 1)
    fill(database.store("globex"), 2)
    before = dump(database, "globex")
    with queries(database) as seen:
        privacy.export(store, platform="slack", user="Urowan", now=NOW)
        privacy.erase(store, person="rowan")
        with store.transaction() as tx:
            tx.privacy.blank_before(MONDAY + timedelta(days=99))
    assert dump(database, "globex") == before
    assert [statement for statement in seen if ".workspace = " not in statement] == []


def test_an_answer_that_comes_in_meanwhile_leaves_no_trace_either(store: Store, database: Database) -> None:
    acme.settle_in(store)
    acme.schedule_mondays(store)
    rounds.open_due_rounds(store, now=NOW)
    prompt = acme.prompt_of(store, "cleo").id

    def erase_or_answer(number: int) -> None:
        if number == 0:
            privacy.erase(store, person="cleo")
            return
        with suppress(TruelineError):  # it came too late: "This check-in is gone"
            answering.submit(store, actor="cleo", prompt=prompt, draft=acme.work(f"Said {number}"), now=NOW)

    together(erase_or_answer, threads=4)
    assert found(database, {"cleo", "Cleo", "UCLEO", prompt, "Said"}) == set()


def test_the_file_itself_holds_no_trace(tmp_path: Path) -> None:
    path = tmp_path / "trueline.db"
    with sqlite_database(path) as database:
        store = database.store(ACME.id)
        fill(store, 1)
        privacy.erase(store, person="rowan")
    left = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert [mark for mark in marks("rowan") if mark.encode() in left] == []
    assert b"quince text 1" in left


def test_blanking_leaves_what_sums_are_made_of(store: Store) -> None:
    fill(store, 1)
    before = sums(store)
    border = MONDAY + timedelta(weeks=2)
    with store.transaction() as tx:
        assert len(tx.privacy.blank_before(border)) == 2 * len(PEOPLE)
        assert tx.privacy.blank_before(border) == {}
    assert sums(store) == before
    with store.snapshot() as tx:
        old, new = tx.check_ins.of("rowan")[1:3]
        assert [revision.check_in for revision in tx.privacy.revisions("rowan")] == [
            "rowan-answer-2",
            "rowan-answer-3",
        ]
    assert (old.note, {item.text for item in old.items}) == ("", {""})
    assert not any(item.references for item in old.items) and new.items[0].references == ("ticket:ROWAN-7",)
    assert not (old.confidence or old.clarity or old.done or old.priorities)
    assert old.contacts and old.worked_with and old.id == "rowan-answer-1"
    assert new.note == "rowan note 2" and new.confidence and new.done
