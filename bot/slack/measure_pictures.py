"""Pictures of measures on their way to Slack: drawn by the child process, uploaded once, shown when Slack is ready."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.analyst import draw_measure
from bot.context import Context
from bot.slack.errors import TROUBLE
from bot.slack.uploading import upload
from checkins.goal_detail import GoalDetail
from checkins.ids import derived
from checkins.measures import Course

WAITS = (0.0, 1.0, 2.0, 4.0)  # seconds before each try: Slack takes a file some time after its upload
REMEMBERED = 500

Show = Callable[[str], Awaitable[object]]  # given Slack's id of the file

log = structlog.get_logger()


async def add(context: Context, client: AsyncWebClient, found: GoalDetail, show: Show) -> None:
    """Have the picture of a goal's measure shown; where that fails, what stands there without it is enough."""
    measure = found.goal.measure
    if measure is None:
        return
    course = Course(title=found.goal.title, measure=measure, values=found.values)
    name = derived("measure-picture", repr(course))
    try:
        file = context.pictures.pop(name, None) or await _uploaded(context, client, course)
        await _shown(file, show)
    except TROUBLE as error:
        log.info("measure_picture_not_shown", error=repr(error))
    else:
        _remember(context.pictures, name, file)


async def _uploaded(context: Context, client: AsyncWebClient, course: Course) -> str:
    drawn = await context.analyst.run(draw_measure, course)
    return await upload(client, name="trueline-measure.png", content=drawn, title=course.measure.name)


async def _shown(file: str, show: Show) -> None:
    """Raises what the last try raised."""
    for wait in WAITS[:-1]:
        await asyncio.sleep(wait)
        try:
            await show(file)
        except TROUBLE:
            continue
        return
    await asyncio.sleep(WAITS[-1])
    await show(file)


def _remember(pictures: dict[str, str], name: str, file: str) -> None:
    pictures[name] = file
    if len(pictures) > REMEMBERED:
        del pictures[next(iter(pictures))]
