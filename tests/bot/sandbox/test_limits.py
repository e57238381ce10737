"""Each limit of Block Kit, broken by one."""

from typing import Any

import pytest

from bot.sandbox.errors import SlackError
from bot.sandbox.limits import block_faults, check_message, check_options, check_view
from tests.bot.sandbox.tiny import asked, button, buttons, modal, option, plain, section

Json = dict[str, Any]


def select(count: int, **parts: Any) -> Json:
    return {
        "type": "static_select",
        "action_id": "pick",
        "options": [option(f"o{number}") for number in range(count)],
        **parts,
    }


def context(count: int) -> Json:
    return {"type": "context", "elements": [plain("x")] * count}


def field_section(fields: list[Json]) -> Json:
    return {"type": "section", "fields": fields}


def many_buttons(count: int) -> Json:
    return buttons(*(button(f"b{number}") for number in range(count)))


WITHIN = [
    [section("x" * 3000)] * 50,
    [field_section([plain("x" * 2000)] * 10)],
    [{"type": "header", "text": plain("x" * 150)}],
    [many_buttons(25)],
    [buttons(button("go", "x" * 75, value="v" * 2000, style="primary"))],
    [buttons(select(100))],
    [context(10)],
    [section(accessory={"type": "image", "image_url": "https://x.test/a.png", "alt_text": "a"})],
    [{"type": "divider"}],
    [asked("why", {"type": "plain_text_input", "multiline": True})],
]
BROKEN = [
    ([section()] * 51, "/blocks"),
    ([section("x" * 3001)], "/blocks/0/text/text"),
    ([section("")], "/blocks/0/text/text"),
    ([{"type": "section"}], "/blocks/0"),
    ([field_section([plain("x" * 2001)])], "/blocks/0/fields/0/text"),
    ([field_section([plain("x")] * 11)], "/blocks/0/fields"),
    ([{"type": "header", "text": plain("x" * 151)}], "/blocks/0/text/text"),
    ([{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}], "/blocks/0/text/type"),
    ([many_buttons(26)], "/blocks/0/elements"),
    ([buttons(button("go", "x" * 76))], "/blocks/0/elements/0/text/text"),
    ([buttons(button("go", value="v" * 2001))], "/blocks/0/elements/0/value"),
    ([buttons(button("go", style="default"))], "/blocks/0/elements/0/style"),
    ([buttons(button("a" * 256))], "/blocks/0/elements/0/action_id"),
    ([buttons(button("go"), button("go"))], "/blocks/0"),
    ([buttons({"type": "button", "action_id": "go"})], "/blocks/0/elements/0"),
    ([buttons(select(101))], "/blocks/0/elements/0/options"),
    ([buttons(select(0))], "/blocks/0/elements/0/options"),
    ([buttons(select(2, initial_option=option("other")))], "/blocks/0/elements/0"),
    ([buttons({"type": "static_select", "action_id": "a"})], "/blocks/0/elements/0"),
    ([context(11)], "/blocks/0/elements"),
    ([section(block_id="b" * 256)], "/blocks/0/block_id"),
    ([section(block_id="same"), section(block_id="same")], "/blocks"),
    ([{"type": "marquee"}], "/blocks/0/type"),
    ([section(color="red")], "/blocks/0"),
    ([{"type": "image", "alt_text": "a"}], "/blocks/0"),
    ([{"type": "image", "image_url": "https://x.test/a.png"}], "/blocks/0"),
    ([asked("file", {"type": "file_input"})], "/blocks/0/element/type"),
    (["text"], "/blocks/0"),
]


@pytest.mark.parametrize("blocks", WITHIN)
def test_what_is_within_the_limits_passes(blocks: list[Json]) -> None:
    assert block_faults(blocks, "message", "/blocks") == []


@pytest.mark.parametrize(("blocks", "pointer"), BROKEN)
def test_a_broken_limit_is_named_by_its_pointer(blocks: list[Json], pointer: str) -> None:
    with pytest.raises(SlackError) as refused:
        check_message({"text": "x", "blocks": blocks})
    assert refused.value.code == "invalid_blocks"
    assert any(f"[json-pointer:{pointer}]" in message for message in refused.value.messages)


NAME = asked("name", {"type": "plain_text_input"})
BROKEN_VIEWS = [
    (modal(*[section()] * 101), "/view/blocks"),
    (modal(title=plain("x" * 25)), "/view/title/text"),
    (modal(submit=plain("x" * 25)), "/view/submit/text"),
    (modal(close=plain("x" * 25)), "/view/close/text"),
    (modal(private_metadata="x" * 3001), "/view/private_metadata"),
    (modal(callback_id="x" * 256), "/view/callback_id"),
    ({"type": "modal", "title": plain("Form"), "blocks": [NAME]}, "/view"),
    ({"type": "modal", "blocks": []}, "/view"),
    ({"type": "message", "blocks": []}, "/view/type"),
    (modal(NAME, NAME), "/view/blocks"),
    (modal({"type": "markdown", "text": "x"}), "/view/blocks/0/type"),
    (
        modal(*(asked(name, {"type": "plain_text_input", "focus_on_load": True}) for name in ("a", "b"))),
        "/view/blocks",
    ),
]


@pytest.mark.parametrize(("view", "pointer"), BROKEN_VIEWS)
def test_a_broken_view_is_named_by_its_pointer(view: Json, pointer: str) -> None:
    with pytest.raises(SlackError) as refused:
        check_view(view, "modal")
    assert refused.value.code == "invalid_arguments"
    assert any(f"[json-pointer:{pointer}]" in message for message in refused.value.messages)


def test_a_view_has_a_hundred_blocks_at_most_and_250_kilobytes() -> None:
    check_view(modal(*[section()] * 100), "modal")
    with pytest.raises(SlackError) as refused:
        check_view(modal(*[section("x" * 2900)] * 90), "modal")
    assert refused.value.code == "view_too_large"


def test_a_home_view_has_no_title() -> None:
    check_view({"type": "home", "blocks": [section()]}, "home")
    with pytest.raises(SlackError, match="title"):
        check_view({"type": "home", "title": plain("Home"), "blocks": []}, "home")


def test_suggestions_are_options_or_groups_of_at_most_a_hundred() -> None:
    assert check_options({"options": []}) == []
    assert check_options({"option_groups": [{"label": plain("Mine"), "options": [option("a")]}]}) == []
    assert check_options({"options": [option(f"o{number}") for number in range(101)]})
    assert check_options({})
