"""Time zones that people choose for themselves, where their chat profile says otherwise."""

from collections.abc import Mapping
from dataclasses import replace
from difflib import get_close_matches
from functools import cache
from zoneinfo import available_timezones

from checkins.errors import TruelineError
from checkins.model import Person
from checkins.ports import Store, Transaction
from checkins.rounds import plan_anew

CLOSE_ENOUGH = 0.6


def choose_zone(store: Store, *, actor: str, zone: str) -> Person:
    """From now on the person's own, whatever the profile says. Raises TruelineError, with the nearest, if unknown."""
    found = _zones().get(zone.strip().casefold())
    if found is None:
        raise TruelineError(_unknown(zone.strip()))
    with store.transaction() as tx:
        return _changed(tx, actor, zone=found, own=True)


def follow_profile(store: Store, *, actor: str, zone: str | None) -> Person:
    """Back to the zone of the chat profile."""
    with store.transaction() as tx:
        return _changed(tx, actor, zone=zone, own=False)


def _changed(tx: Transaction, actor: str, *, zone: str | None, own: bool) -> Person:
    person = replace(tx.people.get(actor), zone=zone, own_zone=own)
    tx.people.save(person)
    plan_anew(tx)
    return person


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
