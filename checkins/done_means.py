"""What "done" means for a goal, in its owner's words: up to four statements, of which check-ins ask for one."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from checkins.errors import BadForm
from checkins.focus import NONE_OF_THESE, STATEMENT_LIMIT, STATEMENTS
from checkins.goal_keeping import keep
from checkins.model import Goal
from checkins.ports import Store
from checkins.roster import changeable_goal
from checkins.wording import one_line


def form(store: Store, *, actor: str, goal: str) -> Goal:
    """The goal with its statements. Raises NotFound, and NotAllowed as ``set_statements``."""
    with store.snapshot() as tx:
        return changeable_goal(tx, actor, goal)


def set_statements(store: Store, *, actor: str, goal: str, statements: Sequence[str], now: datetime) -> Goal:
    """Put these in the place of the goal's statements; empty ones and repetitions fall away.

    Raises NotAllowed unless the actor owns the goal, leads its team or is an admin, BadForm by field: ``statement_1`` …
    """
    with store.transaction() as tx:
        found = changeable_goal(tx, actor, goal)
        said = [one_line(statement) for statement in statements]
        problems = _problems(said)
        if problems:
            raise BadForm(problems)
        changed = replace(found, done=_once(said))
        keep(tx, changed, by=actor, now=now)
        return changed


def _once(said: Sequence[str]) -> tuple[str, ...]:
    kept: dict[str, str] = {}
    for text in filter(None, said):
        kept.setdefault(text.casefold(), text)
    return tuple(kept.values())


def _problems(said: Sequence[str]) -> Mapping[str, str]:
    found = {}
    for number, text in enumerate(said, start=1):
        if len(text) > STATEMENT_LIMIT:
            found[f"statement_{number}"] = f"Keep it under {STATEMENT_LIMIT} characters; this is {len(text)}."
        elif text.casefold().replace(" ", "_") == NONE_OF_THESE:
            found[f"statement_{number}"] = "“None of these” is offered anyway. Leave this empty."
        elif number > STATEMENTS and text:
            found[f"statement_{number}"] = f"A goal has at most {STATEMENTS} statements."
    return found
