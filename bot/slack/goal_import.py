"""`/goals import`: a file is put in, its preview read, and only then stored.

The file is read anew at each step, because what comes back from a client is an id at most.
"""

import asyncio
from collections.abc import Coroutine
from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.kwargs_injection.async_args import AsyncArgs
from slack_sdk.errors import SlackApiError

from bot.context import Context
from bot.slack import blocks
from bot.slack import goal_import_blocks as windows
from bot.slack.blocks import View
from bot.slack.downloading import download
from bot.slack.ids import Action, Callback, unpack
from bot.slack.listening import actor, listener
from bot.slack.uploading import hand_over
from bot.texts import goal_import as texts
from checkins import importing, tabular
from checkins.errors import BadDocument, TruelineError
from checkins.importing import File
from checkins.model import Person

PATIENCE = 2.0  # seconds, of the three that Slack gives
HEAD_START = 1.0  # seconds, in which the first answer to a form arrives; Slack keeps no order between the two

log = structlog.get_logger()


def register(app: AsyncApp, context: Context) -> None:
    app.action(Action.IMPORT_TEMPLATE)(listener(context, template))
    app.view(Callback.IMPORT)(listener(context, uploaded))
    app.view(Callback.IMPORT_CONFIRM)(listener(context, confirmed))


async def show(context: Context, args: AsyncArgs, _: str = "") -> None:
    """The word `import`."""
    person = await actor(context, args)
    await context.run(importing.may_import, context.store, actor=person.id)
    await args.client.views_open(trigger_id=args.body["trigger_id"], view=windows.form())


async def template(context: Context, args: AsyncArgs) -> None:
    """A table to fill in, as a file in the person's direct messages."""
    await args.ack()
    await hand_over(
        args.client,
        args.context.user_id or "",
        name=texts.TEMPLATE_FILE,
        content=await context.run(tabular.template),
        title=texts.TEMPLATE_TITLE,
        said=texts.TEMPLATE_COMES,
        failed=texts.NOT_SENT,
    )
    await _turn(args, windows.form(notice=texts.TEMPLATE_SENT))


async def uploaded(context: Context, args: AsyncArgs) -> None:
    person, view = await actor(context, args), args.body["view"]
    file = blocks.file_of(view["state"]["values"], windows.FILE) or ""
    await _answer(args, _looked(context, args, person, file), meanwhile=texts.READING)


async def confirmed(context: Context, args: AsyncArgs) -> None:
    await _answer(args, _taken(context, args, await actor(context, args)), meanwhile=texts.IMPORTING)


async def _answer(args: AsyncArgs, work: Coroutine[Any, Any, View], *, meanwhile: str) -> None:
    """The view that comes of a form; where Slack would not wait for it, the window says so until it is there."""
    task = asyncio.create_task(work)
    ready, _ = await asyncio.wait({task}, timeout=PATIENCE)
    if ready:
        await args.ack(response_action="update", view=task.result())
        return
    await args.ack(response_action="update", view=windows.said(meanwhile))
    view, _ = await asyncio.gather(task, asyncio.sleep(HEAD_START))
    await _turn(args, view)


async def _looked(context: Context, args: AsyncArgs, person: Person, file: str) -> View:
    try:
        content = await _file(args, file)
        look = await context.run(importing.look_at, context.store, actor=person.id, file=content)
    except TruelineError as problem:
        return _refused(problem)
    return windows.preview(look, file=file)


async def _taken(context: Context, args: AsyncArgs, person: Person) -> View:
    now = context.clock.now()
    try:
        file, seen = unpack(args.body["view"]["private_metadata"], "file", "seen")
        content = await _file(args, file)
        done = await context.run(importing.take, context.store, actor=person.id, file=content, seen=seen, now=now)
    except importing.Outdated as why:
        return windows.preview(why.look, file=file, notice=str(why))
    except TruelineError as problem:
        return _refused(problem)
    return windows.done(done)


def _refused(problem: TruelineError) -> View:
    """The form again, with what is wrong above it."""
    if isinstance(problem, BadDocument):
        return windows.form(faults=problem.faults)
    return windows.form(notice=str(problem))


async def _file(args: AsyncArgs, file: str) -> File:
    name, content = await download(
        args.client,
        file,
        user=args.context.user_id or "",
        most=tabular.MOST_BYTES,
        foreign=texts.NOT_YOURS,
        too_large=texts.TOO_LARGE,
        failed=texts.NOT_THERE,
    )
    return File(name=name, content=content)


async def _turn(args: AsyncArgs, view: View) -> None:
    """Put a window in the place of the one somebody acted in."""
    try:
        await args.client.views_update(view_id=args.body["view"]["id"], view=view)
    except SlackApiError as error:  # whoever closed it does not wait for it
        log.info("window_gone", slack=error.response.get("error"))
