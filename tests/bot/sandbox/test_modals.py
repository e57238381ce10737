"""Commands, buttons and forms as a person uses them, through the real dispatch of Bolt."""

from datetime import timedelta
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from bot.sandbox.errors import NotOnScreen
from bot.sandbox.person import TROUBLE
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.visitor import Visitor
from tests.bot.sandbox.tiny import Stopwatch, Tiny, asked, button, buttons, modal, option, plain, refusal, section

pytestmark = pytest.mark.anyio

TEXT = {"type": "plain_text_input"}


async def opened(tiny: Tiny, person: Visitor, view: dict[str, Any]) -> None:
    """Open a modal the way apps do: by a command's trigger."""

    async def open_it(ack: Any, body: dict[str, Any], client: Any) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=view)

    tiny.app.command("/goals")(open_it)
    await person.command("/goals")
    await person.until(lambda: person.view)


async def test_a_command_is_answered_to_its_author_only(tiny: Tiny, anna: Visitor, sandbox: Sandbox) -> None:
    digest = sandbox.channel("#digest").id

    @tiny.app.command("/goals")
    async def goals(ack: Any, command: dict[str, Any]) -> None:
        await ack(f"{command['channel_name']}: {command['text']}")

    await anna.command("/goals", "cost < 5 & fast", channel=digest)
    assert [message["text"] for message in anna.ephemerals(digest)] == ["digest: cost &lt; 5 &amp; fast"]
    assert [(sent.method, sent.kind) for sent in sandbox.sent] == [("response_url", "ephemeral")]


async def test_a_command_may_be_answered_five_more_times(tiny: Tiny, anna: Visitor) -> None:
    statuses: list[int] = []

    @tiny.app.command("/goals")
    async def goals(ack: Any, respond: Any) -> None:
        for number in range(6):
            answer = await respond(f"part {number}")
            statuses.append(answer.status_code)
        await ack()

    await anna.command("/goals")
    assert statuses == [200] * 5 + [404]
    assert len(anna.ephemerals()) == 5


async def test_names_are_encoded_where_the_command_escapes(tiny: Tiny, anna: Visitor) -> None:
    @tiny.app.command("/who")
    async def who(ack: Any, command: dict[str, Any]) -> None:
        await ack(command["text"])

    await anna.command("/who", "@ben of #digest")
    assert anna.last()["text"].startswith("<@U2|ben> of <#C")


async def test_an_unknown_command_is_an_alert(anna: Visitor) -> None:
    await anna.command("/nope")
    assert anna.alerts == ["/nope is not a valid command."]


async def test_a_button_opens_a_form_that_is_corrected_and_accepted(tiny: Tiny, anna: Visitor) -> None:
    stored: list[dict[str, Any]] = []

    @tiny.app.action("answer")
    async def answer(ack: Any, body: dict[str, Any], client: Any) -> None:
        await ack()
        view = modal(asked("work", TEXT), asked("note", TEXT, optional=True), private_metadata="p1")
        await client.views_open(trigger_id=body["trigger_id"], view=view)

    @tiny.app.view("form")
    async def form(ack: Any, view: dict[str, Any]) -> None:
        values = view["state"]["values"]
        if values["work"]["work_entry"]["value"] == "nothing":
            await ack(response_action="errors", errors={"work": "Say what."})
            return
        stored.append({"metadata": view["private_metadata"], **values})
        await ack()

    await tiny.client.chat_postMessage(channel="U1", text="x", blocks=[buttons(button("answer", value="p1"))])
    await anna.click(anna.last(), "answer")
    await anna.until(lambda: anna.view)
    assert await anna.submit() == {"work": "Please complete this required field."}
    assert await anna.submit({"work": "nothing"}) == {"work": "Say what."}
    assert anna.view is not None
    assert anna.view.errors == {"work": "Say what."}
    assert await anna.submit({"work": "ship it"}) == {}
    assert anna.view is None
    empty = {"type": "plain_text_input", "value": None}
    assert stored[0]["metadata"] == "p1"
    assert stored[0]["note"] == {"note_entry": empty}
    assert stored[0]["work"]["work_entry"]["value"] == "ship it"


