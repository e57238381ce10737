"""Answering in Slack: the prompt's buttons, the form, `/checkin`, the shortcut, and words written to the bot."""

from collections.abc import Awaitable, Callable, Mapping

from slack_bolt.async_app import AsyncApp
from slack_bolt.kwargs_injection.async_args import AsyncArgs

from bot.context import Context
from bot.escaping import escape, unescape
from bot.slack import absences, blocks, expired_forms, form_blocks, free_text, history, home, personal, prompt_blocks
from bot.slack.ids import Action, Callback, Shortcut, unpack
from bot.slack.listening import actor, listener
from bot.texts import help as help_texts
from bot.texts import prompts as texts
from checkins import answering, setup
from checkins.answering import Desk, NeedsForm, Receipt
from checkins.model import Person, PromptState
from checkins.references import Bases

Word = Callable[[Context, AsyncArgs, str], Awaitable[None]]  # the text is what was typed behind the word

HOME = "home"
FILE = "file_share"  # Slack's word for a message that brings files


def register(app: AsyncApp, context: Context) -> None:
    for action, work in ((Action.SAME, same), (Action.SKIP, skip), (Action.LATER, later), (Action.ROW, add_row)):
        app.action(action)(listener(context, work))
    for action in (Action.UPDATE, Action.EDIT):
        app.action(action)(listener(context, fill))
    app.view(Callback.CHECK_IN)(listener(context, sent))
    app.command(context.settings.checkin_command)(listener(context, typed))
    app.shortcut(Shortcut.CHECK_IN_NOW)(listener(context, check_in_now))
    app.event("message")(listener(context, written))


async def same(context: Context, args: AsyncArgs) -> None:
    """One click and done; the outbox turns the message into the receipt."""
    await args.ack()
    person, prompt, now = await actor(context, args), args.payload["value"], context.clock.now()
    try:
        receipt = await context.run(answering.same_as_last, context.store, actor=person.id, prompt=prompt, now=now)
    except NeedsForm as why:
        desk = await context.run(answering.mine, context.store, actor=person.id, prompt=prompt)
        return await _open(args, desk, notice=str(why))
    if not receipt.in_place:
        await _tell(args, texts.STORED_SHORT)
    if _place(args) == HOME:
        await home.redraw(context, args, person)


async def fill(context: Context, args: AsyncArgs) -> None:
    """`Answer`, `Update` and `Edit` open the form."""
    await args.ack()
    person = await actor(context, args)
    desk = await context.run(answering.mine, context.store, actor=person.id, prompt=args.payload["value"])
    await _open(args, desk)


async def skip(context: Context, args: AsyncArgs) -> None:
    await args.ack()
    person = await actor(context, args)
    await _skip(context, args, person, args.payload["value"])


async def later(context: Context, args: AsyncArgs) -> None:
    await args.ack()
    person, prompt, now = await actor(context, args), args.payload["value"], context.clock.now()
    again = await context.run(answering.later, context.store, actor=person.id, prompt=prompt, now=now)
    await _tell(args, texts.again(blocks.moment(again)))


async def add_row(context: Context, args: AsyncArgs) -> None:
    """One more row in the open form; what was typed stays."""
    await args.ack()
    view, person, draft = args.body["view"], await actor(context, args), expired_forms.typed(args.body["view"])
    try:
        prompt, place = unpack(view["private_metadata"], "prompt", "place")
        desk = await context.run(answering.mine, context.store, actor=person.id, prompt=prompt)
        longer = form_blocks.form(desk, draft, rows=len(draft.items) + 1, place=place)
    except expired_forms.EXPIRED as why:
        longer = await expired_forms.again(context, person, draft, why)
    # Without the view's hash: the second of two quick clicks asks for the same rows again, which is no error.
    await args.client.views_update(view_id=view["id"], view=longer)


async def sent(context: Context, args: AsyncArgs) -> None:
    """The form is stored before it is acknowledged, so that a failure keeps what was typed on the screen."""
    view, person, now = args.body["view"], await actor(context, args), context.clock.now()
    draft = expired_forms.typed(view)
    try:
        prompt, place = unpack(view["private_metadata"], "prompt", "place")
        receipt = await context.run(
            answering.submit, context.store, actor=person.id, prompt=prompt, draft=draft, now=now
        )
    except expired_forms.EXPIRED as why:
        await args.ack(response_action="update", view=await expired_forms.again(context, person, draft, why))
        return
    if receipt.in_place:
        await args.ack()
    else:
        await args.ack(response_action="update", view=_receipt_view(receipt, context.settings.bases))
    if place == HOME:
        await home.redraw(context, args, person)


async def typed(context: Context, args: AsyncArgs) -> None:
    await args.ack()
    await checkin_word(context, args, unescape(args.payload["text"]))


