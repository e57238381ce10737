"""The play: the clock goes from one due instant to the next, and what falls due happens before it goes on."""

import asyncio
from datetime import datetime, time, timedelta

from bot import jobs
from bot.app import Bot
from bot.demo.colleagues import Colleagues
from bot.demo.company import FIRST_WEEK, Company
from bot.demo.names import MAIN
from bot.sandbox.sandbox import Sandbox
from checkins import publishing, rounds, setup
from checkins.agenda import Agenda, agenda
from checkins.cadence import instant, local_date
from checkins.errors import TruelineError
from checkins.model import Cadence, PromptState
from checkins.ports import Store

ASKING_DAY, ASKING_TIME = 0, time(9, 30)
DIGEST_DAY, DIGEST_TIME = 3, time(10, 0)
MORNING = time(9, 45)  # when the prompts of the day have come
LONGEST_WAIT = timedelta(days=15)  # for a digest
MOST_AT_ONCE = 10_000  # things that happen at one instant; more is a fault
POLL = 0.001  # seconds

START = instant(FIRST_WEEK.monday - timedelta(days=3), time(15), MAIN.zone)


class Play:
    """A company at work with the bot in its workspace. The bot's jobs run only when the play says so."""

    def __init__(self, *, bot: Bot, sandbox: Sandbox, company: Company) -> None:
        self.bot = bot
        self.sandbox = sandbox
        self.company = company
        self._context = bot.context
        self._colleagues = Colleagues(sandbox, company)
        self._turn = asyncio.Lock()

    @property
    def now(self) -> datetime:
        return self._context.clock.now()

    async def answers(self) -> tuple[int, int]:
        """How many have answered the newest check-in, and how many were asked."""
        return await self._context.run(_answers, self._context.store)

    async def set_up(self, *, digest_channel: str) -> None:
        """What the admin chose before the first Monday: when people are asked, and where the digest goes."""
        admin = self.company.admin.id
        await self._context.run(
            rounds.set_schedule,
            self._context.store,
            actor=admin,
            weekday=ASKING_DAY,
            at=ASKING_TIME,
            cadence=Cadence.WEEKLY,
            reminders=1,
            now=self.now,
        )
        await self._context.run(
            setup.choose_digest,
            self._context.store,
            actor=admin,
            channel=digest_channel,
            weekday=DIGEST_DAY,
            at=DIGEST_TIME,
            zone=MAIN.zone,
            now=self.now,
        )
        await self.catch_up()

    async def until(self, moment: datetime) -> None:
        """Everything up to an instant, and at it."""
        async with self._turn:
            due = await self._happen()
            while due and due <= moment:
                due = await self._go_on_to(due)
            await self._go_on_to(moment)

    async def day(self) -> None:
        """On to the next working day's morning in the main zone."""
        day = local_date(self.now, MAIN.zone) + timedelta(days=1)
        while day.weekday() > 4:
            day += timedelta(days=1)
        await self.until(instant(day, MORNING, MAIN.zone))

    async def until_check_in(self) -> None:
        """On to the next morning of a check-in: everybody in the main zone has been asked, few have answered."""
        await self.day()
        while local_date(self.now, MAIN.zone).weekday() != ASKING_DAY:
            await self.day()

    async def until_digest(self) -> str:
        """On until the next digest stands in its channel; returns its week.

        Raises TruelineError when none comes within two weeks.
        """
        async with self._turn:
            due = await self._happen()
            before, limit = await self._published(), self.now + LONGEST_WAIT
            while (published := await self._published()) in (None, before):
                if due is None or due > limit:
                    raise TruelineError("No digest is due: `/align` shows what is missing.")
                due = await self._go_on_to(due)
            return str(published)

    async def catch_up(self) -> None:
        """Everything that is due now; the clock stays."""
        async with self._turn:
            await self._happen()

    async def deliver_when_woken(self) -> None:
        """Send at once what visitors cause, as long as no step of the play is under way."""
        while True:
            await self.bot.woken.wait()
            self.bot.woken.clear()
            await self.catch_up()

    async def _published(self) -> str | None:
        return await self._context.run(publishing.latest_week, self._context.store)

    async def _go_on_to(self, moment: datetime) -> datetime | None:
        self._context.clock.advance_to(max(moment, self.now))
        return await self._happen()

    async def _happen(self) -> datetime | None:
        """Jobs, messages and colleagues until nothing is due and nobody is at work; returns when the next thing is."""
        for _ in range(MOST_AT_ONCE):
            await self._quiet()
            self._colleagues.look()
            due, act = await self._context.run(agenda, self._context.store), self._colleagues.next_act
            coming = min((moment for moment in (due.next, act) if moment), default=None)
            if coming is None or coming > self.now:
                return coming
            await self._one_thing(due)
        raise RuntimeError(f"Things keep falling due at {self.now}.")

    async def _one_thing(self, due: Agenda) -> None:
        context, now = self._context, self.now
        if due.rounds and due.rounds <= now:
            for job in (jobs.open_rounds, jobs.remind, jobs.close_rounds):
                await job(context)
        elif due.messages and due.messages <= now:
            await jobs.send(context, self.bot.messenger)
        elif due.digest and due.digest <= now:
            for digest_job in (jobs.make_digest, jobs.renew_digest):
                await digest_job(context, self.bot.analyst)
        else:
            await self._colleagues.act(now)

    async def _quiet(self) -> None:
        """Wait until no event is under way and no listener runs."""
        await self.sandbox.delivered()
        while self._context.activity.running or self.sandbox.dispatcher.under_way:  # noqa: ASYNC110
            await asyncio.sleep(POLL)


def _answers(store: Store) -> tuple[int, int]:
    with store.snapshot() as tx:
        newest = [round_ for schedule in tx.rounds.schedules() if (round_ := tx.rounds.latest(schedule.id))]
        states = [prompt.state for round_ in newest for prompt in tx.rounds.prompts(round_.id)]
        return states.count(PromptState.ANSWERED), len(states)
