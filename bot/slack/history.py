"""`/checkin history`: somebody's own last answers, for their eyes only."""

from slack_bolt.kwargs_injection.async_args import AsyncArgs

from bot.context import Context
from bot.escaping import escape
from bot.slack import blocks, prompt_blocks
from bot.slack.blocks import Block
from bot.slack.goals import today_of
from bot.slack.listening import actor
from bot.texts import history as texts
from bot.texts import prompts as prompt_texts
from checkins import history
from checkins.history import Past
from checkins.model import CheckIn
from checkins.references import NO_BASES, Bases


async def show(context: Context, args: AsyncArgs, _: str) -> None:
    """The word `history`."""
    person = await actor(context, args)
    past = await context.run(history.mine, context.store, actor=person.id, today=today_of(context, person))
    shown = answers(past, align=context.settings.align_command, bases=context.settings.bases)
    await args.respond(text=shown[0]["text"]["text"], blocks=shown, response_type="ephemeral")


def answers(past: Past, *, align: str, bases: Bases = NO_BASES) -> list[Block]:
    """One section per answer, the newest first; then who saw them and how to get the rest."""
    if not past.answers:
        return [blocks.section(texts.NOTHING)]
    return [
        blocks.section(texts.TITLE),
        *(
            blocks.section("\n".join([_heading(answer, past), *prompt_blocks.answer_lines(answer, past, bases=bases)]))
            for answer in past.answers
        ),
        blocks.context(_readers(past), texts.earlier(past.earlier, align)),
    ]


def _heading(answer: CheckIn, past: Past) -> str:
    remarks = texts.remarks(answer.entered, late=answer.late, edited=answer.revision - 1)
    return texts.answered(answer.date, _team(answer, past), remarks)


def _readers(past: Past) -> str:
    return prompt_texts.who_sees(_team(past.answers[0], past))


def _team(answer: CheckIn, past: Past) -> str:
    return next((escape(team.name) for team in past.teams if team.id == answer.team), "")
