"""Weeks replayed from one reading say what each said in its time, whatever came after them."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest

from checkins.analysis.weekly import Analysis, analyse, replay
from checkins.cadence import Period, Week, period_of, recent_periods
from checkins.digest import to_json
from checkins.model import Cadence, CheckIn, Contact, FindingKind, Goal, Person, Reason, Team, WorkItem
from checkins.ports import Store
from tests.databases import sqlite_store

NOW = datetime(2027, 3, 12, tzinfo=UTC)
LAST = Week.parse("2027-W10")  # 2026 has 53 weeks
TEAMS = {"design": 4, "growth": 5, "platform": 6}
TITLES = {
    "design": ("Icons", "Contrast", "Onboarding"),
    "growth": ("Trials", "Referrals", "Pricing"),
    "platform": ("Uptime", "Cost", "Migration"),
}
PLANNED, SHIFTED = np.array([0.5, 0.3, 0.1, 0.1]), np.array([0.15, 0.2, 0.55, 0.1])  # the last is work on no goal
ANSWERING = 0.85
LOOKS, BEFORE = 30, 20  # weeks replayed, periods before them that they look back to
TURN = 40  # the period in which Growth turns
EXPECTED = {FindingKind.DRIFT}


@pytest.mark.parametrize("cadence", list(Cadence))
def test_a_replayed_week_says_what_it_said_in_its_time(tmp_path: Path, cadence: Cadence) -> None:
    store, first = company(tmp_path, cadence), LAST.plus(1 - LOOKS)
    with store.snapshot() as tx:
        replayed = list(replay(tx, first=first, last=LAST))
    in_their_time = list(_looked_at(store, first))
    assert [look.findings for look in replayed] == [look.findings for look in in_their_time]
    assert [_told(look) for look in replayed] == [_told(look) for look in in_their_time]
    assert {finding.kind for look in replayed for finding in look.findings} >= EXPECTED


def _looked_at(store: Store, first: Week) -> Iterator[Analysis]:
    """Week by week, each storing what it found for the next."""
    for number in range(LOOKS):
        with store.transaction() as tx:
            analysis = analyse(tx, week=first.plus(number))
            tx.digests.save_findings(analysis.findings)
        yield analysis


def _told(analysis: Analysis) -> list[str]:
    """Every audience's digest as it is stored."""
    return [json.dumps(to_json(analysis.digest(team)), sort_keys=True) for team in (None, *TEAMS)]


def company(folder: Path, cadence: Cadence) -> Store:
    """Three teams; late in the span Growth turns to its smallest goal and Design loses confidence."""
    store = sqlite_store(folder / "trueline.db")
    rng = np.random.default_rng(7)
    with store.transaction() as tx:
        tx.workspace.save(replace(tx.workspace.get(), cadence=cadence))
        for team, members in TEAMS.items():
            people = [Person(id=f"{team}-{number}", name=f"{team} {number}") for number in range(members)]
            tx.people.save(*people)
            tx.teams.save(Team(id=team, name=team.title(), members=tuple(person.id for person in people)))
            tx.goals.save(*_goals(team))
        periods = recent_periods(period_of(LAST.monday, cadence), cadence, LOOKS + BEFORE)
        for place, period in enumerate(periods):
            tx.check_ins.save(*_answers(rng, period, place=place), at=NOW)
    return store


def _goals(team: str) -> list[Goal]:
    weights = zip(TITLES[team], PLANNED.tolist(), strict=False)
    return [Goal(id=title, title=title, team=team, owner=f"{team}-0", weight=weight) for title, weight in weights]


def _answers(rng: np.random.Generator, period: Period, *, place: int) -> list[CheckIn]:
    late = place >= TURN
    answering = [(team, number) for team, many in TEAMS.items() for number in range(many) if rng.random() < ANSWERING]
    return [_answer(rng, team, number, day=period.first, late=late) for team, number in answering]


def _answer(rng: np.random.Generator, team: str, number: int, *, day: date, late: bool) -> CheckIn:
    shares = rng.dirichlet(25 * (SHIFTED if late and team == "growth" else PLANNED)).round(3)
    goals = [*TITLES[team], None]
    reasons = [None, None, None, Reason.TECHNICAL_DEBT]
    others = [other for other in TEAMS if other != team]
    work = zip(goals, reasons, shares.tolist(), strict=True)
    return CheckIn(
        id=f"{team}-{number}-{day}",
        person=f"{team}-{number}",
        team=team,
        date=day,
        items=tuple(WorkItem(text="", goal=goal, reason=reason, share=share) for goal, reason, share in work),
        worked_with=(others[number % 2],) if rng.random() < 0.5 and team != "platform" else (),
        contacts={others[0]: Contact.NO} if rng.random() < 0.2 else {},
        confidence={TITLES[team][0]: int(rng.integers(1, 3) if late and team == "design" else rng.integers(4, 6))},
        clarity={TITLES[team][1]: int(rng.integers(1, 6))},
        priorities=tuple(TITLES[team][place] for place in rng.permutation(3)),
    )
