"""The checklist follows what was done behind its buttons."""

from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_bolt.kwargs_injection.async_args import AsyncArgs

from bot.context import Context
from bot.slack import home, setup_blocks
from bot.slack.listening import actor
from bot.texts import setup as texts
from checkins import setup
from checkins.model import Person


class Checklists:
    """Remembers how to replace the checklist in which each person clicked last."""

    def __init__(self) -> None:
        self._shown: dict[str, AsyncRespond] = {}

    async def clicked(self, context: Context, args: AsyncArgs) -> Person:
        """Who clicked; a checklist in a message is remembered, one in App Home is drawn anew anyway."""
        person = await actor(context, args)
        self._shown.pop(person.id, None)
        if args.body.get("response_url") and setup_blocks.is_checklist(args.payload["block_id"]):
            self._shown[person.id] = args.respond
        return person

    async def refresh(self, context: Context, args: AsyncArgs, person: Person) -> None:
        await home.refresh(context, args.client, person=person, user=args.context.user_id or "")
        respond = self._shown.pop(person.id, None)
        if respond:
            state = await context.run(setup.checklist, context.store, actor=person.id)
            shown = setup_blocks.checklist(state)
            await respond(text=texts.TITLE, blocks=shown, response_type="ephemeral", replace_original=True)