async def checkin_word(context: Context, args: AsyncArgs, text: str) -> None:
    """The word `checkin`. text: what was typed behind it."""
    word, _, rest = text.strip().partition(" ")
    handler = WORDS.get(word.casefold(), _unknown)
    await handler(context, args, text.strip() if handler is _unknown else rest.strip())


async def _help(context: Context, args: AsyncArgs, _: str) -> None:
    await _tell(args, "\n".join(map(str, help_texts.checkin(context.settings))))


async def _unknown(context: Context, args: AsyncArgs, text: str) -> None:
    near = help_texts.nearest(text, filter(None, WORDS))
    await _tell(args, help_texts.unknown(escape(text), context.settings.checkin_command, near))


async def check_in_now(context: Context, args: AsyncArgs) -> None:
    await args.ack()
    await check_in(context, args)


async def check_in(context: Context, args: AsyncArgs, _: str = "") -> None:
    """Open the form of the newest check-in, answered or not; a sentence where nobody asked yet."""
    person = await actor(context, args)
    desk = await context.run(answering.waiting, context.store, actor=person.id)
    if desk is None:
        await _tell(args, await _nothing_yet(context, person))
    else:
        await _open(args, desk)


async def written(context: Context, args: AsyncArgs) -> None:
    """Words written to the bot: what it does understand, and the button where a check-in is open."""
    event = args.payload
    if event.get("channel_type") != "im" or event.get("bot_id"):
        return
    if event.get("subtype") == FILE:
        await args.client.chat_postMessage(
            channel=event["channel"], text=texts.file_comes(context.settings.goals_command)
        )
    if event.get("subtype"):
        return
    person, settings = await actor(context, args), context.settings
    desk = await context.run(answering.waiting, context.store, actor=person.id)
    open_ = desk is not None and desk.prompt.state in (PromptState.PENDING, PromptState.SENT)
    if desk and open_ and await free_text.offer(args, desk, event["text"]):
        return
    said = texts.cannot_read(settings.checkin_command, settings.align_command, waiting=open_)
    button = [prompt_blocks.answer_button(desk)] if desk and open_ else []
    await args.client.chat_postMessage(
        channel=event["channel"], text=said, blocks=[blocks.section(said), *button], unfurl_links=False
    )


async def _skip_waiting(context: Context, args: AsyncArgs, _: str) -> None:
    person = await actor(context, args)
    desk = await context.run(answering.waiting, context.store, actor=person.id)
    if desk is None:
        await _tell(args, await _nothing_yet(context, person))
    else:
        await _skip(context, args, person, desk.prompt.id)


async def _skip(context: Context, args: AsyncArgs, person: Person, prompt: str) -> None:
    now = context.clock.now()
    desk = await context.run(answering.skip, context.store, actor=person.id, prompt=prompt, now=now)
    if desk.answered:
        await _tell(args, texts.ANSWERED_ALREADY)
    elif "command" in args.body or desk.prompt.message is None:
        await _tell(args, texts.SKIPPED)


async def _nothing_yet(context: Context, person: Person) -> str:
    """Why there is nothing to answer, and when there will be."""
    state = await context.run(setup.checklist, context.store, actor=person.id)
    admins = [escape(admin.name) for admin in state.admins]
    if state.schedule is None:
        return texts.no_schedule(admins, context.settings.align_command)
    if person.home_team is None:
        return texts.no_team(admins)
    return texts.not_asked_yet(blocks.moment(state.schedule.next_at))


async def _open(args: AsyncArgs, desk: Desk, *, notice: str = "") -> None:
    view = form_blocks.form(desk, desk.draft, notice=notice, place=_place(args))
    await args.client.views_open(trigger_id=args.body["trigger_id"], view=view)


def _place(args: AsyncArgs) -> str:
    """Where somebody acted: App Home shows what came of it only when it is drawn again."""
    return HOME if (args.body.get("view") or {}).get("type") == HOME else ""


def _receipt_view(receipt: Receipt, bases: Bases) -> blocks.View:
    return blocks.modal(Callback.MESSAGE, title=texts.TITLE, blocks=prompt_blocks.stored(receipt.desk, bases=bases))


async def _tell(args: AsyncArgs, text: str) -> None:
    """An answer for this person only: below the command or button, else in a small window."""
    if args.body.get("response_url"):
        await args.respond(text, response_type="ephemeral", replace_original=False)
    else:
        view = blocks.modal(Callback.MESSAGE, title=texts.TITLE, blocks=[blocks.section(text)])
        await args.client.views_open(trigger_id=args.body["trigger_id"], view=view)


WORDS: Mapping[str, Word] = {
    "": check_in,
    "answer": check_in,
    "edit": check_in,
    "skip": _skip_waiting,
    "history": history.show,
    "away": absences.away,
    "reminders": personal.reminders,
    "pause": personal.pause,
    "resume": personal.resume,
    "zone": personal.zone,
    "country": personal.country,
    "team": personal.home_team,
    "help": _help,
}
