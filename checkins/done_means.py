"""What "done" means for a goal, in its owner's words: up to four statements, of which check-ins ask for one."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from checkins.errors import BadForm, NotAllowed
from checkins.focus import NONE_OF_THESE, STATEMENT_LIMIT, STATEMENTS
from checkins.model import Goal
from checkins.ports import Store, Transaction
from checkins.roster import leads_team
from checkins.wording import listed, one_line


def form(store: Store, *, actor: str, goal: str) -> Goal:
    """The goal with its statements. Raises NotFound, and NotAllowed as ``set_statements``."""
    with store.snapshot() as tx:
        return _changeable(tx, actor, goal)


def set_statements(store: Store, *, actor: str, goal: str, statements: Sequence[str]) -> Goal:
    """Put these in the place of the goal's statements; empty ones and repetitions fall away.

    Raises NotAllowed unless the actor owns the goal, leads its team or is an admin, BadForm by field: ``statement_1`` …
    """
    with store.transaction() as tx:
        found = _changeable(tx, actor, goal)
        said = [one_line(statement) for statement in statements]
        problems = _problems(said)
        if problems:
            raise BadForm(problems)
        changed = replace(found, done=_once(said))
        tx.goals.save(changed)
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


def _changeable(tx: Transaction, actor: str, goal: str) -> Goal:
    found = tx.goals.get(goal)
    leads = found.team is not None and leads_team(tx, actor, found.team)
    if actor == found.owner or leads or tx.people.get(actor).admin:
        return found
    team = tx.teams.find(found.team) if found.team else None
    named = tx.people.by_ids([*([found.owner] if found.owner else []), *(team.leads if team else ())])
    names = list(dict.fromkeys(person.name for person in named.values() if person.active))
    raise NotAllowed(
        f"Only the owner of “{one_line(found.title)}”, a lead of its team or an admin can do this. "
        f"Ask {listed(names) or 'an admin'}."
    )