async def test_a_click_carries_what_bolt_and_apps_need(tiny: Tiny, anna: Visitor) -> None:
    bodies: list[dict[str, Any]] = []

    @tiny.app.action("go")
    async def go(ack: Any, body: dict[str, Any]) -> None:
        await ack()
        bodies.append(body)

    blocks = [buttons(button("go", value="first"), button("other")), section(block_id="b2", accessory=button("go"))]
    sent = await tiny.client.chat_postMessage(channel="U1", text="x", blocks=blocks)
    await anna.click(sent["ts"], "go", "first")
    body = bodies[0]
    assert body["actions"][0]["value"] == "first"
    assert body["actions"][0]["block_id"] == "row"
    assert body["container"]["message_ts"] == body["message"]["ts"] == sent["ts"]
    assert body["channel"] == {"id": anna.dm, "name": "directmessage"}
    assert (body["user"]["id"], body["team"]["id"]) == ("U1", body["user"]["team_id"])
    assert body["trigger_id"]
    assert body["response_url"]


async def test_what_is_not_on_the_screen_cannot_be_clicked(tiny: Tiny, anna: Visitor, ben: Visitor) -> None:
    sent = await tiny.client.chat_postMessage(channel="U1", text="x", blocks=[buttons(button("go"))])
    with pytest.raises(NotOnScreen):
        await anna.click(sent["ts"], "gone")
    with pytest.raises(NotOnScreen):
        await ben.click(sent["ts"], "go")


async def test_an_answer_through_the_response_url_replaces_the_message(tiny: Tiny, anna: Visitor) -> None:
    @tiny.app.action("go")
    async def go(ack: Any, respond: Any) -> None:
        await respond(text="done", replace_original=True)
        await ack()

    @tiny.app.command("/goals")
    async def goals(ack: Any) -> None:
        await ack({"text": "only you", "blocks": [buttons(button("go"))]})

    await anna.command("/goals")
    await tiny.client.chat_postMessage(channel="U1", text="all", blocks=[buttons(button("go"))])
    for message in anna.messages():
        await anna.click(message, "go")
    assert [(m["text"], m.get("blocks")) for m in anna.messages()] == [("done", None), ("done", None)]


async def test_a_trigger_opens_one_view_within_three_seconds(tiny: Tiny, anna: Visitor, stopwatch: Stopwatch) -> None:
    errors: list[str] = []

    @tiny.app.command("/goals")
    async def goals(ack: Any, body: dict[str, Any], client: Any) -> None:
        await ack()
        stopwatch.seconds += float(body["text"])
        for _ in range(2):
            try:
                await client.views_open(trigger_id=body["trigger_id"], view=modal(section()))
            except SlackApiError as error:
                errors.append(refusal(error))

    await anna.command("/goals", "2.9")
    await anna.until(lambda: errors)
    await anna.command("/goals", "3.1")
    await anna.until(lambda: len(errors) == 3)
    assert errors == ["exchanged_trigger_id", "expired_trigger_id", "expired_trigger_id"]


async def test_an_invented_trigger_opens_nothing(tiny: Tiny) -> None:
    with pytest.raises(SlackApiError) as refused:
        await tiny.client.views_open(trigger_id="1.2.abc", view=modal(section()))
    assert refusal(refused.value) == "invalid_trigger_id"


async def test_a_loading_view_is_updated_and_keeps_what_was_typed(tiny: Tiny, anna: Visitor) -> None:
    await opened(tiny, anna, modal(asked("work", TEXT), asked("old", TEXT, optional=True)))
    assert anna.view is not None
    await anna.choose("work", "half a sentence")
    stale = anna.view.hash
    later = modal(asked("work", {**TEXT, "initial_value": "fresh"}), asked("new", {**TEXT, "initial_value": "yes"}))
    await tiny.client.views_update(view_id=anna.view.id, hash=stale, view=later)
    assert anna.view.values["work"]["work_entry"]["value"] == "half a sentence"
    assert anna.view.values["new"]["new_entry"]["value"] == "yes"
    with pytest.raises(SlackApiError) as refused:
        await tiny.client.views_update(view_id=anna.view.id, hash=stale, view=later)
    assert refusal(refused.value) == "hash_conflict"


