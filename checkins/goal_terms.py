"""A goal's term: the days that it was last set or kept for, and the term that comes next. Pure.

A goal that is kept keeps its first day, so that what was done for it stays in one place; its last day moves on by a
whole term. The log tells the terms apart.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from checkins.goal_keeping import OPEN
from checkins.goal_periods import QUARTER
from checkins.model import Goal, GoalChange

BEFORE_THE_END = timedelta(days=14)  # from when on a goal can be reviewed
DAY = timedelta(days=1)

Term = tuple[date, date]  # first and last day


def is_due(goal: Goal, today: date, *, within: timedelta = BEFORE_THE_END) -> bool:
    """Whether a goal is still open although its last day is over or near."""
    return goal.status in OPEN and goal.ends is not None and goal.ends - today <= within


def term_of(goal: Goal, changes: Iterable[GoalChange]) -> Term | None:
    """None where a goal has no last day. changes: the goal's, oldest first.

    A last day that moved by whole terms began a new one; any other change of the days corrects the term.
    """
    dated = [change for change in changes if change.what in ("starts", "ends")]
    first, last = _at_first("starts", goal.starts, dated), _at_first("ends", goal.ends, dated)
    for change in dated:
        day = _day(change.after)
        if change.what == "starts":
            first = day
        else:
            first, last = _kept(first, last, day) or (first, day)
    return _whole(first, last) if last else None


def following(term: Term) -> Term:
    """As many whole months where the term is made of whole months, else as many days."""
    first, last = term
    begin = last + DAY
    if first.day == begin.day == 1:
        return begin, _shifted(begin, 12 * (begin.year - first.year) + begin.month - first.month) - DAY
    return begin, last + (begin - first)


def next_term(term: Term, today: date) -> Term:
    """The first of the following terms that is neither over nor due for a review at once."""
    return _beyond(term, today + BEFORE_THE_END)


def _beyond(term: Term, day: date) -> Term:
    """The first of the following terms that ends after a day."""
    coming = following(term)
    while coming[1] <= day:
        coming = following(coming)
    return coming


def _at_first(what: str, now: date | None, dated: Iterable[GoalChange]) -> date | None:
    """A day before any of the changes."""
    return next((_day(change.before) for change in dated if change.what == what), now)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _kept(first: date | None, last: date | None, until: date | None) -> Term | None:
    """The term that ends so, where it is one that follows; None where it is none."""
    if last is None or until is None or until <= last:
        return None
    found = _beyond(_whole(first, last), until - DAY)
    return found if found[1] == until else None


def _whole(first: date | None, last: date) -> Term:
    """Without a first day, or with one that is too late, it is the three months up to the last."""
    return (_shifted(last + DAY, -QUARTER) if first is None or first > last else first), last


def _shifted(day: date, months: int) -> date:
    """The same day, at most the 28th, so many months later."""
    year, month = divmod(12 * day.year + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, 28))
