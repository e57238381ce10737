"""The question that goes round and the ties asked by name: fields of the form, what was typed, lines of a receipt."""

from collections.abc import Mapping, Sequence

from bot.escaping import escape
from bot.slack import blocks
from bot.slack.blocks import Block, Values
from bot.texts import focus as texts
from checkins import focus, wording
from checkins.answering import Desk
from checkins.expected_ties import CONTACT
from checkins.focus import NONE_OF_THESE, Question
from checkins.forms import AnswerDraft
from checkins.model import CheckIn, Contact, Team
from checkins.turns import Kind

_ENTERED = "entered"  # action id of fields that are only read on sending
MOST_OPTIONS = 100

_PLACEHOLDERS = {
    Kind.CONFIDENCE: texts.CHOOSE_RATING,
    Kind.CLARITY: texts.CHOOSE_RATING,
    Kind.DONE: texts.CHOOSE_STATEMENT,
    Kind.PRIORITIES: texts.CHOOSE_GOAL,
}


def fields(desk: Desk, draft: AnswerDraft) -> list[Block]:
    """The expected ties, then the round's question; empty where nothing is asked. All optional."""
    stored = desk.draft
    contacts = {**stored.contacts, **draft.contacts}
    made = [_tie(team, contacts.get(team.id)) for team in desk.expected_ties]
    question = desk.focus
    return [*made, *_asked(question, desk.team, {**stored.focus, **draft.focus})] if question else made


def _tie(team: Team, answer: str | None) -> Block:
    options = [blocks.option(texts.CONTACTS[contact], contact) for contact in Contact]
    chosen = blocks.select(_ENTERED, options=options, initial=answer, placeholder=texts.CHOOSE_ANSWER)
    return blocks.field(f"{CONTACT}{team.id}", texts.tie(wording.one_line(team.name)), chosen, optional=True)


def _asked(question: Question, team: Team, said: Mapping[str, str | None]) -> list[Block]:
    options = [blocks.option(_option(question, value), value) for value in question.options[:MOST_OPTIONS]]
    about, name = wording.title(question.goals[0].title), wording.one_line(team.name)
    return [
        blocks.field(
            field,
            texts.label(question.kind, place, goal=about, team=name),
            blocks.select(_ENTERED, options=options, initial=said.get(field), placeholder=_PLACEHOLDERS[question.kind]),
            optional=True,
            hint=texts.who_sees(),
        )
        for place, field in enumerate(question.fields)
    ]


def _option(question: Question, value: str) -> str:
    if question.kind is Kind.PRIORITIES:
        return next(wording.one_line(goal.title) or goal.id for goal in question.goals if goal.id == value)
    return _statement(value) if question.kind is Kind.DONE else texts.RATINGS[value]


def _statement(value: str) -> str:
    return texts.NONE_OF_THESE if value == NONE_OF_THESE else wording.one_line(value) or value


def typed(values: Values) -> dict[str, str | None]:
    """What was chosen of the round's question, by field; None where a field was left empty."""
    return {name: blocks.choice_of(values, name) for name in values if focus.is_field(name)}


def typed_contacts(values: Values) -> dict[str, str | None]:
    """The answers about teams asked by name, by team id; None where a field was left empty."""
    asked = (name for name in values if name.startswith(CONTACT))
    return {name.removeprefix(CONTACT): blocks.choice_of(values, name) for name in asked}


def lines(answer: CheckIn, *, titles: Mapping[str, str], teams: Sequence[Team]) -> list[str]:
    """What a person reads of their own answer. titles: of goals, by id."""
    names = {team.id: escape(wording.one_line(team.name)) for team in teams}
    contacts = {names[team]: said for team, said in answer.contacts.items() if team in names}

    def title(goal: str) -> str:
        return escape(wording.title(titles.get(goal, goal)))

    return [
        *([texts.contacts(contacts)] if contacts else []),
        *(texts.confidence(title(goal), rating) for goal, rating in answer.confidence.items()),
        *(texts.clarity(title(goal), rating) for goal, rating in answer.clarity.items()),
        *(texts.done(title(goal), escape(_statement(pick))) for goal, pick in answer.done.items()),
        *([texts.priorities([title(goal) for goal in answer.priorities])] if answer.priorities else []),
    ]
