"""The review of goals at the end of their period: `/goals review [TEAM]`, and the buttons that open it."""

from slack_bolt.async_app import AsyncApp
from slack_bolt.kwargs_injection.async_args import AsyncArgs

from bot.context import Context
from bot.escaping import escape
from bot.slack import goal_review_blocks
from bot.slack.blocks import Values, View
from bot.slack.goals import today_of
from bot.slack.ids import Action, Callback
from bot.slack.listening import actor, listener
from bot.texts import goal_review as texts
from checkins import goal_review
from checkins.goal_review import Waiting
from checkins.model import Person


def register(app: AsyncApp, context: Context) -> None:
    app.action(Action.GOAL_REVIEW)(listener(context, opened))
    app.view(Callback.GOAL_REVIEW)(listener(context, sent))


async def show(context: Context, args: AsyncArgs, text: str) -> None:
    """The word `goals review`. text: a team's name; where only one team has goals to review, its form opens."""
    person = await actor(context, args)
    every = await waiting(context, person)
    meant = [each for each in every if _is_named(each, text)] if text else every
    if len(meant) == 1:
        view = await _form(context, person, meant[0].id, after="")
        await args.client.views_open(trigger_id=args.body["trigger_id"], view=view)
    elif meant:
        shown = goal_review_blocks.listing(meant, command=context.settings.goals_command)
        await args.respond(text=texts.LIST, blocks=shown, response_type="ephemeral")
    else:
        await args.respond(_nothing(every, text, context.settings.goals_command), response_type="ephemeral")


async def waiting(context: Context, person: Person) -> list[Waiting]:
    """The teams whose goals the person can review now."""
    today = today_of(context, person)
    return await context.run(goal_review.due, context.store, actor=person.id, today=today)


def _is_named(waiting: Waiting, text: str) -> bool:
    wanted, team = text.strip().casefold(), waiting.team
    return team is not None and wanted in (team.id.casefold(), team.name.casefold())


def _nothing(every: list[Waiting], text: str, command: str) -> str:
    teams = [escape(goal_review_blocks.name_of(each.team)) for each in every]
    return texts.nothing_of(escape(text), teams, command) if text else texts.NOTHING


async def opened(context: Context, args: AsyncArgs) -> None:
    """A team's button, or the one that goes on to its next goals."""
    await args.ack()
    person = await actor(context, args)
    team, after = goal_review_blocks.opened(args.payload["value"])
    view = await _form(context, person, team, after=after)
    shown = args.body.get("view", {})
    if shown.get("type") == "modal":
        await args.client.views_update(view_id=shown["id"], view=view)
    else:
        await args.client.views_open(trigger_id=args.body["trigger_id"], view=view)


async def _form(context: Context, person: Person, team: str, *, after: str) -> View:
    page, today = goal_review_blocks.PAGE, today_of(context, person)
    review = await context.run(
        goal_review.of_team, context.store, actor=person.id, team=team, after=after, most=page, today=today
    )
    return goal_review_blocks.form(review)


async def sent(context: Context, args: AsyncArgs) -> None:
    """Stored before it is acknowledged, so that a problem is said at its field."""
    person, view = await actor(context, args), args.body["view"]
    values: Values = view["state"]["values"]
    team, last = goal_review_blocks.reviewed(view["private_metadata"])
    chosen, why = goal_review_blocks.decisions(values), goal_review_blocks.why_in(values)
    settled = await context.run(
        goal_review.settle,
        context.store,
        actor=person.id,
        team=team,
        decisions=chosen,
        why=why,
        now=context.clock.now(),
    )
    result = goal_review_blocks.result(settled, last=last, command=context.settings.goals_command)
    await args.ack(response_action="update", view=result)
