"""What a message says as plain text, and the form that links it to a goal."""

import re
from collections.abc import Mapping
from typing import Any

from bot.escaping import unescape
from bot.slack import blocks, goal_choice
from bot.slack.blocks import Block, View
from bot.slack.ids import Action, Callback, pack
from bot.texts import linking as texts
from checkins.forms import GOAL, TEXT_LIMIT, shortened
from checkins.linking import Bench
from checkins.model import MessageRef
from checkins.wording import one_line

_MARKED = re.compile(r"<([^<>]*)>")  # Slack's mentions, channels and links
_ACCOUNT = re.compile(r"<@([A-Z0-9]+)")
_ENTERED = "entered"


def mentioned(message: Mapping[str, Any]) -> set[str]:
    """The accounts that a message names."""
    return set(_ACCOUNT.findall(_raw(message)))


def text_of(message: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """What a message says on one line, cut to what a check-in's line holds; empty where it says nothing.

    names: of the accounts it mentions; others are called somebody.
    """
    said = _MARKED.sub(lambda found: _readable(found[1], names), _raw(message))
    return shortened(one_line(unescape(said)), TEXT_LIMIT)


def _raw(message: Mapping[str, Any]) -> str:
    """Its text, else the names of its files, else what its attachments say of themselves."""
    files = [file.get("title") or file.get("name") for file in message.get("files", ())]
    others = [each.get("fallback") or each.get("text") for each in message.get("attachments", ())]
    return message.get("text") or ", ".join(filter(None, files)) or " ".join(filter(None, others))


def _readable(marked: str, names: Mapping[str, str]) -> str:
    """One mention, channel or link in words. marked: what stands between the brackets."""
    target, _, label = marked.partition("|")
    if target.startswith("@"):
        return f"@{label or names.get(target[1:]) or texts.SOMEBODY}"
    if target.startswith("#"):
        return f"#{label or texts.A_CHANNEL}"
    if target.startswith("!"):
        return label or (f"@{texts.A_GROUP}" if "^" in target else f"@{target[1:]}")
    return label or target.removeprefix("mailto:")


def form(bench: Bench, message: MessageRef, text: str) -> View:
    """The modal. text: what the message says; what was linked before stands in its place."""
    before = bench.before
    shown = before.text if before else text
    return blocks.modal(
        Callback.LINK,
        title=texts.TITLE,
        blocks=[
            *([blocks.section(texts.AGAIN)] if before else []),
            blocks.field(
                "text",
                texts.TEXT_LABEL,
                blocks.text_input(_ENTERED, initial=shown, limit=max(TEXT_LIMIT, blocks.length(shown)), multiline=True),
                hint=texts.TEXT_HINT if shown else texts.NO_TEXT_HINT,
            ),
            *([_goal(bench)] if bench.goals else []),
            blocks.context(texts.STARTS_WITH_IT),
        ],
        submit=texts.LINK,
        close=texts.CANCEL,
        metadata=pack(channel=message.channel, message=message.id),
    )


def _goal(bench: Bench) -> Block:
    chosen = f"{GOAL}{bench.before.goal}" if bench.before and bench.before.goal else None
    select = goal_choice.select(bench, Action.LINK_GOAL, chosen=chosen)
    return blocks.field("goal", texts.GOAL_LABEL, select, optional=True, hint=texts.GOAL_HINT)
