"""Time zones: chosen by people where their chat profile says otherwise, and what a changed one means for the rounds."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from difflib import get_close_matches
from functools import cache
from zoneinfo import available_timezones

from checkins.absences import OPEN_AT_MOST
from checkins.cadence import instant
from checkins.deliveries import leave_out, prompt_key
from checkins.errors import TruelineError
from checkins.model import Person, Prompt, PromptState
from checkins.ports import Store, Transaction
from checkins.rounds import around, asked_at, new_prompt, plan_anew

CLOSE_ENOUGH = 0.6


def choose_zone(store: Store, *, actor: str, zone: str, now: datetime) -> Person:
    """From now on the person's own, whatever the profile says. Raises TruelineError, with the nearest, if unknown."""
    found = _zones().get(zone.strip().casefold())
    if found is None:
        raise TruelineError(_unknown(zone.strip()))
    with store.transaction() as tx:
        return _changed(tx, actor, zone=found, own=True, now=now)


def follow_profile(store: Store, *, actor: str, zone: str | None, now: datetime) -> Person:
    """Back to the zone of the chat profile."""
    with store.transaction() as tx:
        return _changed(tx, actor, zone=zone, own=False, now=now)


def like(text: str) -> list[str]:
    """The zones whose names have what was typed, in order."""
    wanted = "_".join(text.casefold().split())
    return [zone for name, zone in _zones().items() if wanted in name]


def _changed(tx: Transaction, actor: str, *, zone: str | None, own: bool, now: datetime) -> Person:
    person = replace(tx.people.get(actor), zone=zone, own_zone=own)
    tx.people.save(person)
    plan_anew(tx)
    move_prompts(tx, person, now=now)
    return person


def move_prompts(tx: Transaction, person: Person, *, now: datetime) -> None:
    """A prompt that is still to come in a round that is open comes at the wall time of the person's zone as it is now.

    Where that time is over there, it comes at once; where that day is a day off there, it does not come.
    """
    for prompt in tx.rounds.recent_prompts(person.id, OPEN_AT_MOST):
        if prompt.due_at > now:
            _move(tx, tx.rounds.prompt(prompt.id), person, now=now)


def _move(tx: Transaction, prompt: Prompt, person: Person, *, now: datetime) -> None:
    round_ = tx.rounds.get(prompt.round)
    schedule = tx.rounds.schedule(round_.schedule)
    due = instant(round_.date, schedule.at, person.zone or tx.workspace.get().zone)
    if prompt.state is not PromptState.PENDING or due == prompt.due_at:
        return
    off = around(tx, round_.date, window=schedule.window)
    at = asked_at(schedule, person, due=due, off=off, now=now)
    if at is None:
        leave_out(tx, prompt, now=now)
    elif tx.outbox.move(prompt_key(prompt), not_before=at):
        team = tx.teams.get(prompt.team)
        tx.rounds.save_prompt(
            replace(new_prompt(schedule, round_, person, team=team, due=due, at=at, off=off), id=prompt.id)
        )


def _unknown(text: str) -> str:
    cities = {name.rpartition("/")[2].replace("_", " "): zone for name, zone in _zones().items() if "/" in name}
    names = cities | dict(_zones())
    near = get_close_matches(text.casefold(), list(names), n=1, cutoff=CLOSE_ENOUGH)
    hint = f"Did you mean {names[near[0]]}?" if near else "Write one like Europe/Lisbon."
    return f"I know no time zone “{text}”. {hint}"


@cache
def _zones() -> Mapping[str, str]:
    """Zones by their names in lower case."""
    return {zone.casefold(): zone for zone in sorted(available_timezones())}
