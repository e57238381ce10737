"""A goal is chosen by typing: one's own teams' first, the reasons for none last, within Slack's limits."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox import limits
from bot.sandbox.visitor import Visitor
from bot.slack import goal_choice
from bot.slack.ids import Action
from bot.texts import prompts as texts
from checkins.model import Goal, Reason, Team
from tests.bot.harness import Stage
from tests.bot.slack.talking import answer, click, direct, fill
from tests.bot.slack.test_form_blocks import HOSTILE, desk, goal

pytestmark = pytest.mark.anyio

REASONS = [f"none:{reason}" for reason in Reason]
AT = desk(
    goal("pay", "Fewer failed payments", team="payments"),
    goal("cafe", "Ein Café für Gäste", team="search"),
    replace(goal("find", "Faster search"), description="Answers in under a second"),
    goal("blank", "\u200b \n"),
    teams=(Team(id="search", name="Search"),),
)


def offered(query: str = "", at: Any = AT) -> dict[str, list[str]]:
    """Label to the values offered under it."""
    found = goal_choice.option_groups(at, query)
    return {group["label"]["text"]: [option["value"] for option in group["options"]] for group in found}


def label(title: str) -> str:
    """A goal as the list shows it."""
    (group, _) = goal_choice.option_groups(desk(goal("g", title)), "")
    return str(group["options"][0]["text"]["text"])


def test_the_list_opens_with_the_own_goals_then_the_others_then_the_reasons() -> None:
    assert list(offered()) == ["Goals of Payments", "Other goals", "None of our goals"]
    assert offered()["Goals of Payments"] == ["goal:pay"]
    assert offered()["Other goals"] == ["goal:cafe", "goal:find", "goal:blank"]
    assert offered()["None of our goals"] == REASONS


def test_goals_of_ones_other_teams_stand_before_those_of_strangers() -> None:
    goals = (
        goal("find", team="search"),
        replace(goal("both", team="search"), contributing_teams=("payments",)),
        goal("night", team="ops"),
        goal("far", team="far"),
    )
    teams = (Team(id="far", name="Far"), Team(id="ops", name="Ops", leads=("anna",)))
    at = desk(*goals, teams=(*teams, Team(id="search", name="Search", members=("anna",))))
    assert list(offered(at=at).items())[:-1] == [
        ("Goals of Payments", ["goal:both"]),
        ("Goals of Ops", ["goal:night"]),
        ("Goals of Search", ["goal:find"]),
        ("Other goals", ["goal:far"]),
    ]


@pytest.mark.parametrize(
    ("query", "values"),
    [
        ("payments", ["goal:pay"]),
        ("PAY few", ["goal:pay"]),
        ("cafe gaste", ["goal:cafe"]),
        ("under a second", ["goal:find"]),
        ("blank", ["goal:blank"]),  # what has no title is shown by its id
        ("debt", ["none:technical_debt"]),
        ("none of", REASONS),
        ("missing", ["none:goal_missing"]),
        ("f", ["goal:pay", "goal:cafe", "goal:find", *REASONS]),  # "None of our goals"
        ("goldfish", REASONS),
        ("  ", ["goal:pay", "goal:cafe", "goal:find", "goal:blank", *REASONS]),
    ],
)
def test_what_is_typed_finds_what_has_every_word_of_it(query: str, values: list[str]) -> None:
    assert [value for found in offered(query).values() for value in found] == values


def test_titles_are_cut_between_words_and_never_within() -> None:
    assert label("wort " * 30) == " ".join(["wort"] * 15) + "…"
    assert label("Kurz " + "x" * 100) == "Kurz…"
    assert label("x" * 100) == "x" * 74 + "…"
    assert label("a\nb") == "a b"
    assert label(" ") == "g"


def test_of_more_goals_than_fit_the_own_ones_stay_and_typing_finds_the_others() -> None:
    many = [goal(f"other-{number:03}") for number in range(120)]
    own = [goal(f"pay-{number:02}", team="payments") for number in range(60)]
    at = desk(*own, *many)
    values = [value for found in offered(at=at).values() for value in found]
    assert len(values) == 100
    assert values[:60] == [f"goal:{each.id}" for each in own] and values[-6:] == REASONS
    assert offered("119", at=at) == {"Other goals": ["goal:other-119"]}


@given(st.text(max_size=20), st.lists(st.text(max_size=200), min_size=1, max_size=120))
def test_every_answer_keeps_the_limits(query: str, titles: list[str]) -> None:
    goals = [Goal(id=f"{number:03}{'g' * 117}", title=title) for number, title in enumerate(titles)]
    at = replace(desk(*goals), team=Team(id="payments", name=HOSTILE))
    answer = goal_choice.option_groups(at, query)
    assert limits.check_options({"option_groups": answer}) == []
    assert 1 <= sum(len(group["options"]) for group in answer) <= 100


def test_what_was_chosen_before_is_shown_unless_its_goal_has_closed() -> None:
    chosen = {"goal:pay": "Fewer failed payments", "none:asked_for": texts.REASONS[Reason.ASKED_FOR]}
    for value, title in chosen.items():
        field = goal_choice.select(AT, Action.GOAL, chosen=value)
        assert field["initial_option"] == {
            "text": {"type": "plain_text", "text": title, "emoji": False},
            "value": value,
        }
        assert field["min_query_length"] == 0
    for gone in ("goal:closed", None):
        assert "initial_option" not in goal_choice.select(AT, Action.GOAL, chosen=gone)


async def titles(person: Visitor, query: str = "") -> list[str]:
    return [option["text"]["text"] for option in await person.suggest("goal_1", query)]


async def test_journey_goal_is_chosen_by_typing(stage: Stage, anna: Visitor) -> None:
    await click(stage, anna, Action.UPDATE)
    sent = len(stage.posted())
    assert (await titles(anna))[:3] == ["A second provider", "Fewer failed payments", "Faster search"]
    assert (await titles(anna))[3:] == list(texts.REASONS.values())
    assert await titles(anna, "prov") == ["A second provider"]
    assert await titles(anna, "debt") == ["Technical debt"]
    assert await fill(stage, anna, {"text_1": "Contract", "goal_1": "A second provider"}) == {}
    stored = answer(stage)
    assert stored is not None and stored.items[0].goal == "a-second-provider"
    assert len(stage.posted()) == sent and anna.alerts == []


async def test_the_form_offers_the_goals_of_who_types_whatever_the_payload_says(stage: Stage, anna: Visitor) -> None:
    dana = stage.visitor("dana")
    await click(stage, anna, Action.UPDATE)
    await click(stage, dana, Action.UPDATE)
    assert anna.view is not None and dana.view is not None
    dana.view.body["private_metadata"] = anna.view.body["private_metadata"]
    assert (await titles(dana))[0] == "Faster search"


async def test_who_was_never_asked_gets_an_empty_list(stage: Stage, anna: Visitor) -> None:
    await click(stage, anna, Action.UPDATE)
    ben = stage.visitor("ben")
    ben.views.extend(anna.views)
    assert await titles(ben) == []
    assert ben.alerts == [] and direct(stage, "ben") == []


async def test_on_the_card_of_a_message_goals_are_found_in_the_same_way(stage: Stage, anna: Visitor) -> None:
    await anna.write(None, "failed payments mostly; coffee machine")
    await stage.pump()
    await anna.click(anna.last(), Action.TEXT_GOAL, "Technical debt", block_id="goal_2")
    await click(stage, anna, Action.TEXT_RIGHT)
    stored = answer(stage)
    assert stored is not None
    assert [(item.goal, item.reason) for item in stored.items] == [
        ("fewer-failed-payments", None),
        (None, Reason.TECHNICAL_DEBT),
    ]
