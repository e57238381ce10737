"""How goals go: short updates with the measure's newest value, and paused goals taken up again."""

from dataclasses import replace
from datetime import datetime, timedelta

from checkins import measures
from checkins.errors import BadForm, TruelineError
from checkins.forms import TEXT_LIMIT
from checkins.goal_keeping import keep
from checkins.goal_news import keep_and_tell
from checkins.ids import derived
from checkins.model import Goal, GoalStatus, GoalUpdate, Measure
from checkins.ports import Store, Transaction
from checkins.roster import changeable_goal
from checkins.wording import one_line

DOUBLE_CLICK = timedelta(minutes=1)


def form(store: Store, *, actor: str, goal: str) -> Goal:
    """The goal that an update is about. Raises NotFound, and NotAllowed as ``post_update``."""
    with store.snapshot() as tx:
        return changeable_goal(tx, actor, goal)


def post_update(store: Store, *, actor: str, goal: str, text: str, value: str, now: datetime) -> GoalUpdate:
    """Say how a goal goes; a value becomes the current one of its measure. The same twice within a minute is one.

    value: a number as people type it, empty for none. Raises NotAllowed unless the actor owns the goal, leads its team
    or is an admin, BadForm by field: ``text``, ``value``.
    """
    with store.transaction() as tx:
        tx.goals.hold()
        found = changeable_goal(tx, actor, goal)
        update = GoalUpdate(
            id=derived("goal-update", goal, actor, now.isoformat()),
            goal=goal,
            person=actor,
            at=now,
            text=one_line(text),
            value=_checked(text, value, found.measure),
        )
        said = _said_just_now(tx, update)
        if said is None:
            tx.goal_log.add_update(update)
            keep(tx, _moved(found, update), by=actor, now=now)
        return said or update


def _checked(text: str, value: str, measure: Measure | None) -> float | None:
    """The value, where one is given and the goal has a measure. Raises BadForm."""
    problems, read = {}, None
    said = one_line(text)
    if len(said) > TEXT_LIMIT:
        problems["text"] = f"Keep it under {TEXT_LIMIT} characters; this is {len(said)}."
    if value.strip() and measure is None:
        problems["value"] = "This goal has no measure yet. Leave the value empty, or give the goal a measure first."
    elif measure and value.strip():
        try:
            read = measures.number(value, unit=measure.unit)
        except TruelineError as error:
            problems["value"] = str(error)
    elif not said:
        problems["text"] = "Say in a sentence how it goes."
    if problems:
        raise BadForm(problems)
    return read


def _said_just_now(tx: Transaction, update: GoalUpdate) -> GoalUpdate | None:
    """The newest update of the goal where it is the same one, sent by a double click."""
    newest = next(iter(tx.goal_log.updates(update.goal)), None)
    if newest is None or abs(update.at - newest.at) >= DOUBLE_CLICK:
        return None
    same = (newest.person, newest.text, newest.value) == (update.person, update.text, update.value)
    return newest if same else None


def _moved(goal: Goal, update: GoalUpdate) -> Goal:
    measure = goal.measure
    if measure and update.value is not None:
        measure = replace(measure, current=update.value)
    return replace(goal, measure=measure, updated_at=update.at, nudges=0)


def take_up(store: Store, *, actor: str, goal: str, now: datetime) -> Goal:
    """Have a paused goal run again; one that runs already stays as it is.

    Raises NotAllowed as ``post_update``, TruelineError for a goal that is done or dropped.
    """
    with store.transaction() as tx:
        tx.goals.hold()
        found = changeable_goal(tx, actor, goal)
        if found.status not in (GoalStatus.ACTIVE, GoalStatus.PAUSED):
            raise TruelineError(f"“{one_line(found.title)}” is {found.status.value}. Set another goal instead.")
        if found.status is GoalStatus.ACTIVE:
            return found
        running = replace(found, status=GoalStatus.ACTIVE)
        keep_and_tell(tx, running, by=actor, now=now)
        return running
