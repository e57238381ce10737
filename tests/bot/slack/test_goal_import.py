"""A file with goals comes in by chat: read, shown, and stored only after somebody has seen what it does."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox.visitor import Visitor
from bot.slack import goal_import
from bot.slack.ids import Action, Callback
from bot.texts import goal_import as texts
from checkins.model import Goal, GoalStatus
from tests import northwind
from tests.bot.harness import Stage, company
from tests.bot.slack.screens import typed, window
from tests.bot.slack.talking import direct

pytestmark = pytest.mark.anyio

TABLE = (
    "title,team,weight,status,supports\n"
    "Fewer failed payments,Payments,0.5,active,Trust\n"
    "A second provider,Payments,,done,\n"
    "Trust,,,,\n"
    "=Refunds <!channel>,Payments,10 %,,\n"
)


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with company(tmp_path) as stage:
        await stage.pump()
        yield stage


def goals(stage: Stage) -> dict[str, Goal]:
    with stage.store.snapshot() as tx:
        return {goal.title: goal for goal in tx.goals.all()}


async def opened(stage: Stage, name: str = "ben") -> Visitor:
    visitor = stage.visitor(name)
    await visitor.command("/goals", "import")
    await stage.rest()
    return visitor


async def put_in(stage: Stage, visitor: Visitor, content: str | bytes, name: str = "goals.csv") -> str:
    """Send the form with a file; what the window says then."""
    body = content if isinstance(content, bytes) else content.encode()
    assert await visitor.submit({"file": [(name, body)]}) == {}
    await stage.rest()
    return window(visitor)


async def confirmed(stage: Stage, visitor: Visitor) -> str:
    assert await visitor.submit() == {}
    await stage.rest()
    return window(visitor)


def callback(visitor: Visitor) -> str:
    assert visitor.view is not None
    return str(visitor.view.body["callback_id"])


async def test_journey_an_admin_imports_goals_after_a_preview(stage: Stage) -> None:
    before, posted = goals(stage), len(stage.posted())
    ben = await opened(stage)
    seen = await put_in(stage, ben, TABLE)
    assert "*2 goals new, 1 changed, 1 closed*" in seen
    assert "*New*\n• Trust\n• =Refunds &lt;!channel&gt;" in seen
    assert "*Changed*\n• Fewer failed payments" in seen
    assert "*Closed*\n• A second provider" in seen
    assert texts.NOT_STORED in seen
    assert goals(stage) == before

    assert await confirmed(stage, ben) == "Imported: 2 goals new, 1 changed, 1 closed."
    after = goals(stage)
    assert after["Fewer failed payments"].supports == (after["Trust"].id,)
    assert (after["Fewer failed payments"].weight, after["=Refunds <!channel>"].weight) == (0.5, 0.1)
    assert after["A second provider"].status is GoalStatus.DONE
    with stage.store.snapshot() as tx:
        assert {change.person for change in tx.goal_log.changes(after["Trust"].id)} == {stage.person("ben")}
    assert len(stage.posted()) == posted

    await ben.close_view()
    await opened(stage)
    assert await put_in(stage, ben, TABLE) == texts.NOTHING_NEW
    assert callback(ben) == Callback.MESSAGE


async def test_journey_faults_change_nothing(stage: Stage) -> None:
    before = goals(stage)
    ben = await opened(stage)
    rows = "".join(f"Goal {number},Nobody's,{number}\n" for number in range(2, 14))
    told = await put_in(stage, ben, "title,team,weight\n" + rows)
    assert "*24 faults in the file. Nothing was changed.*" in told
    assert '• row 2, team: no team "Nobody\'s"\n• row 2, weight: "2" is no share' in told
    assert "and 4 more" in told
    assert goals(stage) == before
    assert callback(ben) == Callback.IMPORT

    fixed = await put_in(stage, ben, "title,team\nRefunds,Payments\n")
    assert "*1 goal new*" in fixed
    await confirmed(stage, ben)
    assert "Refunds" in goals(stage)


async def test_a_whole_organisation_comes_as_a_document(stage: Stage) -> None:
    ben = await opened(stage)
    told = await put_in(stage, ben, northwind.text(check_ins=[]), "northwind.json")
    assert "*1 workspace changed*" in told and "*2 teams new*" in told and "*3 people new*" in told
    assert (await confirmed(stage, ben)).startswith("Imported: 1 workspace changed; 2 teams new")


async def test_half_written_yaml_is_refused_by_line(stage: Stage) -> None:
    ben = await opened(stage)
    assert "line 2, column" in await put_in(stage, ben, "format: trueline-organisation\ngoals: [", "a.yaml")
    assert "workbook" in await put_in(stage, ben, b"PK\x03\x04", "goals.xlsx")
    assert callback(ben) == Callback.IMPORT


async def test_what_changed_meanwhile_is_shown_again_before_it_is_stored(stage: Stage) -> None:
    ben = await opened(stage)
    await put_in(stage, ben, "title,team,weight\nFewer failed payments,Payments,0.2\n")
    with stage.store.transaction() as tx:
        goal = tx.goals.get("fewer-failed-payments")
        tx.goals.save(Goal(id=goal.id, title=goal.title, team=goal.team, weight=0.9))
    assert "Something changed since you looked" in await confirmed(stage, ben)
    assert goals(stage)["Fewer failed payments"].weight == 0.9
    assert await confirmed(stage, ben) == "Imported: 1 goal changed."
    assert goals(stage)["Fewer failed payments"].weight == 0.2


async def test_a_file_is_imported_only_by_who_put_it_in(stage: Stage) -> None:
    ben, dana = await opened(stage), await opened(stage, "dana")
    await put_in(stage, ben, "title,team\nRefunds,Search\n")
    await put_in(stage, dana, "title,team\nIndexes,Search\n")
    assert ben.view is not None and dana.view is not None
    dana.view.body["private_metadata"] = ben.view.body["private_metadata"]
    assert texts.NOT_YOURS in await confirmed(stage, dana)
    assert not {"Refunds", "Indexes"} & goals(stage).keys()


async def test_leads_import_goals_of_their_teams_only(stage: Stage) -> None:
    dana = await opened(stage, "dana")
    foreign = "title,team\nRefunds,Payments\nEverybody's,\nFaster search,Search\n"
    told = await put_in(stage, dana, foreign)
    assert "The file changes 2 goals beyond that: “Refunds” and “Everybody's”. Ask Ben Ode." in told
    assert "Only an admin can import a whole document." in await put_in(stage, dana, northwind.text(), "n.json")
    await put_in(stage, dana, "title,team,supports\nIndexes,Search,Fewer failed payments\n")
    assert await confirmed(stage, dana) == "Imported: 1 goal new."


async def test_others_are_told_whom_to_ask(stage: Stage) -> None:
    answer = await typed(stage, stage.visitor("anna"), "/goals import")
    assert answer == "Only an admin or the lead of a team can import goals. Ask Ben Ode."
    assert stage.visitor("anna").view is None


async def test_slow_work_is_announced_first(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(goal_import, "PATIENCE", 0)
    monkeypatch.setattr(goal_import, "HEAD_START", 0.1)
    ben = await opened(stage)
    assert await ben.submit({"file": [("goals.csv", b"title\nGrow\n")]}) == {}
    assert window(ben) == texts.READING
    await stage.rest()
    assert "*1 goal new*" in window(ben)
    assert await confirmed(stage, ben) == "Imported: 1 goal new."


async def test_a_template_comes_as_a_file_and_can_be_put_in(stage: Stage) -> None:
    ben = await opened(stage)
    await ben.click_view(Action.IMPORT_TEMPLATE)
    await stage.rest()
    assert texts.TEMPLATE_SENT in window(ben)
    (shared,) = ben.last()["files"]
    content = stage.sandbox.files[shared["id"]].content
    assert content is not None
    assert "*2 goals new*" in await put_in(stage, ben, content)


async def test_a_file_in_the_direct_messages_gets_the_way_to_import(stage: Stage) -> None:
    ben = stage.visitor("ben")
    await ben.share("goals.csv", b"title\nGrow\n")
    await stage.rest()
    (answer,) = direct(stage, "ben")[-1:]
    assert "`/goals import` takes goals from a CSV, JSON or YAML file" in answer["text"]


async def test_large_files_are_refused_before_they_are_fetched(stage: Stage) -> None:
    ben = await opened(stage)
    assert texts.TOO_LARGE in await put_in(stage, ben, b"title\n" + b"x" * 10_000_000)


async def test_a_file_that_cannot_be_fetched_is_asked_for_again(stage: Stage) -> None:
    stage.sandbox.manifest.document["oauth_config"]["scopes"]["bot"].remove("files:read")
    ben = await opened(stage)
    assert texts.NOT_THERE in await put_in(stage, ben, TABLE)
