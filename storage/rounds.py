"""Rounds, each opened once, and their prompts."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from functools import cache
from json import loads
from typing import Any

from sqlalchemy import Select, String, cast, func, select

from checkins.model import FrozenGoal, Prompt, PromptState, Round
from storage import tables
from storage.messages import message_columns, with_message
from storage.schedules import SCHEDULE, SqlSchedules
from storage.scope import Record, existing, record_of

ROUND = tables.Round.__table__.c
PROMPT = tables.Prompt.__table__.c
WITH_GOALS_AS_TEXT = (
    *(column for column in ROUND if column.name not in ("workspace", "goals")),
    cast(ROUND.goals, String).label("goals"),
)


class SqlRounds(SqlSchedules):
    """Implements ``checkins.ports.Rounds``."""

    def open(self, round_: Round, prompts: Sequence[Prompt]) -> bool:
        opened = self._scope.insert_new(tables.Round, _round_record(round_))
        if opened:
            self.add_prompts(prompts)
        return opened

    def add_prompts(self, prompts: Sequence[Prompt]) -> None:
        self._scope.insert(tables.Prompt, map(_prompt_record, prompts))

    def get(self, round_: str) -> Round:
        return existing(next(iter(self._rounds(ROUND.id == round_)), None), "round", round_)

    def latest(self, schedule: str) -> Round | None:
        newest = self._scope.select(tables.Round).where(ROUND.schedule == schedule).order_by(ROUND.date.desc())
        row = self._scope.first(newest)
        return None if row is None else _round(row, _frozen(row["goals"]))

    def between(self, first: date, last: date) -> list[Round]:
        return self._rounds(ROUND.date.between(first, last))

    def past_closing(self, now: datetime) -> list[Round]:
        running = select(PROMPT.round).where(self._scope.owns(tables.Prompt), PROMPT.closes_at > now)
        return self._rounds(~ROUND.closed, ROUND.closes_at <= now, ROUND.id.not_in(running))

    def close(self, round_: str) -> None:
        self._scope.execute(self._scope.update(tables.Round).where(ROUND.id == round_).values(closed=True))

    def prompt(self, prompt: str) -> Prompt:
        row = self._scope.held(self._scope.select(tables.Prompt).where(PROMPT.id == prompt))
        return _prompt(existing(row, "prompt", prompt))

    def prompts(self, round_: str) -> list[Prompt]:
        return self._prompts(self._scope.select(tables.Prompt).where(PROMPT.round == round_))

    def latest_prompt(self, person: str) -> Prompt | None:
        return next(iter(self.recent_prompts(person, 1)), None)

    def recent_prompts(self, person: str, limit: int) -> list[Prompt]:
        theirs = self._scope.select(tables.Prompt).where(PROMPT.person == person)
        newest = theirs.order_by(PROMPT.due_at.desc(), PROMPT.id.desc()).limit(limit)
        return [_prompt(row) for row in self._scope.rows(newest)]

    def to_remind(self, now: datetime) -> list[Prompt]:
        waiting = (PROMPT.state == PromptState.SENT, PROMPT.remind_at <= now)
        return self._prompts(self._scope.select(tables.Prompt).where(*waiting))

    def save_prompt(self, prompt: Prompt) -> None:
        self._scope.upsert(tables.Prompt, [_prompt_record(prompt)])

    def next_due(self) -> datetime | None:
        schedules = self._scope.select(tables.Schedule).where(SCHEDULE.active)
        waiting = self._scope.select(tables.Prompt).where(PROMPT.state == PromptState.SENT)
        moments = (
            self._scope.scalar(schedules.with_only_columns(func.min(SCHEDULE.next_at))),
            self._scope.scalar(waiting.with_only_columns(func.min(PROMPT.remind_at))),
            *self._closings(),
        )
        return min((moment for moment in moments if moment is not None), default=None)

    def _closings(self) -> list[datetime]:
        """When each open round closes: with the last of its prompts."""
        of_round = (self._scope.owns(tables.Prompt), PROMPT.round == ROUND.id)
        last_prompt = select(func.max(PROMPT.closes_at)).where(*of_round).scalar_subquery()
        running = self._scope.select(tables.Round).where(~ROUND.closed)
        ends = self._scope.columns(running.with_only_columns(ROUND.closes_at, last_prompt))
        return [max(round_ends, prompt_ends or round_ends) for round_ends, prompt_ends in ends]

    def _rounds(self, *conditions: Any) -> list[Round]:
        """Rounds that froze the same goals share them: most do, and an organisation has thousands."""
        chosen = self._scope.select(tables.Round).with_only_columns(*WITH_GOALS_AS_TEXT).where(*conditions)
        frozen = cache(lambda text: _frozen(loads(text)))
        rows = self._scope.rows(chosen.order_by(ROUND.date, ROUND.id))
        return [_round(row, frozen(row["goals"])) for row in rows]

    def _prompts(self, chosen: Select[Any]) -> list[Prompt]:
        return [_prompt(row) for row in self._scope.rows(chosen.order_by(PROMPT.due_at, PROMPT.id))]


def _round_record(round_: Round) -> Record:
    goals = [asdict(goal) for goal in round_.goals]
    return record_of(round_, tables.Round, questions=list(round_.questions), goals=goals)


def _round(row: Record, goals: tuple[FrozenGoal, ...]) -> Round:
    return Round(**(row | {"questions": tuple(row["questions"]), "goals": goals}))


def _frozen(goals: Sequence[Record]) -> tuple[FrozenGoal, ...]:
    return tuple(FrozenGoal(**goal) for goal in goals)


def _prompt_record(prompt: Prompt) -> Record:
    return record_of(prompt, tables.Prompt, **message_columns(prompt.message))


def _prompt(row: Record) -> Prompt:
    return Prompt(**with_message(row))
