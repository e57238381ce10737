"""`/goals roadmap`: what runs in this quarter and the next two, as text at once, as a picture on request."""

from collections.abc import Iterable, Sequence

from slack_bolt.async_app import AsyncApp
from slack_bolt.kwargs_injection.async_args import AsyncArgs

from bot.context import Context
from bot.escaping import escape
from bot.slack import blocks
from bot.slack.blocks import Block
from bot.slack.goals import today_of
from bot.slack.ids import Action
from bot.slack.listening import actor, listener
from bot.slack.uploading import hand_over
from bot.texts import roadmap as texts
from checkins import roadmap
from checkins.errors import NotFound
from checkins.roadmap import Roadmap, Stretch
from checkins.wording import title as title_of

MOST = 15  # lines of a group, which one section has room for


def register(app: AsyncApp, context: Context) -> None:
    app.action(Action.ROADMAP_PICTURE)(listener(context, picture))


async def show(context: Context, args: AsyncArgs, text: str) -> None:
    """The word `roadmap`. text: a team's name, nothing for every team's."""
    found = await _roadmap(context, args, text)
    said = roadmap_blocks(found, command=context.settings.goals_command)
    await args.respond(text=texts.title(found), blocks=said, response_type="ephemeral")


async def picture(context: Context, args: AsyncArgs) -> None:
    """Drawn now and sent to whoever asked. The button's value is the team's id."""
    await args.ack()
    found = await _roadmap(context, args, args.payload["value"])
    if not found.lanes:
        raise NotFound(texts.nothing(context.settings.goals_command))
    drawn, title = await context.analyst.roadmap(found), texts.title(found)
    await hand_over(
        args.client,
        args.context.user_id or "",
        name="trueline-roadmap.png",
        content=drawn,
        title=title,
        said=escape(title),
        alt=texts.alt(found),
        failed=texts.NOT_SENT,
    )
    await args.respond(texts.SENT, response_type="ephemeral", replace_original=False)


async def _roadmap(context: Context, args: AsyncArgs, team: str) -> Roadmap:
    today = today_of(context, await actor(context, args))
    return await context.run(roadmap.roadmap_of, context.store, today=today, team=team or None)


def roadmap_blocks(found: Roadmap, *, command: str) -> list[Block]:
    """By the quarter in which goals end, one line a goal; then those without dates."""
    made = [blocks.section(f"*{escape(texts.title(found))}*")]
    for quarter, stretches in found.ending():
        made += _group(texts.ending(quarter), stretches, command=command)
    made += _group(texts.NO_DATES, found.undated, command=command)
    if len(made) == 1:
        made.append(blocks.section(texts.nothing(command)))
    if found.later:
        made.append(blocks.context(texts.later(found.later)))
    return [*made, _picture_button(found)] if found.lanes else made


def _group(title: str, stretches: Sequence[Stretch], *, command: str) -> list[Block]:
    if not stretches:
        return []
    left = len(stretches[MOST:])
    more = [texts.more_of(left, command)] if left else []
    return [blocks.section("\n".join([f"*{title}*", *_lines(stretches[:MOST]), *more]))]


def _lines(stretches: Iterable[Stretch]) -> Iterable[str]:
    for each in stretches:
        whose = texts.whose(each)
        team = escape(whose) if whose else None
        yield f"• {texts.line(each, title=escape(title_of(each.goal.title)), team=team)}"


def _picture_button(found: Roadmap) -> Block:
    about = found.team.id if found.team else ""
    return blocks.actions(blocks.button(texts.PICTURE_BUTTON, Action.ROADMAP_PICTURE, value=about))
