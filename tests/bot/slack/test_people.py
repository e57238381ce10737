"""`/align people`: the unlinked with a proposal, admins named in chat; profiles followed; the erased left alone."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from bot.app import connected
from bot.sandbox.limits import block_faults
from bot.sandbox.state import User
from bot.sandbox.visitor import Visitor
from bot.slack.ids import Action, pack
from checkins import document, privacy
from checkins.model import Person
from storage.database import Database
from tests.bot.harness import FRIDAY, MONDAY, WEEK, Stage, company
from tests.bot.slack.screens import home, look_at_home, texts, typed, whisper
from tests.bot.slack.talking import buttons, direct

pytestmark = pytest.mark.anyio

HOUR = timedelta(hours=1)
EVE = User(name="eve", real_name="Eve Lund", email="eve.lund@larch.test", tz="Europe/Berlin")
IMPORTED = {
    "format": "trueline-organisation",
    "version": 1,
    "teams": [{"id": "ops", "name": "Ops", "members": ["eve"]}],
    "people": [{"id": "eve", "name": "Eve Lund", "email": "eve@old.test"}],
}


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """Larch & Co, to which a document added Eve, whose address no account has."""
    async with company(tmp_path) as stage:
        stage.users["eve"] = stage.sandbox.add_user(EVE)
        document.apply(stage.store, document.parse(json.dumps(IMPORTED)), now=FRIDAY)
        yield stage


def rows(visitor: Visitor) -> dict[str, list[str]]:
    """What the list says of each person, with the buttons below."""
    blocks = visitor.ephemerals()[-1]["blocks"]
    pairs = pairwise(blocks)
    return {
        one["text"]["text"]: [e.get("text", e.get("placeholder"))["text"] for e in two["elements"]]
        for one, two in pairs
        if one["type"] == "section" and two["type"] == "actions"
    }


async def press(stage: Stage, visitor: Visitor, action: Action, value: Any = None, *, block_id: str = "") -> None:
    await visitor.click(visitor.ephemerals()[-1], action, value, block_id=block_id)
    await stage.rest()


async def test_journey_an_unlinked_person_is_linked_with_one_click(stage: Stage) -> None:
    ben, eve = stage.visitor("ben"), stage.visitor("eve")
    shown = await look_at_home(stage, ben)
    assert "1 person cannot be asked: no Slack account has their e-mail address. `/align people` links them." in shown

    before = len(stage.posted())
    await typed(stage, ben, "/align people")
    proposed = f"*Eve Lund* → <@{stage.users['eve'].id}> (eve.lund@larch.test)"
    assert rows(ben) == {proposed: ["Link", "Choose an account"]}
    await press(stage, ben, Action.PEOPLE_LINK)
    said = whisper(ben)
    assert f"Eve Lund is linked to <@{stage.users['eve'].id}> and is asked from the next round on." in said
    assert "Everybody who is in a team has a Slack account." in said
    assert (stage.person("eve"), len(stage.posted())) == ("eve", before)
    assert "cannot be asked" not in await look_at_home(stage, ben)

    await stage.advance(to=MONDAY)
    (asked,) = direct(stage, "eve")
    assert buttons(asked)[:1] == ["Answer"]
    assert eve.messages(eve.dm)


async def test_another_account_can_be_chosen(stage: Stage) -> None:
    ben = stage.visitor("ben")
    zed = stage.sandbox.add_user(User(name="zed", real_name="Zed", email="zed@larch.test"))
    await typed(stage, ben, "/align people")
    where = pack(person="eve", page="0")
    await press(stage, ben, Action.PEOPLE_CHOOSE, stage.users["anna"].id, block_id=where)
    assert whisper(ben) == "This account is Anna Berg's already. Choose another one."
    await ben.click(ben.ephemerals()[0], Action.PEOPLE_CHOOSE, zed.id, block_id=where)
    await stage.rest()
    with stage.store.snapshot() as tx:
        linked = tx.people.by_identity("slack", zed.id)
    assert linked is not None and linked.id == "eve"


async def test_only_admins_see_the_list(stage: Stage) -> None:
    assert await typed(stage, stage.visitor("anna"), "/align people") == "Only an admin can do this. Ask Ben Ode."
    assert "`/align people`" in await typed(stage, stage.visitor("ben"), "/align help")
    assert "`/align people`" not in await typed(stage, stage.visitor("anna"), "/align help")


async def test_the_longest_lists_fit_and_have_pages(stage: Stage) -> None:
    ben = stage.visitor("ben")
    lost = [Person(id=f"{n:03}" + "x" * 117, name=f"{n:03} <lost>", home_team="payments") for n in range(200)]
    heads = [Person(id=f"head-{n}", name=f"Head {n:02}", admin=True) for n in range(40)]
    with stage.store.transaction() as tx:
        tx.people.save(*lost, *heads)
    await typed(stage, ben, "/align people")
    assert "201 people are in a team and cannot be asked" in whisper(ben) and "Page 1 of 21." in whisper(ben)
    assert len(rows(ben)) == 10 and "and 25 admins more" in whisper(ben)
    for _ in range(20):
        assert block_faults(ben.ephemerals()[-1]["blocks"], "message", "") == []
        await press(stage, ben, Action.PEOPLE_NEXT)
    assert "Page 21 of 21." in whisper(ben) and len(rows(ben)) == 1
    await press(stage, ben, Action.PEOPLE_BACK)
    assert "Page 20 of 21." in whisper(ben)
    assert stage.sandbox.refused == []
    assert len([sent for sent in stage.sandbox.sent if sent.method == "users.list"]) <= 3


async def test_journey_an_admin_names_another(stage: Stage) -> None:
    ben, anna = stage.visitor("ben"), stage.visitor("anna")
    before = len(stage.posted())
    await typed(stage, ben, "/align people")
    assert "Slack's owners and admins, and the addresses in TRUELINE_ADMINS, are admins here too." in whisper(ben)
    assert "named here" not in whisper(ben)
    await press(stage, ben, Action.ADMIN_NAME, stage.users["anna"].id)
    assert "Anna Berg is an admin now." in whisper(ben) and "*Anna Berg*, named here" in whisper(ben)

    assert (await typed(stage, anna, "/align people")).count("named here") == 1
    await press(stage, anna, Action.ADMIN_REMOVE)
    assert whisper(anna) == "Anna Berg is no admin any more."
    assert await typed(stage, anna, "/align people") == "Only an admin can do this. Ask Ben Ode."
    assert len(stage.posted()) == before


async def test_another_admin_is_removed(stage: Stage) -> None:
    ben = stage.visitor("ben")
    await typed(stage, ben, "/align people")
    await press(stage, ben, Action.ADMIN_NAME, stage.users["anna"].id)
    await press(stage, ben, Action.ADMIN_REMOVE)
    assert "Anna Berg is no admin any more." in whisper(ben) and "named here" not in whisper(ben)


async def test_the_last_admin_and_slacks_own_stay(stage: Stage) -> None:
    ben = stage.visitor("ben")
    stage.sandbox.change_user(stage.users["ben"].id, is_admin=False)
    await typed(stage, ben, "/align people")
    shown = ben.ephemerals()[-1]
    await press(stage, ben, Action.ADMIN_REMOVE)
    assert whisper(ben).startswith("Ben Ode is the only admin, and somebody has to be one.")
    stage.sandbox.change_user(stage.users["ben"].id, is_admin=True)
    await ben.click(shown, Action.ADMIN_REMOVE)
    await stage.rest()
    assert whisper(ben).startswith("Ben Ode is an admin or owner of the Slack workspace")


async def move(stage: Stage, name: str, zone: str) -> None:
    """Somebody's Slack profile shows another time zone."""
    stage.sandbox.change_user(stage.users[name].id, tz=zone)
    await stage.rest()