async def test_a_closed_view_cannot_be_updated_and_tells_when_asked(tiny: Tiny, anna: Visitor) -> None:
    closed: list[str] = []

    @tiny.app.view_closed("form")
    async def on_close(ack: Any, view: dict[str, Any]) -> None:
        await ack()
        closed.append(view["callback_id"])

    await opened(tiny, anna, modal(section(), notify_on_close=True))
    assert anna.view is not None
    view_id = anna.view.id
    await anna.close_view()
    assert closed == ["form"]
    with pytest.raises(SlackApiError) as refused:
        await tiny.client.views_update(view_id=view_id, view=modal(section()))
    assert refusal(refused.value) == "not_found"


async def test_views_stack_to_three_and_are_cleared_together(tiny: Tiny, anna: Visitor) -> None:
    @tiny.app.view("form")
    async def form(ack: Any) -> None:
        await ack(response_action="push", view=modal(section(), callback_id="form"))

    @tiny.app.view("last")
    async def last(ack: Any) -> None:
        await ack(response_action="clear")

    await opened(tiny, anna, modal(section()))
    assert await anna.submit() == {}
    assert await anna.submit() == {}
    root, second, third = anna.views
    assert (third.root, third.previous, second.previous) == (root.id, second.id, root.id)
    assert await anna.submit() == {"": TROUBLE}
    await tiny.client.views_update(view_id=third.id, view=modal(section(), callback_id="last"))
    assert await anna.submit() == {}
    assert anna.views == []


async def test_pushing_needs_a_trigger_of_a_modal(sandbox: Sandbox, tiny: Tiny, anna: Visitor) -> None:
    @tiny.app.action("deeper")
    async def deeper(ack: Any, body: dict[str, Any], client: Any) -> None:
        await client.views_push(trigger_id=body["trigger_id"], view=modal(section("pushed")))
        await ack()

    await opened(tiny, anna, modal(buttons(button("deeper"))))
    await anna.click_view("deeper")
    assert len(anna.views) == 2
    await tiny.client.chat_postMessage(channel="U1", text="x", blocks=[buttons(button("deeper"))])
    sandbox.dispatcher.acknowledge_within = timedelta(milliseconds=50)
    await anna.click(anna.last(), "deeper")
    assert sandbox.refused[-1].error == "not_found"


async def test_errors_for_unknown_fields_are_refused(tiny: Tiny, anna: Visitor, sandbox: Sandbox) -> None:
    @tiny.app.view("form")
    async def form(ack: Any) -> None:
        await ack(response_action="errors", errors={"elsewhere": "No."})

    await opened(tiny, anna, modal(asked("work", TEXT)))
    assert await anna.submit({"work": "x"}) == {"": TROUBLE}
    assert sandbox.refused[-1].method == "view_submission"
    assert anna.view is not None


async def test_every_kind_of_field_arrives_in_slacks_shape(tiny: Tiny, anna: Visitor) -> None:
    seen: list[dict[str, Any]] = []

    @tiny.app.view("form")
    async def form(ack: Any, view: dict[str, Any]) -> None:
        await ack()
        seen.append(view["state"]["values"])

    options = [option("a"), option("b")]
    await opened(
        tiny,
        anna,
        modal(
            asked("one", {"type": "static_select", "options": options, "initial_option": options[1]}),
            asked("several", {"type": "multi_static_select", "options": options}),
            asked("boxes", {"type": "checkboxes", "options": options}, optional=True),
            asked("radio", {"type": "radio_buttons", "options": options}),
            asked("person", {"type": "users_select"}),
            asked("people", {"type": "multi_users_select"}),
            asked("where", {"type": "conversations_select"}, optional=True),
            asked("day", {"type": "datepicker", "initial_date": "2026-09-07"}),
            asked("hour", {"type": "timepicker"}),
            asked("number", {"type": "number_input", "is_decimal_allowed": False}),
            section(block_id="extra", accessory={"type": "static_select", "action_id": "x", "options": options}),
        ),
    )
    filled = {"several": ["a", "b"], "radio": "A", "person": "U2", "people": ["U1", "U2"], "hour": "09:30", "number": 7}
    assert await anna.submit(filled) == {}
    values = {block: next(iter(state.values())) for block, state in seen[0].items()}
    assert values["one"] == {"type": "static_select", "selected_option": options[1]}
    assert values["several"]["selected_options"] == options
    assert values["boxes"]["selected_options"] == []
    assert values["radio"]["selected_option"] == options[0]
    assert values["person"]["selected_user"] == "U2"
    assert values["people"]["selected_users"] == ["U1", "U2"]
    assert values["where"] == {"type": "conversations_select", "selected_conversation": None}
    assert values["day"]["selected_date"] == "2026-09-07"
    assert values["hour"]["selected_time"] == "09:30"
    assert values["number"]["value"] == "7"
    assert values["extra"] == {"type": "static_select", "selected_option": None}


