"""Effort and prompts as columns, read without building a value per row."""

from datetime import date
from typing import Any

from sqlalchemy import Select, and_, or_, select

from checkins.model import Contact, PromptState
from checkins.ports import EffortColumns, PromptColumns
from storage import tables
from storage.scope import Scope

CHECK_IN = tables.CheckIn.__table__
ITEM = tables.WorkItem.__table__
TIE = tables.Tie.__table__
ROUND = tables.Round.__table__
PROMPT = tables.Prompt.__table__


class SqlHistory:
    """Implements ``checkins.ports.History``."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def effort(self, first: date, last: date) -> EffortColumns:
        check_in, person, team, day = self._columns(_check_ins(), CHECK_IN.c.date, first, last)
        item_of, goal, reason, share = self._columns(_items(), CHECK_IN.c.date, first, last)
        tie_of, tie_team = self._columns(_ties(), CHECK_IN.c.date, first, last)[:2]
        index = {name: place for place, name in enumerate(check_in)}
        return EffortColumns(
            check_in=check_in,
            person=person,
            team=team,
            day=day,
            item_of=[index[name] for name in item_of],
            goal=goal,
            reason=reason,
            share=share,
            tie_of=[index[name] for name in tie_of],
            tie_team=tie_team,
        )

    def asked(self, first: date, last: date) -> PromptColumns:
        person, team, day = self._columns(_prompts(), ROUND.c.date, first, last)
        return PromptColumns(person=person, team=team, day=day)

    def _columns(self, chosen: Select[Any], day: Any, first: date, last: date) -> list[list[Any]]:
        """One list per selected column, all empty where there is no row."""
        workspace = day.table.c.workspace == self._scope.workspace
        rows = self._scope.columns(chosen.where(workspace, day.between(first, last)))
        return [list(column) for column in zip(*rows, strict=True)] or [[] for _ in chosen.selected_columns]


def _check_ins() -> Select[Any]:
    c = CHECK_IN.c
    return select(c.id, c.person, c.team, c.date).order_by(c.date, c.id)


def _items() -> Select[Any]:
    c = ITEM.c
    return (
        select(c.check_in, c.goal, c.reason, c.share)
        .join(CHECK_IN, _same(c.check_in, CHECK_IN))
        .order_by(CHECK_IN.c.date, c.check_in, c.position)
    )


def _ties() -> Select[Any]:
    c = TIE.c
    return (
        select(c.check_in, c.team, CHECK_IN.c.date)
        .join(CHECK_IN, _same(c.check_in, CHECK_IN))
        .where(or_(c.answer.is_(None), c.answer == Contact.YES), c.team != CHECK_IN.c.team)
        .distinct()
        .order_by(CHECK_IN.c.date, c.check_in, c.team)
    )


def _prompts() -> Select[Any]:
    c = PROMPT.c
    return (
        select(c.person, c.team, ROUND.c.date)
        .join(ROUND, _same(c.round, ROUND))
        .where(c.state != PromptState.AWAY)
        .order_by(ROUND.c.date, c.person, c.id)
    )


def _same(reference: Any, target: Any) -> Any:
    """The join of a row with the row it names, which is one of the same workspace."""
    return and_(reference.table.c.workspace == target.c.workspace, reference == target.c.id)
