"""Teams that follow user groups and channels: in step with every event, at the start and once a day, without a word."""

from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox.state import Channel, User, UserGroup
from bot.slack import team_sync
from bot.slack.ids import Action
from bot.slack.profiles import everybody
from checkins import privacy, teams
from checkins.model import Team
from checkins.teams import TeamDraft
from tests.bot.harness import MONDAY, PEOPLE, WEEK, Stage, company
from tests.bot.slack.screens import look_at_home
from tests.bot.slack.talking import direct

pytestmark = pytest.mark.anyio

GUS = User(name="gus", real_name="Gus Guest", email="gus@larch.test", is_restricted=True)
EVE = User(name="eve", real_name="Eve Lin", email="eve@larch.test", tz="Europe/Berlin")


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """The company, with a guest and with Eve, who is in no team yet."""
    async with company(tmp_path, people=[*PEOPLE, GUS, EVE]) as stage:
        await stage.pump()
        yield stage


def team(stage: Stage, id: str = "crew") -> Team:
    with stage.store.snapshot() as tx:
        return tx.teams.get(id)


def members(stage: Stage, id: str = "crew") -> set[str]:
    """Names, in lower case."""
    with stage.store.snapshot() as tx:
        people = tx.people.by_ids(tx.teams.get(id).members)
    return {person.name.split()[0].lower() for person in people.values()}


def home_of(stage: Stage, name: str) -> str | None:
    with stage.store.snapshot() as tx:
        return tx.people.get(stage.person(name)).home_team


def ids(stage: Stage, *names: str) -> list[str]:
    return [stage.users[name].id for name in names]


def group_of(stage: Stage, *names: str) -> UserGroup:
    return stage.sandbox.add_usergroup("crew", "The crew", ids(stage, *names))


def channel_of(stage: Stage, *names: str, private: bool = False) -> Channel:
    return stage.sandbox.add_channel("crew", ids(stage, *names), private=private, with_bot=True)


async def make_crew(stage: Stage, field: str, source: str) -> None:
    """A new team by Ben's clicks: open, where members come from, which, save."""
    ben = stage.visitor("ben")
    await look_at_home(stage, ben)
    await ben.click_home(Action.SETUP_TEAM)
    await stage.rest()
    assert ben.view is not None
    kind = next(b for b in ben.view.body["blocks"] if Action.TEAM_SOURCE in str(b.get("accessory")))
    await ben.choose(kind["block_id"], field)
    await stage.rest()
    assert await ben.submit({"name": "Crew", field: source}) == {}
    await stage.rest()


def follow(stage: Stage, source: str) -> None:
    """The same without clicks; the members come with the next event."""
    teams.add_team(stage.store, actor=stage.person("ben"), draft=TeamDraft(name="Crew", source=source))


def notices(stage: Stage, name: str = "ben") -> list[str]:
    return [message["text"] for message in direct(stage, name) if "cannot follow" in message["text"]]


async def test_journey_a_team_follows_its_user_group(stage: Stage) -> None:
    group, posted = group_of(stage, "anna", "gus"), len(stage.posted())
    await make_crew(stage, "usergroup", group.id)
    assert members(stage) == {"anna"}
    assert home_of(stage, "anna") == "payments", "the home team stays"

    stage.sandbox.change_usergroup(group.id, ids(stage, "dana", "eve", "gus"))
    await stage.pump()
    assert members(stage) == {"dana", "eve"}
    assert (home_of(stage, "eve"), home_of(stage, "dana")) == ("crew", "search")
    assert len(stage.posted()) == posted, "a sync tells nobody"

    await stage.advance(to=MONDAY)
    asked = stage.posted()[posted:]
    assert sorted(message["channel"] for message in asked) == sorted(
        stage.visitor(name).dm for name in ("anna", "dana", "eve")
    ), "once each, cleo later"
    stage.sandbox.change_usergroup(group.id, ids(stage, "dana"))
    await stage.pump()
    assert home_of(stage, "eve") is None
    eve = stage.visitor("eve")
    await eve.click(eve.last(), Action.SKIP)
    await stage.pump()
    with stage.store.snapshot() as tx:
        prompt = tx.rounds.latest_prompt(stage.person("eve"))
    assert prompt is not None
    assert prompt.team == "crew", "what was asked stays as it was"
    assert len(stage.posted()) == posted + len(asked)


async def test_journey_a_team_follows_its_channel(stage: Stage) -> None:
    channel, posted = channel_of(stage, "ben", "anna", "gus", private=True), len(stage.posted())
    await make_crew(stage, "channel", channel.id)
    assert members(stage) == {"anna", "ben"}

    stage.sandbox.join_channel(channel.id, stage.users["eve"].id)
    stage.sandbox.leave_channel(channel.id, stage.users["anna"].id)
    await stage.pump()
    assert members(stage) == {"ben", "eve"}
    assert home_of(stage, "eve") == "crew"

    stage.sandbox.leave_channel(channel.id, stage.users["eve"].id)
    await stage.pump()
    assert home_of(stage, "eve") is None
    assert len(stage.posted()) == posted, "a sync tells nobody"

    stage.sandbox.leave_channel(channel.id, stage.sandbox.app.bot_user)
    await stage.pump()
    assert members(stage) == {"ben"}
    assert len(stage.posted()) == posted + 1
    assert f"I cannot follow <#{channel.id}> any more, whose members make up Crew" in notices(stage)[0]

    stage.sandbox.join_channel(channel.id, stage.users["dana"].id)
    stage.sandbox.join_channel(channel.id, stage.sandbox.app.bot_user)
    await stage.pump()
    assert members(stage) == {"ben", "dana"}
    assert len(stage.posted()) == posted + 1


