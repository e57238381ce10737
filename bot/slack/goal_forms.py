"""Adding and editing goals one by one: `/goals add`, `/goals edit WORDS` and the buttons that do the same."""

from slack_bolt.async_app import AsyncApp
from slack_bolt.kwargs_injection.async_args import AsyncArgs

from bot.context import Context
from bot.slack import goal_detail, goal_form_blocks, team_sync
from bot.slack.blocks import Values
from bot.slack.goal_form_blocks import owner_in, period_in, why_in
from bot.slack.ids import Action, Callback, unpack
from bot.slack.listening import actor, listener, message_view
from bot.texts import goal_forms as texts
from checkins import goal_form, smart
from checkins.goal_draft import GoalDraft
from checkins.goal_form import GoalForm
from checkins.model import Person

SLACK = "slack"


def register(app: AsyncApp, context: Context) -> None:
    app.action(Action.GOAL_ADD)(listener(context, add_clicked))
    app.action(Action.GOAL_EDIT)(listener(context, edit_clicked))
    app.action(Action.GOAL_PERIOD)(listener(context, period_chosen))
    app.options(Action.GOAL_SUPPORTS)(listener(context, suggest))
    app.view(Callback.GOAL)(listener(context, sent))


async def add(context: Context, args: AsyncArgs, text: str) -> None:
    """The word `goals add`. text: the title to begin with."""
    await _open(context, args, await actor(context, args), None, title=text)


async def edit(context: Context, args: AsyncArgs, text: str) -> None:
    """The word `goals edit`. text: words of a title; where they fit several goals, those are offered."""
    person = await actor(context, args)
    found = await context.run(goal_form.editable, context.store, actor=person.id, words=text)
    if len(found) == 1 and text:
        await _open(context, args, person, found[0].id)
    else:
        offered = goal_form_blocks.choice(found)
        await args.respond(text=texts.WHICH, blocks=offered, response_type="ephemeral")


async def add_clicked(context: Context, args: AsyncArgs) -> None:
    await args.ack()
    await _open(context, args, await actor(context, args), None)


async def edit_clicked(context: Context, args: AsyncArgs) -> None:
    """A button, or a choice from the list of goals."""
    await args.ack()
    chosen = args.payload.get("selected_option") or args.payload
    await _open(context, args, await actor(context, args), chosen["value"])


async def _open(context: Context, args: AsyncArgs, person: Person, goal: str | None, *, title: str = "") -> None:
    view = goal_form_blocks.form(await _state(context, person, goal), title=title)
    how = args.client.views_push if args.body.get("view", {}).get("type") == "modal" else args.client.views_open
    await how(trigger_id=args.body["trigger_id"], view=view)


async def _state(context: Context, person: Person, goal: str | None) -> GoalForm:
    now = context.clock.now()
    return await context.run(goal_form.form, context.store, actor=person.id, goal=goal, platform=SLACK, now=now)


async def period_chosen(context: Context, args: AsyncArgs) -> None:
    """The form shows the days of free dates only. Slack keeps what was typed into the other fields."""
    await args.ack()
    person, view = await actor(context, args), args.body["view"]
    (goal,) = unpack(view["private_metadata"], "goal")
    state = await _state(context, person, goal or None)
    shown = goal_form_blocks.form(state, period=period_in(view["state"]["values"]))
    await args.client.views_update(view_id=view["id"], view=shown)


async def suggest(context: Context, args: AsyncArgs) -> None:
    """What the goal can support and fits the words typed so far."""
    (goal,) = unpack(args.body["view"]["private_metadata"], "goal")
    goals = await context.run(goal_form.supportable, context.store, goal=goal or None)
    groups = goal_form_blocks.goal_groups(goals, str(args.payload["value"]))
    await (args.ack(option_groups=groups) if groups else args.ack(options=[]))


async def sent(context: Context, args: AsyncArgs) -> None:
    """Stored before it is acknowledged, so that a problem is said at its field; then what would make it stronger."""
    person, view = await actor(context, args), args.body["view"]
    (goal,) = unpack(view["private_metadata"], "goal")
    values: Values = view["state"]["values"]
    draft, store, now = await _draft(context, args, values), context.store, context.clock.now()
    if goal:
        said, slack = why_in(values), SLACK
        kept = await context.run(
            goal_form.edit_goal, store, actor=person.id, goal=goal, draft=draft, why=said, platform=slack, now=now
        )
    else:
        kept = await context.run(goal_form.add_goal, store, actor=person.id, draft=draft, now=now)
    lacking = smart.lacking(kept)
    note = message_view(texts.stored(lacking), texts.GOAL)
    await (args.ack(response_action="update", view=note) if lacking else args.ack())
    if below := view.get("previous_view_id"):
        await goal_detail.redraw(context, args, person, kept.id, view=below)


async def _draft(context: Context, args: AsyncArgs, values: Values) -> GoalDraft:
    owner = await team_sync.look_up(context, args.client, owner_in(values))
    return goal_form_blocks.draft(values, owner=owner[0] if owner else None)
