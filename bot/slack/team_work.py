"""`/align work`: what a team worked on, for those who may see it."""

from slack_bolt.kwargs_injection.async_args import AsyncArgs

from bot.context import Context
from bot.escaping import escape
from bot.marking import marked
from bot.slack import blocks
from bot.slack.blocks import Block
from bot.slack.goals import today_of
from bot.slack.listening import actor
from bot.texts import prompts as prompt_texts
from bot.texts import team_work as texts
from checkins import team_work, wording
from checkins.forms import NOTE_LIMIT, shortened
from checkins.references import Bases
from checkins.team_work import GoalWork, TeamWork

MOST_GOALS = 30
MOST_TEXTS = 12
MOST_NOTES = 8
QUOTED = 120


async def show(context: Context, args: AsyncArgs, text: str) -> None:
    """The word `work`. text: a team's name, nothing for one's own."""
    person = await actor(context, args)
    today = today_of(context, person)
    found = await context.run(team_work.newest, context.store, actor=person.id, name=text, today=today)
    shown = team_blocks(found, bases=context.settings.bases)
    await args.respond(text=shown[0]["text"]["text"], blocks=shown, response_type="ephemeral")


def team_blocks(found: TeamWork, *, bases: Bases) -> list[Block]:
    """Goal by goal, the most effort first; then the teams named and, for those who may read them, the notes."""
    team = escape(found.team.name)
    if found.day is None:
        return [blocks.section(texts.nothing(team))]
    return [
        blocks.section(texts.title(team, f"{found.day:%-d %B}")),
        *(blocks.section(_work(each, bases)) for each in found.work[:MOST_GOALS]),
        *_teams(found),
        *_notes(found, bases),
        blocks.context(texts.who_sees()),
    ]


def _work(work: GoalWork, bases: Bases) -> str:
    lines = [_quoted(text, QUOTED, bases) for text in work.texts[:MOST_TEXTS]]
    return texts.work(_about(work), work.share, lines, len(work.texts[MOST_TEXTS:]))


def _about(work: GoalWork) -> str:
    if work.reason:
        return prompt_texts.REASONS[work.reason]
    return escape(wording.title(work.title)) if work.title else texts.NO_GOAL_CHOSEN


def _teams(found: TeamWork) -> list[Block]:
    named = ((prompt_texts.WORKED_WITH, found.worked_with), (prompt_texts.WAITING_ON, found.waiting_on))
    said = [texts.teams(label, [escape(name) for name in names]) for label, names in named if names]
    return [blocks.section("\n".join(said))] if said else []


def _notes(found: TeamWork, bases: Bases) -> list[Block]:
    notes = [texts.note(escape(note.name), _quoted(note.text, NOTE_LIMIT, bases)) for note in found.notes[:MOST_NOTES]]
    left = [texts.more_notes(len(found.notes) - len(notes))] if len(found.notes) > len(notes) else []
    return [blocks.section(said) for said in [texts.NOTES, *notes, *left]] if notes else []


def _quoted(text: str, limit: int, bases: Bases) -> str:
    return marked(shortened(wording.one_line(text), limit), bases)