async def test_a_group_that_is_disabled_leaves_the_team_and_admins_hear_once_a_week(stage: Stage) -> None:
    group = group_of(stage, "anna", "dana")
    await make_crew(stage, "usergroup", group.id)
    for _ in range(2):
        stage.sandbox.disable_usergroup(group.id)
        await stage.pump()
    assert members(stage) == {"anna", "dana"}
    assert len(notices(stage)) == 1
    assert "I cannot follow the user group that makes up Crew any more" in notices(stage)[0]
    assert direct(stage, "anna") == []
    stage.clock.advance_to(stage.clock.now() + WEEK)
    await team_sync.follow_all(stage.context, stage.bot.client)
    await stage.pump()
    assert len(notices(stage)) == 2


async def test_an_archived_channel_leaves_the_team(stage: Stage) -> None:
    channel = channel_of(stage, "ben", "anna")
    await make_crew(stage, "channel", channel.id)
    stage.sandbox.archive_channel(channel.id, by=stage.users["ben"].id)
    await stage.pump()
    assert members(stage) == {"anna", "ben"}
    assert len(notices(stage)) == 1


async def test_a_channel_in_which_only_guests_are_left_empties_no_team(stage: Stage) -> None:
    channel = channel_of(stage, "ben", "gus")
    await make_crew(stage, "channel", channel.id)
    stage.sandbox.leave_channel(channel.id, stage.users["ben"].id)
    await stage.pump()
    assert members(stage) == {"ben"}
    assert "without full members" in notices(stage)[0]


async def test_a_deactivated_person_leaves_and_an_erased_one_is_not_brought_back(stage: Stage) -> None:
    group = group_of(stage, "anna", "dana", "eve")
    await make_crew(stage, "usergroup", group.id)
    privacy.erase_own(stage.store, platform="slack", user=stage.users["eve"].id)
    stage.sandbox.change_user(stage.users["anna"].id, deleted=True)
    await stage.rest()
    stage.sandbox.change_usergroup(group.id, ids(stage, "anna", "dana", "eve", "cleo"))
    await stage.pump()
    assert members(stage) == {"dana", "cleo"}


async def test_what_was_missed_is_made_up_for_at_the_start_and_every_day(stage: Stage) -> None:
    group, channel = group_of(stage, "anna", "eve"), channel_of(stage, "dana")
    follow(stage, f"usergroup:{group.id}")
    draft = TeamDraft(name="Room", source=f"channel:{channel.id}")
    teams.add_team(stage.store, actor=stage.person("ben"), draft=draft)
    await team_sync.reconcile(stage.context, stage.bot.client, await everybody(stage.bot.client, admins=frozenset()))
    assert (members(stage), members(stage, "room")) == ({"anna", "eve"}, {"dana"})
    group.users.remove(stage.users["eve"].id)
    await team_sync.follow_all(stage.context, stage.bot.client)
    assert members(stage) == {"anna"}
    assert direct(stage, "eve") == []


async def test_other_groups_and_channels_cost_no_call(stage: Stage) -> None:
    group, channel = group_of(stage, "anna"), channel_of(stage, "anna")
    before = dict(stage.sandbox.calls)
    stage.sandbox.change_usergroup(group.id, ids(stage, "dana"))
    stage.sandbox.join_channel(channel.id, stage.users["dana"].id)
    await stage.rest()
    assert stage.sandbox.calls == before


async def test_a_crowd_that_comes_at_once_is_read_page_by_page_in_few_calls(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(team_sync, "PAGE", 7)
    crowd = [stage.sandbox.add_user(User(name=f"p{n}", real_name=f"P {n}")) for n in range(40)]
    channel = stage.sandbox.add_channel("crowd", with_bot=True)
    follow(stage, f"channel:{channel.id}")
    before = Counter(stage.sandbox.calls)
    for user in crowd:
        stage.sandbox.join_channel(channel.id, user.id)
    await stage.rest()
    assert len(team(stage).members) == 40
    calls = Counter(stage.sandbox.calls) - before
    assert calls["conversations.info"] <= 5, "whoever reads next reads for all that wait"
    assert calls["users.info"] <= 2 * team_sync.MOST_LOOK_UPS


async def test_trouble_on_the_way_changes_nothing_and_says_nothing(stage: Stage) -> None:
    group = group_of(stage, "anna")
    await make_crew(stage, "usergroup", group.id)
    stage.sandbox.faults.fail("usergroups.users.list", "internal_error")
    stage.sandbox.change_usergroup(group.id, ids(stage, "dana"))
    await stage.pump()
    assert notices(stage) == []
