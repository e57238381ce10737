"""The check-in's form keeps Slack's limits whatever is in the organisation, and the team's own goals come first."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from bot.sandbox import limits
from bot.slack import form_blocks, prompt_blocks
from bot.texts import prompts as texts
from checkins.answering import Desk
from checkins.forms import AnswerDraft, ItemDraft
from checkins.model import CheckIn, Goal, Level, Person, Prompt, PromptState, Reason, Round, Team, WorkItem

NOON = datetime(2026, 9, 7, 12, tzinfo=UTC)
HOSTILE = "&<!channel>" * 40
PAYMENTS = Team(id="payments", name="Payments", members=("anna",), leads=("ben",))


def goal(id: str, title: str | None = None, *, team: str = "search", level: Level = Level.TEAM) -> Goal:
    return Goal(id=id, title=title or id, team=team, level=level)


def desk(*goals: Goal, last: CheckIn | None = None, teams: tuple[Team, ...] = ()) -> Desk:
    """What Anna of Payments has in front of her."""
    return Desk(
        prompt=Prompt(
            id="p", round="r", person="anna", team="payments", due_at=NOON, closes_at=NOON, remind_at=None,
            state=PromptState.SENT,
        ),
        round=Round(id="r", schedule="s", date=NOON.date(), opens_at=NOON, closes_at=NOON),
        person=Person(id="anna", name="Anna Berg"),
        team=PAYMENTS,
        last=last,
        answered=False,
        newest=True,
        first=last is None,
        unchanged=0,
        goals=goals,
        goal_titles={goal.id: goal.title for goal in goals},
        teams=teams,
        leads=("Ben Ode",),
        added_by=None,
        digest_at=NOON,
    )  # fmt: skip


def answered(*items: WorkItem) -> CheckIn:
    return CheckIn(id="c", person="anna", team="payments", date=date(2026, 8, 31), items=items)


def element(view: dict[str, Any], name: str) -> dict[str, Any]:
    return next(block["element"] for block in view["blocks"] if block.get("block_id") == name)


def test_the_form_shows_the_last_answer_and_one_empty_row() -> None:
    last = answered(
        WorkItem(text="a", goal="pay", share=0.75), WorkItem(text="b", reason=Reason.EXPLORATION, share=0.25)
    )
    at = desk(goal("pay", team="payments"), last=last)
    view = form_blocks.form(at, at.draft)
    assert [element(view, f"text_{n}").get("initial_value") for n in (1, 2, 3)] == ["a", "b", None]
    assert element(view, "goal_2")["initial_option"]["value"] == "none:exploration"
    assert element(view, "size_1")["initial_option"]["value"] == "most"
    assert element(view, "goal_3")["type"] == "external_select" and "initial_option" not in element(view, "goal_3")
    assert form_blocks.form(at, AnswerDraft()) != view


def test_without_goals_no_goal_is_asked_for() -> None:
    at = desk()
    assert "goal_1" not in [block.get("block_id") for block in form_blocks.form(at, at.draft)["blocks"]]


def test_a_text_that_came_in_too_long_stands_whole_in_its_field() -> None:
    at = desk(goal("pay"))
    long = element(form_blocks.form(at, AnswerDraft(items=(ItemDraft(text="wörk " * 100),))), "text_1")
    assert (long["initial_value"], long["max_length"]) == ("wörk " * 100, 500)
    assert element(form_blocks.form(at, AnswerDraft()), "text_1")["max_length"] == 280


def test_teams_are_asked_for_only_where_there_are_others() -> None:
    names = [block.get("block_id") for block in form_blocks.form(desk(), AnswerDraft())["blocks"]]
    assert "worked_with" not in names and "waiting_on" not in names
    at = desk(teams=tuple(Team(id=f"t{number:03}", name=f"Team {number:03}") for number in range(130)))
    view = form_blocks.form(at, AnswerDraft(worked_with=("t129",)))
    chosen = element(view, "worked_with")
    assert len(chosen["options"]) == 100
    assert [option["value"] for option in chosen["initial_options"]] == ["t129"]


def test_every_limit_holds_for_the_longest_and_strangest_texts() -> None:
    goals = [
        goal(f"{number:03}" + "g" * 117, HOSTILE, team="payments" if number < 60 else "search") for number in range(150)
    ]
    rows = tuple(ItemDraft(text=HOSTILE[:280], choice=f"goal:{goals[0].id}", size="most") for _ in range(5))
    teams = tuple(Team(id=f"{number:03}" + "t" * 117, name=HOSTILE) for number in range(150))
    at = desk(*goals, teams=teams)
    at = replace(at, team=replace(at.team, name=HOSTILE), person=replace(at.person, name=HOSTILE))
    view = form_blocks.form(at, AnswerDraft(items=rows, note="n" * 1000), notice=HOSTILE)
    limits.check_view(view, "modal")


def test_every_message_keeps_the_limits_for_the_longest_and_strangest_texts() -> None:
    items = [WorkItem(text=HOSTILE * 3, goal="g", share=0.1) for _ in range(10)]
    last = replace(answered(*items), worked_with=("search",), note=HOSTILE * 5)
    at = desk(goal("g", HOSTILE), last=last, teams=(Team(id="search", name=HOSTILE),))
    for shown in (prompt_blocks.prompt(at), prompt_blocks.reminder(at), prompt_blocks.receipt(at)):
        limits.check_message({"text": "x", "blocks": shown})
        assert "<!channel>" not in str(shown)
    assert "and 5 more" in str(prompt_blocks.prompt(at))


def test_equal_shares_read_alike_in_the_message_and_in_the_form() -> None:
    last = answered(WorkItem(text="a", goal="pay", share=0.5), WorkItem(text="b", goal="pay", share=0.5))
    at = desk(goal("pay", team="payments"), last=last)
    assert str(prompt_blocks.prompt(at)).count("50") == 2
    view = form_blocks.form(at, at.draft)
    assert [element(view, f"size_{n}")["initial_option"]["value"] for n in (1, 2)] == ["half", "half"]


def test_an_answer_loses_its_button_once_the_next_check_in_has_opened() -> None:
    at = replace(desk(last=answered(WorkItem(text="a", share=1.0))), answered=True)
    _, open_ = prompt_blocks.standing(at)
    _, over = prompt_blocks.standing(replace(at, newest=False))
    assert "'Edit'" in str(open_) and texts.EDITABLE in str(open_)
    assert "'Edit'" not in str(over) and texts.EDITABLE not in str(over)
    assert over[0] == open_[0]


def test_what_was_typed_is_read_row_by_row() -> None:
    values: dict[str, Any] = {
        "text_1": {"entered": {"type": "plain_text_input", "value": "Retries"}},
        "goal_1": {"check_in.goal": {"type": "external_select", "selected_option": {"value": "goal:pay"}}},
        "size_1": {"entered": {"type": "static_select", "selected_option": None}},
        "text_2": {"entered": {"type": "plain_text_input", "value": None}},
        "worked_with": {"entered": {"type": "multi_static_select", "selected_options": [{"value": "search"}]}},
        "note": {"entered": {"type": "plain_text_input", "value": "Hm"}},
    }
    assert form_blocks.typed(values) == AnswerDraft(
        items=(ItemDraft(text="Retries", choice="goal:pay"), ItemDraft()), worked_with=("search",), note="Hm"
    )