async def test_journey_a_changed_zone_moves_the_next_prompt(stage: Stage) -> None:
    await move(stage, "dana", "Asia/Tokyo")
    await stage.advance(to=MONDAY - 7 * HOUR)
    assert len(direct(stage, "dana")) == 1, "09:30 in Tokyo"
    assert len(direct(stage, "anna")) == 0

    await move(stage, "anna", "America/La_Paz")
    await stage.advance(to=MONDAY)
    assert len(direct(stage, "anna")) == 0, "half past three in La Paz"
    await stage.advance(to=MONDAY + 6 * HOUR)
    assert len(direct(stage, "anna")) == 1

    await move(stage, "anna", "Pacific/Kiritimati")
    await stage.advance(by=HOUR)
    assert (len(direct(stage, "anna")), len(direct(stage, "dana"))) == (1, 1), "nobody is asked twice"


async def test_a_name_follows_the_profile_and_who_leaves_is_asked_no_more(stage: Stage) -> None:
    anna = stage.users["anna"].id
    stage.sandbox.change_user(anna, real_name="Anna Holm")
    await stage.rest()
    with stage.store.snapshot() as tx:
        assert tx.people.get(stage.person("anna")).name == "Anna Holm"
    stage.sandbox.change_user(anna, deleted=True)
    await stage.advance(to=MONDAY)
    assert direct(stage, "anna") == []
    stage.sandbox.change_user(anna, deleted=False)
    await stage.advance(by=WEEK)
    assert len(direct(stage, "anna")) == 1


