"""Merging two teams as views: the form behind a team's button, and what came of it."""

from bot.escaping import escape
from bot.slack import blocks
from bot.slack.blocks import Block, Values, View, choice_of
from bot.slack.ids import Action, Callback, pack
from bot.texts import team_merging as texts
from checkins.merging import Merged, MergeState
from checkins.model import Team

INTO = "into"
TEAM = "team:"
MOST_TWINS = 5


def button(team: Team) -> Block:
    return blocks.button(texts.OPEN, Action.TEAM_MERGE, value=team.id)


def form(state: MergeState) -> View:
    """Says what will happen before it is sent; without another team there is nothing to send."""
    if not state.others:
        return blocks.modal(Callback.MESSAGE, title=texts.TITLE, blocks=[blocks.section(texts.NO_OTHER)])
    options = [blocks.option(team.name, f"{TEAM}{team.id}") for team in state.others]
    select = blocks.select(INTO, options=options, placeholder=texts.CHOOSE)
    said = texts.consequences(escape(state.team.name), state.people, state.goals)
    return blocks.modal(
        Callback.TEAM_MERGE,
        title=texts.TITLE,
        blocks=[blocks.section(said), blocks.field(INTO, texts.INTO, select)],
        submit=texts.MERGE,
        close=texts.CANCEL,
        metadata=pack(team=state.team.id),
    )


def chosen(values: Values) -> str:
    """The team that is left; empty where none was chosen."""
    return (choice_of(values, INTO) or "").removeprefix(TEAM)


def result(merged: Merged, *, command: str) -> View:
    team, into = escape(merged.team.name), escape(merged.into.name)
    said = [
        texts.merged(team, into, merged.people, len(merged.goals)),
        texts.over_planned(into, merged.planned, command) if merged.over_planned else "",
        texts.twins([escape(each) for each in merged.twins[:MOST_TWINS]]) if merged.twins else "",
        texts.let_go(into) if merged.let_go else "",
    ]
    shown = [blocks.section(each) for each in said if each]
    return blocks.modal(Callback.MESSAGE, title=texts.TITLE, blocks=shown)
