"""What the goals of a document say that cannot be meant: dates that run backwards, targets that are no change, and two
goals of a team with one title at one time.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from checkins.document.faults import path_of
from checkins.errors import Fault
from checkins.model import Goal, GoalStatus

Raw = Mapping[str, Any]
Path = tuple[str | int, ...]

CLOSED = (GoalStatus.DONE, GoalStatus.DROPPED)


def reversed_dates(rows: Iterable[tuple[Path, Raw]], stored: Mapping[str, Goal]) -> Iterator[Fault]:
    for path, row in rows:
        starts, ends = _days(row, _before(row, stored))
        if starts and ends and ends < starts:
            yield Fault(path_of((*path, "ends")), f"{ends} lies before the start, {starts}")


def targets_without_change(rows: Iterable[tuple[Path, Raw]], stored: Mapping[str, Goal]) -> Iterator[Fault]:
    """What is stored like that passes, so that an export can be imported again."""
    for path, row in rows:
        before, measure = _before(row, stored), row.get("measure")
        held = before.measure if before else None
        span = (measure.get("baseline"), measure.get("target")) if isinstance(measure, Mapping) else (None, None)
        if isinstance(span[1], int | float) and span[0] == span[1] and span != (held and (held.baseline, held.target)):
            yield Fault(path_of((*path, "measure", "target")), f"is {span[1]:g}, the same as the baseline")


def repeated_titles(rows: Iterable[tuple[Path, Raw]], stored: Mapping[str, Goal]) -> Iterator[Fault]:
    """Two open goals of a team with one title in overlapping periods, where a row is what makes them so."""
    written = [_named(path, row, _before(row, stored)) for path, row in rows]
    ids = {row.id for row in written}
    resting = [_stored(goal) for goal in stored.values() if goal.id not in ids]
    seen: dict[tuple[str, str | None], list[_Named]] = {}
    for row in [*resting, *sorted(written, key=lambda row: row.anew)]:
        same = seen.setdefault(row.key, [])
        twin = next((other for other in same if row.resembles(other)), None)
        if row.anew and twin:
            problem = f"is the title of another goal of this team in this period: {twin.place}"
            yield Fault(path_of((*row.path, "title")), problem)
        same.append(row)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Named:
    """A goal as others could be mistaken for it. path: its row. anew: the document names or times it otherwise."""

    path: Path
    anew: bool
    id: str
    title: str
    team: str | None
    starts: date | None
    ends: date | None
    open: bool

    @property
    def key(self) -> tuple[str, str | None]:
        return " ".join(self.title.split()).casefold(), self.team

    @property
    def place(self) -> str:
        return path_of(self.path) if self.path else f'"{self.id}"'

    def resembles(self, other: "_Named") -> bool:
        apart = (self.ends and other.starts and self.ends < other.starts) or (
            other.ends and self.starts and other.ends < self.starts
        )
        return bool(self.title and self.id != other.id and self.open and other.open and not apart)


def _stored(goal: Goal) -> _Named:
    return _named((), {"id": goal.id}, goal)


def _named(path: Path, row: Raw, before: Goal | None) -> _Named:
    starts, ends = _days(row, before)
    title, team, status = (_value(row, name, before) for name in ("title", "team", "status"))
    open_ = status not in CLOSED
    return _Named(
        path=path,
        anew=before is None
        or (before.title, before.team, before.starts, before.ends, before.status not in CLOSED)
        != (title, team, starts, ends, open_),
        id=str(row.get("id")),
        title=title if isinstance(title, str) else "",
        team=team if isinstance(team, str) else None,
        starts=starts,
        ends=ends,
        open=open_,
    )


def _before(row: Raw, stored: Mapping[str, Goal]) -> Goal | None:
    return stored.get(str(row.get("id")))


def _value(row: Raw, name: str, before: Goal | None) -> Any:
    return row[name] if name in row else before and getattr(before, name)


def _days(row: Raw, before: Goal | None) -> tuple[date | None, date | None]:
    return _day(_value(row, "starts", before)), _day(_value(row, "ends", before))


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else value if isinstance(value, date) else None
    except ValueError:
        return None
