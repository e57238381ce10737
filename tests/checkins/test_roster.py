"""Who may do what."""

from dataclasses import replace

import pytest

from checkins import roster
from checkins.errors import NotAllowed
from checkins.ports import Store
from tests.acme import settle_in


@pytest.fixture
def acme(store: Store) -> Store:
    settle_in(store)
    return store


def test_leads_lead_the_teams_below(acme: Store) -> None:
    with acme.transaction() as tx:
        tx.teams.save(replace(tx.teams.get("platform"), parent="growth"))
    with acme.snapshot() as tx:
        assert roster.leads_team(tx, "ben", "platform")
        assert not roster.leads_team(tx, "kiri", "platform")
        roster.require_lead(tx, "ben", tx.teams.get("platform"))
        with pytest.raises(NotAllowed, match="Ask Ben"):
            roster.require_lead(tx, "cleo", tx.teams.get("growth"))
