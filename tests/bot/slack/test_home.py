"""App Home and `/align`: what waits first, what one may do, and a word for every mistake."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.limits import block_faults
from bot.sandbox.state import User
from bot.slack.ids import Action
from checkins.model import Absence, DeliveryKind, Strategy
from checkins.wording import percent
from tests.bot.harness import MONDAY, Stage, bot_in_sandbox, company, set_up
from tests.bot.slack.screens import home, look_at_home, typed, whisper

pytestmark = pytest.mark.anyio


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with company(tmp_path) as stage:
        yield stage


async def test_home_says_when_the_next_check_in_comes(stage: Stage) -> None:
    shown = await look_at_home(stage, stage.visitor("cleo"))
    assert shown.startswith("Nothing waits for you. Next check-in: <!date^")
    assert f"^{MONDAY.timestamp() + 6 * 3600:.0f}^" not in shown.splitlines()[1:]
    assert f"<!date^{(MONDAY + timedelta(hours=6)).timestamp():.0f}^" in shown, "09:30 in New York"


async def test_journey_home_shows_the_open_check_in_first_and_then_the_answer(stage: Stage) -> None:
    anna = stage.visitor("anna")
    await stage.advance(to=MONDAY)
    assert (await look_at_home(stage, anna)).startswith("*Your check-in is open* until <!date^")
    assert anna.home is not None
    assert button(anna.home.body, Action.UPDATE)["style"] == "primary"
    await anna.click_home(Action.UPDATE)
    await stage.rest()
    pager = {"text_2": "Pager", "goal_2": "Technical debt", "size_2": "some"}
    await anna.submit({"text_1": "Retries & <logs>", "goal_1": "Fewer failed payments", "size_1": "most"} | pager)
    await stage.pump()
    shown = await look_at_home(stage, anna)
    assert shown.startswith("Nothing waits for you.")
    assert f"• Retries &amp; &lt;logs&gt;  →  _Fewer failed payments_ · {percent(0.75)}" in shown
    assert f"• Pager  →  _Technical debt_ · {percent(0.25)}" in shown
    await anna.click_home(Action.EDIT)
    await stage.rest()
    assert anna.view is not None


async def test_home_shows_the_teams_goals_with_their_weights(stage: Stage) -> None:
    shown = await look_at_home(stage, stage.visitor("anna"))
    assert f"• *Fewer failed payments* · {percent(0.6)} of Payments’ work · under way" in shown
    assert "Faster search" not in shown


async def test_home_says_who_sees_what(stage: Stage) -> None:
    shown = await look_at_home(stage, stage.visitor("anna"))
    assert "*Your note:* You and your leads." in shown
    assert "*That you skipped or did not answer:* Only you." in shown
    assert "`/align privacy` shows what is stored about you, sends it to you or erases it." in shown


async def test_only_admins_see_the_set_up_and_whether_messages_arrive(stage: Stage) -> None:
    anna, ben = stage.visitor("anna"), stage.visitor("ben")
    await stage.advance(to=MONDAY)
    shown = await look_at_home(stage, ben)
    assert "*Payments* · 2 people, led by Ben Ode" in shown
    assert "3 sent, 1 waiting, none lost." in shown
    assert "Messages" not in await look_at_home(stage, anna)
    assert "Settings" in shown and "Settings" not in home(anna)


async def test_admins_read_what_did_not_arrive(stage: Stage) -> None:
    stage.sandbox.change_user(stage.users["cleo"].id, deleted=True)
    await stage.rest()
    cleo = stage.person("cleo")
    with stage.store.transaction() as tx:
        tx.outbox.add(
            key="n", kind=DeliveryKind.NOTICE, subject="n", person=cleo, not_before=MONDAY, body={"text": "Hello"}
        )
    await stage.advance(to=MONDAY)
    shown = await look_at_home(stage, stage.visitor("ben"))
    assert "1 did not arrive." in shown
    assert "• Cleo Sun: " in shown


async def test_guests_are_told_that_it_is_not_for_them(tmp_path: Path) -> None:
    guest = User(name="gus", real_name="Gus Guest", email="gus@larch.test", is_restricted=True)
    async with bot_in_sandbox(tmp_path, people=[guest]) as stage:
        assert "full members" in await look_at_home(stage, stage.visitor("gus"))
        assert "full members" in await typed(stage, stage.visitor("gus"), "/goals all")


async def test_the_fullest_home_fits(stage: Stage) -> None:
    ben = stage.person("ben")
    with stage.store.transaction() as tx:
        payments, goal = tx.teams.get("payments"), tx.goals.all()[0]
        tx.people.save(replace(tx.people.get(ben), home_team="payments"))
        days = [MONDAY.date() + timedelta(days=3 * n) for n in range(40)]
        tx.absences.replace(ben, [Absence(person=ben, first=day, last=day) for day in days])
        tx.goals.save(*(replace(goal, id=f"g{n}", title=f"{n} {'long ' * 60}", owner=ben) for n in range(150)))
        tx.teams.save(
            *(
                replace(payments, id=f"t{n}", name=f"{n} {'team ' * 11}", leads=(ben,), members=(ben,))
                for n in range(120)
            )
        )
    await look_at_home(stage, stage.visitor("ben"))
    shown = stage.visitor("ben").home
    assert shown is not None
    assert block_faults(shown.body["blocks"], "home", "") == []
    await stage.visitor("ben").click_home(Action.SETUP_GOALS)
    await stage.rest()
    assert stage.visitor("ben").view is not None
    assert stage.sandbox.refused == []


async def test_align_says_what_waits_and_when_the_digest_comes(stage: Stage) -> None:
    anna = stage.visitor("anna")
    said = await typed(stage, anna, "/align")
    assert said.startswith("Nothing waits for you. Next check-in:")
    assert "Next digest: <!date^" in said
    await stage.advance(to=MONDAY)
    assert (await typed(stage, anna, "/align")).startswith("*Your check-in is open* until <!date^")
    await typed(stage, anna, "/checkin pause")
    assert (await typed(stage, anna, "/align")).startswith("Nothing waits for you. Your check-ins are paused.")


async def test_an_admin_in_an_empty_workspace_gets_the_steps_and_the_others_a_name(tmp_path: Path) -> None:
    async with bot_in_sandbox(tmp_path) as stage:
        assert (await typed(stage, stage.visitor("ben"), "/align")).startswith("Set-up\n")
        assert (await look_at_home(stage, stage.visitor("ben"))).startswith("Set-up\n")
        assert (await typed(stage, stage.visitor("anna"), "/align")).startswith("Trueline is not set up yet. Ben Ode")
        assert "Ben Ode can set things up." in await typed(stage, stage.visitor("anna"), "/goals")


async def test_help_lists_what_this_person_may_do(stage: Stage) -> None:
    for_admins = await typed(stage, stage.visitor("ben"), "/align help")
    for_leads = await typed(stage, stage.visitor("dana"), "/align help")
    for_members = await typed(stage, stage.visitor("anna"), "/align help")
    assert "`/align setup`" in for_admins
    assert "“Set goals”" in for_leads
    assert "/align setup" not in for_leads + for_members
    assert "“Set goals”" not in for_members
    assert all("`/goals team Growth`" in said for said in (for_admins, for_leads, for_members))


async def test_an_unknown_word_gets_the_nearest_one(stage: Stage) -> None:
    anna = stage.visitor("anna")
    assert await typed(stage, anna, "/align visoin") == ("I do not know “visoin”. Did you mean `/align vision`?")
    assert "`/align help`" in await typed(stage, anna, "/align <!channel>")
    assert "&lt;!channel&gt;" in whisper(anna)


async def test_every_word_works_below_align(stage: Stage) -> None:
    anna = stage.visitor("anna")
    assert "Running today" in await typed(stage, anna, "/align goals all")
    assert "Payments* · 2 people" in await typed(stage, anna, "/align TEAMS")
    assert "Who sees what" in await typed(stage, anna, "/align privacy")
    assert "Ben Ode can change the set-up." in await typed(stage, anna, "/align setup")
    assert "No digest has been published yet." in await typed(stage, anna, "/align digest")
    assert "`/checkin skip`" in await typed(stage, anna, "/align checkin help")


async def test_the_vision_is_there_for_everybody(stage: Stage) -> None:
    anna = stage.visitor("anna")
    assert "is not written down yet" in await typed(stage, anna, "/align vision")
    with stage.store.transaction() as tx:
        tx.workspace.save(replace(tx.workspace.get(), strategy=Strategy(vision="Money that <moves>")))
    assert "*Vision:* Money that &lt;moves&gt;" in await typed(stage, anna, "/align vision")
    assert (await typed(stage, anna, "/goals all")).startswith("*Where we are going*")


async def test_goals_are_found_by_team_and_by_word(stage: Stage) -> None:
    anna = stage.visitor("anna")
    assert "*Payments*" in await typed(stage, anna, "/goals")
    assert "Faster search" in await typed(stage, anna, "/goals team search")
    assert "Teams: Payments, Search." in await typed(stage, anna, "/goals team nope")
    assert "A second provider" in await typed(stage, anna, "/goals second prov")
    assert "Did you mean `/goals provider`?" in await typed(stage, anna, "/goals provder")
    assert "Did you mean `/goals team Search`?" in await typed(stage, anna, "/goals Serch")
    assert "`/goals all`" in await typed(stage, anna, "/goals help")


async def test_who_may_set_goals_gets_the_button(stage: Stage) -> None:
    dana, anna = stage.visitor("dana"), stage.visitor("anna")
    await typed(stage, dana, "/goals team search")
    await dana.click(dana.ephemerals()[-1], Action.SETUP_GOALS)
    await stage.rest()
    assert dana.view is not None
    assert dana.view.values["title_1"] == {"goal:faster-search": {"type": "plain_text_input", "value": "Faster search"}}
    assert Action.SETUP_GOALS not in await typed(stage, anna, "/goals team search")


async def test_renamed_commands_are_the_ones_that_texts_name(tmp_path: Path) -> None:
    async with company(tmp_path, goals_command="/our-goals", align_command="/trueline") as stage:
        said = await typed(stage, stage.visitor("anna"), "/trueline help")
        assert "`/our-goals all`" in said
        assert "/align" not in said


async def test_the_button_of_the_next_step_is_the_one_to_press(tmp_path: Path) -> None:
    async with bot_in_sandbox(tmp_path) as stage:
        set_up(stage, with_goals=False)
        ben = stage.visitor("ben")
        shown = await look_at_home(stage, ben)
        assert "*1. Teams* · Done\nPayments (2 people), Search (1 person)" in shown
        assert "*2. Goals* · To do" in shown
        assert ben.home is not None
        assert button(ben.home.body, Action.SETUP_GOALS)["style"] == "primary"
        assert "style" not in button(ben.home.body, Action.SETUP_ASK)


def button(shown: dict[str, Any], action: Action) -> dict[str, Any]:
    """The first button of a view that does so."""
    held = [element for block in shown["blocks"] for element in (block.get("accessory"), *block.get("elements", ()))]
    return next(each for each in held if each and each.get("action_id") == action)


async def test_goals_that_one_owns_are_listed_once(stage: Stage) -> None:
    with stage.store.transaction() as tx:
        tx.goals.save(replace(tx.goals.get("fewer-failed-payments"), owner=stage.person("anna")))
    shown = await look_at_home(stage, stage.visitor("anna"))
    assert shown.count("*Fewer failed payments*") == 1
    assert "owner" not in shown
    assert shown.index("*Goals you own*") < shown.index("*Payments*") < shown.index("*A second provider*")
