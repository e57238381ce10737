"""Effort, prompts, voices and texts as columns, read without building a value per row."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from itertools import accumulate, compress, islice
from typing import Any

from sqlalchemy import Select, String, and_, case, cast, func, null, select, type_coerce

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

Make = Callable[[Any], Any]
DAY = timedelta(days=1)


class SqlHistory:
    """Implements ``checkins.ports.History``."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def effort(
        self, first: date, last: date, *, work_since: date | None = None, words_since: date | None = None
    ) -> EffortColumns:
        since, worded = work_since or first, words_since or last + DAY
        early = self._columns(_check_ins(), WORK, CHECK_IN.c.date, first, since - DAY)
        silent = self._columns(_work(), WORK, CHECK_IN.c.date, since, worded - DAY)
        *latest, text = self._columns(_work(ITEM.c.text), (*WORK, _as_read), CHECK_IN.c.date, max(since, worded), last)
        check_in, person, team, day, place, goal, reason, share = (
            [*column, *more, *most] for column, more, most in zip(early, silent, latest, strict=True)
        )
        opens, worked = [not at for at in place], [at is not None for at in place]
        names = list(compress(check_in, opens))
        tie_of, tie_team, tie_word = self._ties({name: at for at, name in enumerate(names)}, since, last)
        return EffortColumns(
            check_in=names,
            person=list(compress(person, opens)),
            team=list(compress(team, opens)),
            day=list(compress(day, opens)),
            item_of=list(compress(islice(accumulate(place, _numbered, initial=-1), 1, None), worked)),
            goal=list(compress(goal, worked)),
            reason=list(compress(reason, worked)),
            share=list(compress(share, worked)),
            text=[words for words in text if words is not None],
            tie_of=tie_of,
            tie_team=tie_team,
            tie_word=tie_word,
        )

    def asked(self, first: date, last: date) -> PromptColumns:
        person, team, day = self._columns(_prompts(), (_once, _once, _days), ROUND.c.date, first, last)
        return PromptColumns(person=person, team=team, day=day)

    def confidence(self, first: date, last: date) -> VoiceColumns:
        return self._voices(_ratings(RatingKind.CONFIDENCE), first, last)

    def clarity(self, first: date, last: date) -> VoiceColumns:
        return self._voices(_ratings(RatingKind.CLARITY), first, last)

    def done(self, first: date, last: date) -> VoiceColumns:
        return self._voices(_of_check_ins(DONE, goal=DONE.c.goal, said=DONE.c.statement), first, last)

    def priorities(self, first: date, last: date) -> VoiceColumns:
        place = cast(PRIORITY.c.position + 1, String)
        return self._voices(_of_check_ins(PRIORITY, goal=PRIORITY.c.goal, said=place), first, last)

    def _ties(self, at: Mapping[str, int], first: date, last: date) -> list[list[Any]]:
        """at: the number of each check-in."""
        return self._columns(_ties(), (lambda: at.__getitem__, _once, _once), CHECK_IN.c.date, first, last)

    def _voices(self, chosen: Select[Any], first: date, last: date) -> VoiceColumns:
        makes = (_once, _once, _days, _once, _once)
        person, team, day, goal, said = self._columns(chosen, makes, CHECK_IN.c.date, first, last)
        return VoiceColumns(person=person, team=team, day=day, goal=goal, said=said)

    def _columns(
        self, chosen: Select[Any], makes: Sequence[Callable[[], Make | None]], day: Any, first: date, last: date
    ) -> list[list[Any]]:
        workspace = day.table.c.workspace == self._scope.workspace
        return self._scope.transposed(chosen.where(workspace, day.between(first, last)), [make() for make in makes])


def _as_read() -> None:
    return None


class _Once(dict[Any, Any]):
    """Equal values become one: years of rows name the same few thousand people, teams and goals.

    ``functools.cache`` takes nearly twice as long, for millions of values.
    """

    def __init__(self, make: Make) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, value: Any) -> Any:
        made = self[value] = self._make(value)
        return made


def _once() -> Make:
    return _Once(_itself).__getitem__


def _days() -> Make:
    return _Once(_day).__getitem__


def _itself(value: Any) -> Any:
    return value


def _day(value: Any) -> date | None:
    """Whether the driver gives a date as such or as text."""
    return date.fromisoformat(value) if isinstance(value, str) else value


WORK = (_as_read, _once, _once, _days, _as_read, _once, _once, _once)  # the columns of ``_work``


def _numbered(check_in: int, place: int | None) -> int:
    """The number of a row's check-in, from that of the row before."""
    return check_in if place else check_in + 1


def _check_ins() -> Select[Any]:
    """Check-ins as columns of work, without their items."""
    c = CHECK_IN.c
    return select(c.id, c.person, c.team, _raw(c.date), *[null()] * 4).order_by(c.date, c.id)


def _work(*more: Any) -> Select[Any]:
    """A row per item, and one for a check-in without any. What belongs to the check-in stands in its first row alone:
    a name in every row costs more than all the rest.
    """
    c, item = CHECK_IN.c, ITEM.c
    opens = func.coalesce(item.position, 0) == 0
    of_check_in = (case((opens, column)) for column in (c.id, c.person, c.team, _raw(c.date)))
    return (
        select(*of_check_in, item.position, item.goal, _raw(item.reason), item.share, *more)
        .join_from(CHECK_IN, ITEM, _same(item.check_in, CHECK_IN), isouter=True)
        .order_by(c.date, c.id, item.position)
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


def _same(reference: Any, target: Any) -> Any:
    """The join of a row with the row it names, which is one of the same workspace."""
    return and_(reference.table.c.workspace == target.c.workspace, reference == target.c.id)