async def test_type_ahead_offers_options_that_can_be_chosen(tiny: Tiny, anna: Visitor) -> None:
    queries: list[str] = []

    @tiny.app.options("goal_entry")
    async def offer(ack: Any, payload: dict[str, Any]) -> None:
        queries.append(payload["value"])
        await ack(option_groups=[{"label": plain("Mine"), "options": [option("speed"), option("trust")]}])

    @tiny.app.view("form")
    async def form(ack: Any, view: dict[str, Any]) -> None:
        chosen = view["state"]["values"]["goal"]["goal_entry"]["selected_option"]["value"]
        await ack(response_action="errors", errors={"goal": chosen})

    await opened(tiny, anna, modal(asked("goal", {"type": "external_select", "min_query_length": 1})))
    assert await anna.suggest("goal", "") == []
    assert [found["value"] for found in await anna.suggest("goal", "s")] == ["speed", "trust"]
    assert await anna.submit({"goal": "trust"}) == {"goal": "trust"}
    with pytest.raises(NotOnScreen):
        await anna.submit({"goal": "unknown"})
    assert queries == ["s", "unknown"]


async def test_a_choice_is_told_where_the_field_dispatches(tiny: Tiny, anna: Visitor) -> None:
    heard: list[str] = []

    @tiny.app.action("loud_entry")
    async def loud(ack: Any, body: dict[str, Any], payload: dict[str, Any]) -> None:
        await ack()
        state = body["view"]["state"]["values"]["quiet"]["quiet_entry"]["value"]
        heard.append(f"{payload['selected_option']['value']} {state}")

    select = {"type": "static_select", "options": [option("a"), option("b")]}
    await opened(tiny, anna, modal(asked("quiet", TEXT), asked("loud", select, dispatch_action=True)))
    await anna.choose("quiet", "shh")
    await anna.choose("loud", "b")
    assert heard == ["b shh"]


async def test_app_home_is_published_when_opened_and_clicked(tiny: Tiny, anna: Visitor, ben: Visitor) -> None:
    @tiny.app.event("app_home_opened")
    async def home_opened(event: dict[str, Any], client: Any) -> None:
        blocks = [buttons(button("more", value="x"))]
        await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})

    @tiny.app.action("more")
    async def more(ack: Any, body: dict[str, Any], client: Any) -> None:
        view = {"type": "home", "blocks": [section("more")]}
        await client.views_publish(user_id=body["user"]["id"], view=view, hash=body["view"]["hash"])
        await ack()

    await anna.open_home()
    home = await anna.until(lambda: anna.home)
    assert ben.home is None
    await anna.click_home("more")
    assert anna.home is not None
    assert anna.home.id == home.id
    assert anna.home.body["blocks"][0]["text"]["text"] == "more"


async def test_shortcuts_of_both_kinds(tiny: Tiny, anna: Visitor) -> None:
    heard: list[str] = []

    @tiny.app.shortcut("check_in")
    async def check_in(ack: Any, shortcut: dict[str, Any]) -> None:
        await ack()
        heard.append(shortcut["type"])

    @tiny.app.shortcut("link")
    async def link(ack: Any, shortcut: dict[str, Any]) -> None:
        await ack()
        heard.append(shortcut["message"]["text"])

    message = await tiny.client.chat_postMessage(channel="U1", text="my work")
    await anna.shortcut("check_in")
    await anna.message_shortcut("link", message["ts"])
    with pytest.raises(NotOnScreen):
        await anna.shortcut("link")
    assert heard == ["shortcut", "my work"]


async def test_response_urls_expire_after_half_an_hour(tiny: Tiny, anna: Visitor, stopwatch: Stopwatch) -> None:
    statuses: list[int] = []

    @tiny.app.command("/goals")
    async def goals(ack: Any, respond: Any) -> None:
        stopwatch.seconds += timedelta(minutes=31).total_seconds()
        statuses.append((await respond("late")).status_code)
        await ack()

    await anna.command("/goals")
    assert statuses == [404]
