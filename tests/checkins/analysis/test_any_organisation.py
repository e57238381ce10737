"""Whatever was answered, looking at it ends in a digest that holds together and is the same each time."""

import json
from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkins.analysis.records import Records
from checkins.analysis.weekly import READ, analysis_of, replayed
from checkins.cadence import Week, period_of_week, recent_periods
from checkins.digest import Digest, from_json, to_json
from checkins.model import Cadence, FindingKind, Goal, Level, Team
from checkins.ports import EffortColumns, PromptColumns, TextColumns, VoiceColumns

WEEK = Week.parse("2027-W02")  # the window reaches back over week 53 of 2026
TEAMS = ("a", "b", "c", "d")
WORDS = ("", "Support", "Moving login over to OpenID", "moving login over to openid connect", "Sprint 12", "…")
SAID = ("worked_with", "waiting_on", "yes", "not_needed", "no")


def records(draw: st.DrawFn, cadence: Cadence) -> Records:
    periods = recent_periods(period_of_week(WEEK, cadence), cadence, READ)
    random = np.random.default_rng(draw(st.integers(0, 2**32)))
    teams = TEAMS[: draw(st.integers(1, len(TEAMS)))]
    goals = _goals(draw, teams, last=periods[-1].last)
    effort, texts, voices = EffortColumns(), TextColumns(), [VoiceColumns() for _ in range(4)]
    days = [period.first + timedelta(days=draw(st.integers(0, 6))) for period in periods]
    people = [f"p{number}" for number in range(draw(st.integers(0, 9)))]
    for day in days:
        for person in people:
            for team in random.choice(teams, random.integers(0, 3), replace=True):
                _answer(random, effort, texts, voices, person=person, team=str(team), day=day, goals=goals, teams=teams)
    prompts = PromptColumns()
    for day in days if draw(st.booleans()) else ():
        for person in people:
            prompts.person.append(person)
            prompts.team.append(teams[0])
            prompts.day.append(day)
    return Records(
        cadence=cadence,
        periods=periods,
        teams=tuple(
            Team(
                id=team,
                name=team.upper(),
                archived=draw(st.booleans()),
                reserve=draw(st.sampled_from([None, 0, 0.4, 1])),
            )
            for team in teams
        ),
        goals=goals,
        present=frozenset(people[:3]),
        effort=effort,
        prompts=prompts,
        texts=texts,
        confidence=voices[0],
        clarity=voices[1],
        done=voices[2],
        priorities=voices[3],
    )


def _goals(draw: st.DrawFn, teams: Sequence[str], *, last: date) -> tuple[Goal, ...]:
    one = st.sampled_from([None, *teams])
    day = st.sampled_from([None, *(last - timedelta(days=days) for days in (0, 10, 40, 90, 200))])
    many = draw(st.integers(0, 6))
    return tuple(
        Goal(
            id=f"g{number}",
            title=draw(st.sampled_from(["Grow", "Grow signups", "Grow signup", "…"])),
            level=draw(st.sampled_from(Level)),
            team=draw(one),
            contributing_teams=(teams[-1],) if draw(st.booleans()) else (),
            depends_on=tuple({team for team in (draw(one),) if team}),
            supports=(f"g{number - 1}",) if number and draw(st.booleans()) else (),
            owner=draw(st.sampled_from([None, "p0", "p1", "nobody"])),
            weight=draw(st.sampled_from([None, 0.0, 0.3, 1.0])),
            starts=draw(day),
            ends=draw(day),
        )
        for number in range(many)
    )