async def test_guests_are_refused_although_they_were_members_once(stage: Stage) -> None:
    anna = stage.visitor("anna")
    stage.sandbox.change_user(stage.users["anna"].id, is_restricted=True)
    await stage.rest()
    assert "full members" in await typed(stage, anna, "/checkin")
    assert "full members" in await look_at_home(stage, anna)


async def test_journey_an_erased_person_is_not_brought_back(stage: Stage, tmp_path: Path) -> None:
    anna, user = stage.visitor("anna"), stage.users["anna"].id
    await stage.advance(to=MONDAY)
    await typed(stage, anna, "/align privacy")
    await press(stage, anna, Action.ERASE)
    before = len(direct(stage, "anna"))

    stage.sandbox.change_user(user, real_name="Anna Holm", tz="Asia/Tokyo")
    assert "Your data was erased." in await look_at_home(stage, anna)
    bot = stage.bot
    with Database.connect(f"sqlite:///{tmp_path / 'trueline.db'}") as database:
        async with connected(database=database, settings=bot.context.settings, clock=stage.clock):
            pass
    await stage.advance(by=WEEK)
    assert privacy.stored(stage.store, platform="slack", user=user) is None
    with stage.store.snapshot() as tx:
        assert not {person.name for person in tx.people.all()} & {"Anna Berg", "Anna Holm"}
    assert len(direct(stage, "anna")) == before

    assert anna.home is not None and block_faults(anna.home.body["blocks"], "home", "") == []
    await anna.click_home(Action.COME_BACK)
    await stage.rest()
    assert "Nothing waits for you." in home(anna)
    kept = privacy.stored(stage.store, platform="slack", user=user)
    assert kept is not None and (kept.person.name, kept.answers, kept.teams) == ("Anna Holm", 0, ())


async def test_who_was_erased_comes_back_with_a_command(stage: Stage) -> None:
    anna = stage.visitor("anna")
    await typed(stage, anna, "/align privacy")
    await press(stage, anna, Action.ERASE)
    assert "You are in no team yet" in await typed(stage, anna, "/checkin")
    assert "Who sees what" in await look_at_home(stage, anna)
    assert "Use Trueline again" not in texts(anna.home.body["blocks"] if anna.home else [])
