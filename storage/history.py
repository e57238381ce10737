"""Effort, prompts, voices and texts as columns, read without building a value per row."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import cache
from operator import add
from typing import Any, TypeVar

from sqlalchemy import Select, String, and_, cast, func, select, type_coerce

from checkins.model import PromptState
from checkins.ports import EffortColumns, PromptColumns, VoiceColumns
from storage import tables
from storage.scope import Scope
from storage.tables import RatingKind

CHECK_IN = tables.CheckIn.__table__
ITEM = tables.WorkItem.__table__
TIE = tables.Tie.__table__
RATING = tables.Rating.__table__
DONE = tables.DonePick.__table__
PRIORITY = tables.Priority.__table__
ROUND = tables.Round.__table__
PROMPT = tables.Prompt.__table__

C = TypeVar("C")
DAY = timedelta(days=1)


class SqlHistory:
    """Implements ``checkins.ports.History``."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def effort(
        self, first: date, last: date, *, work_since: date | None = None, words_since: date | None = None
    ) -> EffortColumns:
        since, worded = work_since or first, words_since or last + DAY
        check_in, person, team, day = self._columns(_check_ins(), CHECK_IN.c.date, first, last)
        items = self._columns(_items(), CHECK_IN.c.date, since, worded - DAY)
        *latest, text = self._columns(_items(ITEM.c.text), CHECK_IN.c.date, max(since, worded), last)
        item_of, goal, reason, share = map(add, items, latest)
        tie_of, tie_team, tie_word = self._columns(_ties(), CHECK_IN.c.date, since, last)
        index = {name: place for place, name in enumerate(check_in)}
        return EffortColumns(
            check_in=check_in,
            person=person,
            team=team,
            day=_days(day),
            item_of=[index[name] for name in item_of],
            goal=goal,
            reason=reason,
            share=share,
            text=text,
            tie_of=[index[name] for name in tie_of],
            tie_team=tie_team,
            tie_word=tie_word,
        )

    def asked(self, first: date, last: date) -> PromptColumns:
        person, team, day = self._columns(_prompts(), ROUND.c.date, first, last)
        return PromptColumns(person=person, team=team, day=_days(day))

    def confidence(self, first: date, last: date) -> VoiceColumns:
        return self._voices(_ratings(RatingKind.CONFIDENCE), first, last)

    def clarity(self, first: date, last: date) -> VoiceColumns:
        return self._voices(_ratings(RatingKind.CLARITY), first, last)

    def done(self, first: date, last: date) -> VoiceColumns:
        return self._voices(_of_check_ins(DONE, goal=DONE.c.goal, said=DONE.c.statement), first, last)

    def priorities(self, first: date, last: date) -> VoiceColumns:
        place = cast(PRIORITY.c.position + 1, String)
        return self._voices(_of_check_ins(PRIORITY, goal=PRIORITY.c.goal, said=place), first, last)

    def _voices(self, chosen: Select[Any], first: date, last: date) -> VoiceColumns:
        person, team, day, goal, said = self._columns(chosen, CHECK_IN.c.date, first, last)
        return VoiceColumns(person=person, team=team, day=_days(day), goal=goal, said=said)

    def _columns(self, chosen: Select[Any], day: Any, first: date, last: date) -> list[list[Any]]:
        workspace = day.table.c.workspace == self._scope.workspace
        return self._scope.transposed(chosen.where(workspace, day.between(first, last)))


def _check_ins() -> Select[Any]:
    c = CHECK_IN.c
    return select(c.id, c.person, c.team, _raw(c.date)).order_by(c.date, c.id)


def _items(*more: Any) -> Select[Any]:
    c = ITEM.c
    return (
        select(c.check_in, c.goal, _raw(c.reason), c.share, *more)
        .join(CHECK_IN, _same(c.check_in, CHECK_IN))
        .order_by(CHECK_IN.c.date, c.check_in, c.position)
    )


def _ties() -> Select[Any]:
    c = TIE.c
    return (
        select(c.check_in, c.team, func.coalesce(_raw(c.answer), _raw(c.kind)))
        .join(CHECK_IN, _same(c.check_in, CHECK_IN))
        .where(c.team != CHECK_IN.c.team)
        .order_by(CHECK_IN.c.date, c.check_in, c.kind, c.position)
    )


def _ratings(kind: RatingKind) -> Select[Any]:
    value = cast(RATING.c.value, String)
    return _of_check_ins(RATING, goal=RATING.c.goal, said=value).where(RATING.c.kind == kind)


def _of_check_ins(child: Any, *, goal: Any, said: Any) -> Select[Any]:
    """Rows of a child table with the person, team and day of their check-ins."""
    c = CHECK_IN.c
    return (
        select(c.person, c.team, _raw(c.date), goal, said)
        .join_from(child, CHECK_IN, _same(child.c.check_in, CHECK_IN))
        .order_by(c.date, c.id, child.c.position)
    )


def _prompts() -> Select[Any]:
    c = PROMPT.c
    return (
        select(c.person, c.team, _raw(ROUND.c.date))
        .join(ROUND, _same(c.round, ROUND))
        .where(c.state != PromptState.AWAY)
        .order_by(ROUND.c.date, c.person, c.id)
    )


def _raw(column: Any) -> Any:
    """A column as the driver gives it: making an object of every value costs more than reading it."""
    return type_coerce(column, String)


def _days(values: Sequence[Any]) -> list[date]:
    """Dates, whether the driver gives them as such or as text."""
    return _each_once(_day, values)


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def _each_once(make: Callable[[Any], C], values: Sequence[Any]) -> list[C]:
    once = cache(make)
    return [once(value) for value in values]


def _same(reference: Any, target: Any) -> Any:
    """The join of a row with the row it names, which is one of the same workspace."""
    return and_(reference.table.c.workspace == target.c.workspace, reference == target.c.id)
