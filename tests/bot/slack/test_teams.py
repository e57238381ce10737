"""`/align teams` and the form behind its buttons, clicked through by admins and leads."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.sandbox.state import User
from bot.sandbox.visitor import Visitor
from bot.slack import team_blocks
from bot.slack.blocks import Block
from bot.slack.ids import Action
from checkins import following, teams
from checkins.model import Person, Team
from checkins.teams import TeamDraft, TeamLine, TeamState
from tests.bot.harness import FRIDAY, MONDAY, PEOPLE, WEEK, Stage, bot_in_sandbox, company, profiles
from tests.bot.slack.screens import home, look_at_home, texts, typed, whisper, window
from tests.bot.slack.talking import RETRIES, click, fill

pytestmark = pytest.mark.anyio

GUS = User(name="gus", real_name="Gus Guest", email="gus@larch.test", is_restricted=True)


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with company(tmp_path) as stage:
        yield stage


def team(stage: Stage, id: str) -> Team:
    with stage.store.snapshot() as tx:
        return tx.teams.get(id)


def person(stage: Stage, name: str) -> Person:
    with stage.store.snapshot() as tx:
        return tx.people.get(stage.person(name))


def labels(visitor: Visitor) -> list[str]:
    assert visitor.view is not None
    return [block["block_id"] for block in visitor.view.body["blocks"] if block["type"] == "input"]


def offered(visitor: Visitor, field: str) -> list[str]:
    assert visitor.view is not None
    block = next(block for block in visitor.view.body["blocks"] if block.get("block_id") == field)
    return [option["text"]["text"] for option in block["element"]["options"]]


def buttons(message: Block) -> list[str]:
    return [block["accessory"]["value"] for block in message["blocks"] if "accessory" in block]


async def change(stage: Stage, name: str, id: str) -> Visitor:
    """Somebody who asked for the list and pressed the button of a team."""
    visitor = stage.visitor(name)
    await typed(stage, visitor, "/align teams")
    await visitor.click(visitor.ephemerals()[-1], Action.TEAM_CHANGE, id)
    await stage.rest()
    return visitor


async def new_team(stage: Stage) -> Visitor:
    ben = stage.visitor("ben")
    await look_at_home(stage, ben)
    await ben.click_home(Action.SETUP_TEAM)
    await stage.rest()
    return ben


async def choose_source(stage: Stage, visitor: Visitor, label: str) -> None:
    assert visitor.view is not None
    block = next(b for b in visitor.view.body["blocks"] if Action.TEAM_SOURCE in str(b.get("accessory")))
    await visitor.choose(block["block_id"], label)
    await stage.rest()


async def save(stage: Stage, visitor: Visitor, answers: dict[str, object]) -> dict[str, str]:
    problems = await visitor.submit(answers)
    await stage.rest()
    return problems


async def test_journey_an_admin_renames_and_archives_a_team(stage: Stage) -> None:
    """Three clicks to rename, three to archive, and nobody gets a message."""
    ben, posted = await change(stage, "ben", "payments"), len(stage.posted())
    assert await save(stage, ben, {"name": "Money"}) == {}
    assert "*Money* · 2 people, led by Ben Ode" in whisper(ben)
    assert len(ben.ephemerals()) == 1, "the list was drawn anew where it stood"

    await ben.click(ben.ephemerals()[-1], Action.TEAM_CHANGE, "payments")
    await stage.rest()
    await ben.click_view(Action.TEAM_ARCHIVE)
    await stage.rest()
    assert "Money is archived." in window(ben)
    assert buttons(ben.ephemerals()[-1]) == ["search"]
    assert person(stage, "anna").home_team is None
    assert "Fewer failed payments" in await typed(stage, ben, "/goals all")
    assert len(stage.posted()) == posted

    await stage.advance(to=MONDAY)
    assert [m["channel"] for m in stage.posted()[posted:] if m["channel"] == stage.visitor("anna").dm] == []
    again = TeamDraft(name="Money", members=profiles(stage, "anna"))
    assert teams.add_team(stage.store, actor=stage.person("ben"), draft=again).id == "money"


async def test_the_week_in_which_a_team_is_archived_still_counts_its_answers(stage: Stage) -> None:
    await stage.advance(to=MONDAY)
    anna, ben = stage.visitor("anna"), stage.person("ben")
    await click(stage, anna, Action.UPDATE)
    assert await fill(stage, anna, RETRIES) == {}
    teams.archive_team(stage.store, actor=ben, team="payments")
    await look_at_home(stage, anna)
    assert "Retry logic" in home(anna)
    await stage.advance(to=FRIDAY + WEEK + timedelta(hours=2))
    with stage.store.snapshot() as tx:
        built = tx.digests.latest()
    assert built is not None
    assert built.body["answers"] == {"expected": 3, "received": 1}
    assert stage.sandbox.refused == []


async def test_the_form_opens_with_what_is_there(stage: Stage) -> None:
    ben = await change(stage, "ben", "payments")
    assert ben.view is not None
    values = {name: next(iter(entered.values())) for name, entered in ben.view.values.items()}
    users = stage.users
    assert values["name"]["value"] == "Payments"
    assert values["members"]["selected_users"] == [users["anna"].id, users["cleo"].id]
    assert values["leads"]["selected_users"] == [users["ben"].id]
    assert values["reminders"]["selected_option"]["value"] == team_blocks.AS_SCHEDULED
    assert offered(ben, "parent") == ["No other team", "Search"]
    assert await save(stage, ben, {"parent": "Search", "reminders": "Two reminders a round"}) == {}
    assert (team(stage, "payments").parent, team(stage, "payments").reminders) == ("search", 2)
    assert "Part of Search · two reminders a round" in whisper(ben)


async def test_members_move_with_their_home(stage: Stage) -> None:
    ben = await change(stage, "ben", "search")
    users = [stage.users[name].id for name in ("anna", "cleo")]
    assert await save(stage, ben, {"members": users}) == {}
    assert team(stage, "search").members == (stage.person("anna"), stage.person("cleo"))
    assert (person(stage, "dana").home_team, person(stage, "anna").home_team) == (None, "payments")


async def test_a_lead_changes_the_own_team_and_cannot_archive_it(stage: Stage) -> None:
    dana = stage.visitor("dana")
    await typed(stage, dana, "/align teams")
    assert buttons(dana.ephemerals()[-1]) == ["search"]
    dana = await change(stage, "dana", "search")
    assert Action.TEAM_ARCHIVE not in str(dana.view.body if dana.view else "")
    assert await save(stage, dana, {"name": "Finding"}) == {}
    assert team(stage, "search").name == "Finding"
    anna = stage.visitor("anna")
    await typed(stage, anna, "/align teams")
    assert buttons(anna.ephemerals()[-1]) == []


async def test_what_a_form_carries_gives_no_rights(stage: Stage) -> None:
    dana = await change(stage, "dana", "search")
    assert dana.view is not None
    dana.view.body["private_metadata"] = dana.view.body["private_metadata"].replace("search", "payments")
    assert "Only a lead of Payments or an admin" in str(await dana.send_form(dana.view))
    form = dana.view
    for action in (Action.TEAM_CHANGE, Action.TEAM_ARCHIVE):
        element = {"type": "button", "action_id": action, "value": "payments"}
        await dana.press_in_view(form, {"block_id": "teams:payments"}, element, {})
        await stage.rest()
        assert "Ask Ben Ode." in window(dana)
    assert not team(stage, "payments").archived


async def test_a_parent_below_is_refused_at_its_field(stage: Stage) -> None:
    ben = await change(stage, "ben", "payments")
    search = TeamDraft(name="Search", parent="payments")
    teams.change_team(stage.store, actor=stage.person("ben"), team="search", draft=search)
    assert await save(stage, ben, {"parent": "Search"}) == {
        "parent": "Search stands below Payments already. Choose another one."
    }


async def test_a_click_on_a_team_that_was_archived_meanwhile_says_so(stage: Stage) -> None:
    ben = stage.visitor("ben")
    await typed(stage, ben, "/align teams")
    teams.archive_team(stage.store, actor=stage.person("ben"), team="search")
    await ben.click(ben.ephemerals()[-1], Action.TEAM_CHANGE, "search")
    await stage.rest()
    assert "Search is archived." in whisper(ben)


async def test_guests_that_were_chosen_are_left_out_with_a_sentence(tmp_path: Path) -> None:
    async with bot_in_sandbox(tmp_path, people=[*PEOPLE, GUS]) as stage:
        ben, users = await new_team(stage), stage.users
        assert "usergroup" not in labels(ben)
        assert list(await save(stage, ben, {"name": "Visitors", "members": [users["gus"].id]})) == ["members"]
        assert await save(stage, ben, {"name": "Crew", "members": [users["gus"].id, users["cleo"].id]}) == {}
        assert "Left out: Gus Guest." in window(ben)
        assert team(stage, "crew").members == (stage.person("cleo"),)


async def test_the_source_of_members_can_be_chosen_and_taken_back(stage: Stage) -> None:
    group = stage.sandbox.add_usergroup("crew", "The crew", [stage.users["dana"].id])
    ben = await change(stage, "ben", "payments")
    await ben.choose("name", "Money")
    await choose_source(stage, ben, "Everybody in a user group")
    assert labels(ben)[:2] == ["name", "usergroup"]
    assert ben.view is not None
    assert ben.view.values["name"]["entered"]["value"] == "Money", "what was typed stays"
    assert await save(stage, ben, {"usergroup": "The crew"}) == {}
    assert team(stage, "payments").source == f"usergroup:{group.id}"
    assert team(stage, "payments").members == (stage.person("dana"),)

    ben = await change(stage, "ben", "payments")
    assert ben.view is not None
    assert ben.view.values["usergroup"]["entered"]["selected_option"]["value"] == group.id
    await choose_source(stage, ben, "People I choose")
    assert await save(stage, ben, {}) == {}
    assert (team(stage, "payments").source, team(stage, "payments").members) == (None, (stage.person("dana"),))


@pytest.mark.parametrize(("private", "there"), [(True, True), (True, False), (False, False)])
async def test_a_channel_that_cannot_be_followed_is_refused_at_its_field(
    stage: Stage, private: bool, there: bool
) -> None:
    """Not in a channel: not the bot, and in a private one not the person whose form names it."""
    people = [stage.users["anna"].id] if there else [stage.users["ben"].id]
    channel = stage.sandbox.add_channel("crew", people, private=private, with_bot=there)
    ben = await change(stage, "ben", "payments")
    await choose_source(stage, ben, "Everybody in a channel")
    assert "I am not in that channel yet." in (await save(stage, ben, {"channel": channel.id}))["channel"]
    stage.sandbox.archive_channel(channel.id, by=stage.users["ben"].id)
    assert list(await save(stage, ben, {"channel": channel.id})) == ["channel"]
    assert team(stage, "payments").source is None


async def test_a_group_that_is_gone_meanwhile_is_refused_at_its_field(stage: Stage) -> None:
    group = stage.sandbox.add_usergroup("crew", "The crew", [stage.users["dana"].id])
    ben = await change(stage, "ben", "payments")
    await choose_source(stage, ben, "Everybody in a user group")
    stage.sandbox.disable_usergroup(group.id)
    problems = await save(stage, ben, {"usergroup": "The crew"})
    assert problems == {"usergroup": "This user group is gone or disabled. Choose another one."}


async def test_sixty_teams_come_in_pages_and_by_name(stage: Stage) -> None:
    ben, members = stage.visitor("ben"), profiles(stage, "anna")
    for number in range(58):
        draft = TeamDraft(name=f"Team {number:02} & <co>", members=members)
        teams.add_team(stage.store, actor=stage.person("ben"), draft=draft)
    await typed(stage, ben, "/align teams")
    seen: list[str] = []
    for _ in range(3):
        seen += buttons(ben.ephemerals()[-1])
        await ben.click(ben.ephemerals()[-1], Action.TEAM_PAGE)
        await stage.rest()
    assert len(seen) == len(set(seen)) == 60
    assert buttons(ben.ephemerals()[-1]) == seen[:20], "after the last page comes the first"
    assert len(ben.ephemerals()) == 1
    assert "1 to 20 of 60 teams." in whisper(ben)
    assert "*Team 07 &amp; &lt;co&gt;*" in await typed(stage, ben, "/align teams 07 & <CO>")
    assert buttons(ben.ephemerals()[-1]) == ["team-07-co"]
    assert "No team has “xyz” in its name." in await typed(stage, ben, "/align teams xyz")
    await change_one_of_many(stage, ben)
    assert [refused.error for refused in stage.sandbox.refused] == []


async def change_one_of_many(stage: Stage, ben: Visitor) -> None:
    """The list stays on the page of the team that was changed."""
    await typed(stage, ben, "/align teams 57")
    await ben.click(ben.ephemerals()[-1], Action.TEAM_CHANGE, "team-57-co")
    await stage.rest()
    assert len(offered(ben, "parent")) == 60
    assert await save(stage, ben, {"name": "Zebra"}) == {}
    assert "41 to 60 of 60 teams." in whisper(ben)
    assert "*Zebra*" in whisper(ben)


def test_a_form_of_many_people_teams_and_groups_keeps_slacks_limits() -> None:
    many = tuple(Team(id=f"t{n}", name=f"Team {n} " + "x" * 50) for n in range(250))
    state = TeamState(team=many[0], members=tuple(f"U{n}" for n in range(140)), parents=many[1:], archivable=True)
    view = team_blocks.form(state, groups={f"S{n}": f"Group {n}" for n in range(130)})
    assert "The team has 140 people" in texts(view["blocks"])
    assert "members" not in [block.get("block_id") for block in view["blocks"]]
    fields = {block["block_id"]: block["element"] for block in view["blocks"] if block["type"] == "input"}
    assert [len(group["options"]) for group in fields["parent"]["option_groups"]] == [100, 100, 50]
    assert all(len(group["label"]["text"]) <= 75 for group in fields["parent"]["option_groups"])


def test_a_list_of_nothing_says_so() -> None:
    assert "There are no teams yet." in str(team_blocks.listing([], page=0, words="", command="/align"))
    line = TeamLine(team=Team(id="t", name="T", source="channel:C1"), leads=(), parent=None, changeable=False)
    shown = str(team_blocks.listing([line], page=7, words="", command="/align"))
    assert "Follows <#C1>" in shown


def test_sources_are_kinds_and_ids() -> None:
    assert (following.kind_of("channel:C1"), following.source_id("channel:C1")) == ("channel", "C1")
