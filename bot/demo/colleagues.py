"""Colleagues at their screens: they find what the bot sent them and answer it, as people do, in their own time."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from heapq import heappop, heappush
from itertools import count
from random import Random
from typing import Any

import structlog

from bot.demo.answers import Diary, Manner, Reply, asides
from bot.demo.company import Colleague, Company
from bot.sandbox.block_kit import all_options
from bot.sandbox.errors import NotOnScreen
from bot.sandbox.forms import parts
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.visitor import Visitor
from bot.slack.ids import Action
from checkins.cadence import Week, local_date
from checkins.forms import AnswerDraft

READING_A_DIGEST = timedelta(minutes=20)
POSTPONING = timedelta(minutes=10)

Json = dict[str, Any]
Act = Callable[[], Awaitable[None]]

log = structlog.get_logger()


@dataclass(slots=True)
class _Inbox:
    """What somebody has read of their direct messages, and what they mean to do about the latest prompt."""

    read: int = 0
    prompt: str = ""  # id of the latest prompt
    message: str = ""  # ts of its message
    reply: Reply | None = None


@dataclass(order=True, slots=True)
class _Planned:
    at: datetime
    order: int
    act: Act = field(compare=False)


class Colleagues:
    """Everybody but the visitor. They plan when a message comes and act when the clock gets there."""

    def __init__(self, sandbox: Sandbox, company: Company) -> None:
        self._sandbox = sandbox
        self._company = company
        self._people = {person.user: person for person in company.people}
        self._admin = company.admin
        self._diaries = [Diary(company, team) for team in company.teams]
        self._replies: dict[Week, Mapping[str, Reply]] = {}
        self._inboxes: dict[str, _Inbox] = defaultdict(_Inbox)
        self._plans: list[_Planned] = []
        self._order = count()
        self._heard = 0

    @property
    def next_act(self) -> datetime | None:
        """When somebody next means to do something."""
        return self._plans[0].at if self._plans else None

    def look(self) -> None:
        """Notice what the bot has sent since the last look, and make plans."""
        heard, self._heard = self._heard, len(self._sandbox.sent)
        channels = {str(sent.payload.get("channel")) for sent in self._sandbox.sent[heard:] if sent.kind == "message"}
        for name in sorted(channels & self._sandbox.channels.keys()):
            person = self._people.get(self._sandbox.channels[name].user)
            if person:
                self._read(person, self._sandbox.as_person(person.user))

    async def act(self, now: datetime) -> None:
        """Do what is due, one after the other. Who does not find what they want to press lets it be."""
        while self._plans and self._plans[0].at <= now:
            try:
                await heappop(self._plans).act()
            except NotOnScreen as reason:
                log.warning("colleague_gave_up", reason=str(reason))

    def _plan(self, after: timedelta, act: Act) -> None:
        heappush(self._plans, _Planned(self._sandbox.clock.now() + after, next(self._order), act))

    def _read(self, person: Colleague, visitor: Visitor) -> None:
        inbox, messages = self._inboxes[person.user], visitor.messages()
        for message in messages[inbox.read :]:
            offered = offers(message)
            if Action.PUBLISH in offered and person == self._admin:
                self._plan(READING_A_DIGEST, partial(_press, visitor, message["ts"], Action.PUBLISH))
            elif offered.get(Action.UPDATE, inbox.prompt) != inbox.prompt:
                inbox.prompt, inbox.message = offered[Action.UPDATE], message["ts"]
                inbox.reply = self._reply(person)
                self._asked(visitor, inbox.message, inbox.reply)
            elif Action.UPDATE in offered and inbox.reply:
                self._reminded(visitor, inbox.message, inbox.reply)
        inbox.read = len(messages)

    def _reply(self, person: Colleague) -> Reply:
        week = Week.of(local_date(self._sandbox.clock.now(), person.zone))
        if week not in self._replies:
            self._replies[week] = {name: reply for diary in self._diaries for name, reply in diary.week(week).items()}
        return self._replies[week].get(person.id, Reply(manner=Manner.SILENT))

    def _asked(self, visitor: Visitor, message: str, reply: Reply) -> None:
        if reply.manner is Manner.SKIPS:
            self._plan(reply.after, partial(_press, visitor, message, Action.SKIP))
        elif reply.postpones:
            self._plan(POSTPONING, partial(_press, visitor, message, Action.LATER))
        elif not reply.reminded and reply.manner is not Manner.SILENT:
            self._plan(reply.after, partial(self._answer, visitor, message, reply))

    def _reminded(self, visitor: Visitor, message: str, reply: Reply) -> None:
        if reply.postpones or reply.reminded:
            self._plan(reply.after, partial(self._answer, visitor, message, reply))

    async def _answer(self, visitor: Visitor, message: str, reply: Reply) -> None:
        offered = offers(_on_screen(visitor, message))
        if Action.SKIP not in offered:
            return  # it is answered, skipped or closed already
        if reply.manner is Manner.REPEATS and Action.SAME in offered:
            await visitor.click(message, Action.SAME)
        elif reply.draft:
            await visitor.click(message, Action.UPDATE)
            await self._fill(visitor, reply.draft)

    async def _fill(self, visitor: Visitor, draft: AnswerDraft) -> None:
        await self._sandbox.until(lambda: visitor.view)
        for number in range(1, len(draft.items) + 1):
            if f"text_{number}" not in _fields(visitor):
                await visitor.click_view(Action.ROW)
                await self._sandbox.until(partial(_has_row, visitor, number))
        refused = await visitor.submit(filled(draft, _fields(visitor)) | self._asides(visitor))
        if refused:
            await visitor.close_view()
            raise NotOnScreen(f"the form took no answer: {refused}")

    def _asides(self, visitor: Visitor) -> dict[str, str]:
        """What somebody says of goals and ties, drawn apart from all that they say of their work."""
        person = self._people[visitor.user.id]
        random = Random(f"asides {self._company.seed} {person.id} {self._sandbox.clock.now().date()}")
        return asides(random, _choices(visitor), partners=self._company.partners.get(person.team, ()))


def offers(message: Json) -> dict[str, str]:
    """The buttons of a message: action id to value."""
    return {element["action_id"]: element.get("value", "") for _, element in parts(message.get("blocks", []))}


def filled(draft: AnswerDraft, fields: set[str]) -> dict[str, Any]:
    """What to enter into which of the form's fields; rows that are not needed are emptied."""
    answers: dict[str, Any] = {
        "worked_with": list(draft.worked_with),
        "waiting_on": list(draft.waiting_on),
        "note": draft.note,
    }
    rows = sum(1 for name in fields if name.startswith("text_"))
    for number in range(1, rows + 1):
        item = draft.items[number - 1] if number <= len(draft.items) else None
        answers[f"text_{number}"] = item.text if item else ""
        answers[f"goal_{number}"] = item.choice if item else None
        answers[f"size_{number}"] = item.size if item else None
    return {name: value for name, value in answers.items() if name in fields}


async def _press(visitor: Visitor, message: str, action: Action) -> None:
    if action in offers(_on_screen(visitor, message)):
        await visitor.click(message, action)


def _on_screen(visitor: Visitor, ts: str) -> Json:
    found: Json | None = next((message for message in visitor.messages() if message["ts"] == ts), None)
    if found is None:
        raise NotOnScreen(f"{visitor.user.name} sees no message {ts}")
    return found


def _fields(visitor: Visitor) -> set[str]:
    return {block["block_id"] for block, _ in parts(visitor.view.body["blocks"])} if visitor.view else set()


def _choices(visitor: Visitor) -> dict[str, list[str]]:
    """The values that each select of the open form offers."""
    found = parts(visitor.view.body["blocks"]) if visitor.view else ()
    selects = ((block["block_id"], element) for block, element in found if element["type"] == "static_select")
    return {name: [option["value"] for option in all_options(element)] for name, element in selects}


def _has_row(visitor: Visitor, number: int) -> bool:
    return f"text_{number}" in _fields(visitor)
