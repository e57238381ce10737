"""The border between Slack and the use cases: who acts, what goes wrong and where that is said."""

from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from slack_bolt.async_app import AsyncAck
from slack_bolt.kwargs_injection.async_args import AsyncArgs
from slack_sdk.errors import SlackApiError

from bot.context import Context
from bot.escaping import escape
from bot.slack import blocks
from bot.slack.ids import Callback
from bot.slack.profiles import profile_of
from bot.texts.commands import as_named
from checkins import accounts
from checkins.errors import BadForm, TruelineError
from checkins.model import Person

Work = Callable[[Context, AsyncArgs], Awaitable[None]]
Listener = Callable[[AsyncArgs], Awaitable[None]]

SORRY = "Something went wrong on our side. Nothing you entered was lost; please try again in a minute."

log = structlog.get_logger()


def listener(context: Context, work: Work) -> Listener:
    """A Bolt listener around ``work``: counts as activity, says every error where the person is."""

    async def listen(args: AsyncArgs) -> None:
        with context.activity:
            try:
                await work(context, args)
            except BadForm as error:
                await _refuse(args, error.problems)
            except TruelineError as error:
                await _say(args, as_named(str(error), context.settings))
            except Exception:  # the border of listeners: nobody is left without an answer
                log.exception("listener_broke", work=work.__qualname__)
                await _say(args, SORRY)
            finally:
                context.wake()

    return listen


async def actor(context: Context, args: AsyncArgs) -> Person:
    """The person who acts; strangers, and who left once, are looked up and welcomed. Raises NotAllowed for guests."""
    user = args.context.user_id or ""
    person = await context.run(known, context, user)
    if person and person.active:
        return person
    profile = profile_of((await args.client.users_info(user=user))["user"], admins=context.settings.admin_emails)
    return await context.run(accounts.arrive, context.store, profile)


def known(context: Context, user: str) -> Person | None:
    """The person behind a Slack account, None for strangers to Trueline."""
    with context.store.snapshot() as tx:
        return tx.people.by_identity("slack", user)


async def _refuse(args: AsyncArgs, problems: dict[str, str]) -> None:
    """Keep the form open and say each problem at its field; unknown fields go to the first input."""
    inputs = [block["block_id"] for block in args.body["view"]["blocks"] if block["type"] == "input"]
    errors: dict[str, str] = {}
    for name, problem in problems.items():
        at = name if name in inputs else inputs[0]
        errors[at] = f"{errors[at]} {problem}" if at in errors else problem
    await args.ack(response_action="errors", errors=errors)


async def _say(args: AsyncArgs, text: str) -> None:
    """Say an error where the person is: at the form, as an ephemeral answer, or in a small window."""
    body = args.body
    if body.get("type") == "view_submission":
        return await _refuse(args, {"": text})
    if body.get("type") == "block_suggestion":
        await args.ack(options=[])  # a list that stays empty; whoever types on asks again
        return
    await _acknowledged(args.ack)
    try:
        if body.get("response_url"):
            await args.respond(escape(text), response_type="ephemeral", replace_original=False)
        elif body.get("trigger_id"):
            await args.client.views_open(trigger_id=body["trigger_id"], view=message_view(text))
        elif args.context.channel_id and args.context.user_id:
            await args.client.chat_postMessage(channel=args.context.channel_id, text=escape(text))
    except SlackApiError as error:
        log.warning("error_not_shown", slack=error.response.get("error"))


async def _acknowledged(ack: AsyncAck) -> None:
    if ack.response is None:
        await ack()


def message_view(text: str, title: str = "Trueline") -> dict[str, Any]:
    """A window that only says something."""
    return blocks.modal(Callback.MESSAGE, title=title, blocks=[blocks.section(escape(text))])