def _answer(
    random: np.random.Generator,
    effort: EffortColumns,
    texts: TextColumns,
    voices: Sequence[VoiceColumns],
    *,
    person: str,
    team: str,
    day: date,
    goals: Sequence[Goal],
    teams: Sequence[str],
) -> None:
    at = len(effort.check_in)
    effort.check_in.append(f"c{at}")
    effort.person.append(person)
    effort.team.append(team)
    effort.day.append(day)
    for _ in range(random.integers(0, 4)):
        goal = random.choice([None, *(goal.id for goal in goals)])
        effort.item_of.append(at)
        effort.goal.append(goal)
        effort.reason.append(None if goal else random.choice([None, "exploration", "asked_for"]))
        effort.share.append(random.choice([None, 0.0, 0.2, 1.0]))
        for column, value in zip(
            (texts.check_in, texts.person, texts.team, texts.day, texts.goal, texts.text),
            (f"c{at}", person, team, day, goal, str(random.choice(WORDS))),
            strict=True,
        ):
            column.append(value)
    for other in teams:
        if other != team and random.random() < 0.3:
            effort.tie_of.append(at)
            effort.tie_team.append(other)
            effort.tie_word.append(str(random.choice(SAID)))
    for kind, voice in enumerate(voices):
        for place, goal in enumerate(goals[:3]):
            if random.random() < 0.4:
                voice.person.append(person)
                voice.team.append(team)
                voice.day.append(day)
                voice.goal.append(goal.id)
                voice.said.append(("Shipped", "Used")[place % 2] if kind == 2 else str(place + 1))


ORGANISATIONS = st.composite(lambda draw, cadence: records(draw, cadence))


@pytest.mark.parametrize("cadence", Cadence)
@settings(max_examples=15)
@given(data=st.data())
def test_any_organisation_has_a_digest_that_holds_together(cadence: Cadence, data: st.DataObject) -> None:
    made = data.draw(ORGANISATIONS(cadence))
    analysis = analysis_of(made, week=WEEK)
    for team in (None, *(team.id for team in made.teams)):
        digest = analysis.digest(team)
        assert from_json(json.loads(json.dumps(to_json(digest)))) == digest
        _holds_together(digest, made)


def _holds_together(digest: Digest, made: Records) -> None:
    assert 0 <= digest.answers.received <= digest.answers.expected
    assert all(share is None or 0 <= share <= 1 for share in (digest.aligned_share, digest.plan_gap, digest.off_goals))
    assert all(0 <= row.low <= row.actual <= row.high <= 1 for row in digest.goals)
    live = {team.id for team in made.teams if not team.archived}
    assert len({finding.id for finding in digest.findings}) == len(digest.findings)
    for finding in digest.findings:
        assert 0 <= finding.severity <= 1
        assert "nan" not in finding.sentence.lower().split() and "{" not in finding.sentence
        assert live.issuperset(finding.teams) and finding.weeks == 1
        assert set(finding.check_ins) <= set(made.effort.check_in)


@settings(max_examples=15)
@given(data=st.data())
def test_the_same_data_make_the_same_digest(data: st.DataObject) -> None:
    made = data.draw(ORGANISATIONS(Cadence.WEEKLY))
    once, again = analysis_of(made, week=WEEK), analysis_of(made, week=WEEK)
    assert json.dumps(to_json(once.digest())) == json.dumps(to_json(again.digest()))


@pytest.mark.parametrize("cadence", Cadence)
@settings(max_examples=15)
@given(data=st.data())
def test_any_weeks_can_be_played_again(cadence: Cadence, data: st.DataObject) -> None:
    made = data.draw(ORGANISATIONS(cadence))
    for analysis in replayed(made, first=WEEK.plus(-3), last=WEEK):
        assert {finding.kind for finding in analysis.findings}.isdisjoint({FindingKind.DUPLICATE_WORK})


def test_an_organisation_in_which_nobody_ever_answered_says_nothing() -> None:
    periods = recent_periods(period_of_week(WEEK, Cadence.WEEKLY), Cadence.WEEKLY, READ)
    empty = Records(cadence=Cadence.WEEKLY, periods=periods, teams=(), goals=(), effort=EffortColumns())
    digest = analysis_of(empty, week=WEEK).digest()
    assert (digest.findings, digest.goals, digest.notes, digest.aligned_share) == ((), (), (), None)
