"""Choosing a goal by typing: the goals of one's own teams first, then the others, last the reasons for none."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from textwrap import shorten
from typing import Protocol

from slack_bolt.async_app import AsyncApp
from slack_bolt.kwargs_injection.async_args import AsyncArgs

from bot.context import Context
from bot.slack import blocks
from bot.slack.blocks import Block
from bot.slack.ids import Action
from bot.slack.listening import actor, listener
from bot.texts import prompts as texts
from checkins import answering, wording
from checkins.forms import GOAL, NO_GOAL
from checkins.model import Goal, Person, Reason, Team

MOST_OPTIONS = 100  # in one answer to Slack, those of all groups together
CUT = "…"


class Chooser(Protocol):
    """Who chooses, and from what. team: the one that asks; teams: the others."""

    @property
    def person(self) -> Person: ...
    @property
    def team(self) -> Team: ...
    @property
    def teams(self) -> Sequence[Team]: ...
    @property
    def goals(self) -> Sequence[Goal]: ...


def register(app: AsyncApp, context: Context) -> None:
    for action in (Action.GOAL, Action.TEXT_GOAL):
        app.options(action)(listener(context, suggest))


async def suggest(context: Context, args: AsyncArgs) -> None:
    """What fits the words typed so far, out of the person's newest check-in; the payload is not asked which it is."""
    person = await actor(context, args)
    desk = await context.run(answering.waiting, context.store, actor=person.id)
    groups = option_groups(desk, str(args.payload["value"])) if desk else []
    await (args.ack(option_groups=groups) if groups else args.ack(options=[]))


def select(desk: Chooser, action: Action, *, chosen: str | None) -> Block:
    """The field. chosen: a choice of the form, shown at first unless its goal has closed."""
    return blocks.type_ahead(
        action, initial=_option_of(desk, chosen) if chosen else None, placeholder=texts.CHOOSE_GOAL, letters=0
    )


def option_groups(desk: Chooser, query: str) -> list[Block]:
    """What can be chosen, in groups: whatever has every word of the query; the reasons also where nothing has."""
    words = _plain(query).split()
    reasons = [reason for reason in Reason if _fits(words, f"{texts.NO_GOAL} {texts.REASONS[reason]}")]
    groups = goal_groups(desk, query, most=MOST_OPTIONS - len(reasons))
    if not groups and not reasons:
        reasons = list(Reason)
    return [*groups, *([blocks.group(texts.NO_GOAL, map(_reason_option, reasons))] if reasons else [])]


def goal_groups(desk: Chooser, query: str, *, most: int = MOST_OPTIONS) -> list[Block]:
    """Goals that have every word of the query, in groups.

    Of more goals than fit, those of the own teams stay; typing brings up the others.
    """
    groups, room = [], most
    for label, goals in _listed(desk):
        found = fitting(goals, query)[:room]
        groups += [blocks.group(label, map(goal_option, found))] if found else []
        room -= len(found)
    return groups


def fitting(goals: Iterable[Goal], query: str) -> list[Goal]:
    """Those whose title or description has every word of the query."""
    words = _plain(query).split()
    return [goal for goal in goals if _fits(words, f"{titled(goal)} {goal.description}")]


def _listed(desk: Chooser) -> Iterator[tuple[str, list[Goal]]]:
    """The goals under their labels, each once: team by team those of the person's own, the one that asks first."""
    rest = list(desk.goals)
    for team in (desk.team, *(team for team in desk.teams if desk.person.id in (*team.members, *team.leads))):
        yield texts.goals_of(wording.one_line(team.name)), [goal for goal in rest if team.id in goal.teams()]
        rest = [goal for goal in rest if team.id not in goal.teams()]
    yield texts.OTHER_GOALS, rest


def _fits(words: Sequence[str], text: str) -> bool:
    plain = _plain(text)
    return all(word in plain for word in words)


def _plain(text: str) -> str:
    """Letters as people type them in a hurry: no accents, no capitals."""
    apart = unicodedata.normalize("NFKD", text)
    return "".join(char for char in apart if not unicodedata.combining(char)).casefold()


def _option_of(desk: Chooser, choice: str) -> Block | None:
    if choice.startswith(NO_GOAL):
        return _reason_option(Reason(choice.removeprefix(NO_GOAL)))
    goal = next((goal for goal in desk.goals if choice == f"{GOAL}{goal.id}"), None)
    return goal_option(goal) if goal else None


def goal_option(goal: Goal) -> Block:
    """A goal as one option; its value is a choice of the form for check-ins."""
    return blocks.option(titled(goal), f"{GOAL}{goal.id}")


def _reason_option(reason: Reason) -> Block:
    return blocks.option(texts.REASONS[reason], f"{NO_GOAL}{reason}")


def titled(goal: Goal) -> str:
    """Cut between words, however short that leaves it; the id where there is nothing to read."""
    whole = wording.one_line(goal.title) or goal.id
    cut = shorten(whole, blocks.OPTION_LIMIT, placeholder=CUT)
    return cut if cut != CUT else whole
