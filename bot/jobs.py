"""What happens by itself: each job asks for what is due, does it, and can be run at any time, twice or late."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from datetime import timedelta

import structlog
from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_MISSED, JobExecutionEvent
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.analyst import Analyst
from bot.context import Context
from bot.delivery import Messenger, pump
from checkins import (
    publishing,
    reminding,
    renewing,
    retention,
    review_reminders,
    rounds,
    stale_goals,
    watchdog,
)
from checkins.publishing import Built

EVERY_MINUTE = timedelta(minutes=1)
EVERY_FEW_SECONDS = timedelta(seconds=3)

Job = Callable[[], Awaitable[None]]

log = structlog.get_logger()


async def open_rounds(context: Context) -> None:
    done = await context.run(rounds.open_due_rounds, context.store, now=context.clock.now())
    if done.rounds:
        log.info("rounds_opened", rounds=done.rounds, prompts=done.prompts)
    if done.too_late:
        log.warning("prompts_too_late", prompts=done.too_late)


async def remind(context: Context) -> None:
    await context.run(reminding.remind_due, context.store, now=context.clock.now())


async def close_rounds(context: Context) -> None:
    await context.run(rounds.close_due_rounds, context.store, now=context.clock.now())


async def watch(context: Context) -> None:
    silent = await context.run(watchdog.warn_of_silence, context.store, now=context.clock.now())
    if silent:
        log.error("nobody_was_asked", rounds=silent)


async def forget(context: Context) -> None:
    months = context.settings.retention_months
    done = await context.run(retention.forget_old, context.store, months=months, now=context.clock.now())
    if done:
        log.info("texts_forgotten", answers=done)


async def tend_goals(context: Context) -> None:
    done = await context.run(stale_goals.tend, context.store, now=context.clock.now())
    if done.reminded or done.paused:
        log.info("goals_tended", reminded=done.reminded, paused=done.paused)


async def remind_of_reviews(context: Context) -> None:
    await context.run(review_reminders.remind, context.store, now=context.clock.now())


async def make_digest(context: Context, analyst: Analyst) -> None:
    now = context.clock.now()
    week = await context.run(publishing.due_digest, context.store, now=now)
    if week:
        built = await _built(context, analyst, week)
        await context.run(publishing.keep, context.store, built, now=now)
        log.info("digest_built", week=week)


async def renew_digest(context: Context, analyst: Analyst) -> None:
    now = context.clock.now()
    week = await context.run(renewing.due, context.store, now=now)
    if week:
        built = await _built(context, analyst, week)
        changed = await context.run(renewing.renew, context.store, built, now=now)
        log.info("digest_built_anew", week=week, changed=changed)


async def _built(context: Context, analyst: Analyst, week: str) -> Built:
    return await analyst.build(workspace=context.store.workspace, week=week)


async def send(context: Context, messenger: Messenger) -> None:
    await pump(context, messenger)


async def send_when_woken(context: Context, messenger: Messenger, woken: asyncio.Event) -> None:
    """Empty the outbox each time somebody or the scheduler says so; one sender at a time."""
    while True:
        await woken.wait()
        woken.clear()
        try:
            await send(context, messenger)
        except Exception:  # the border of jobs: the next wake-up tries again
            log.exception("sending_broke")


def start(context: Context, *, analyst: Analyst, woken: asyncio.Event, daily: Iterable[Job] = ()) -> AsyncIOScheduler:
    """Run every job from now on; the scheduler only wakes them, what is due stands in the database.

    daily: further jobs, first run in a day.
    """
    scheduler = AsyncIOScheduler(
        timezone="UTC",
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
    scheduler.add_listener(_report, EVENT_JOB_ERROR | EVENT_JOB_MISSED)

    async def wake() -> None:
        woken.set()

    scheduler.add_job(wake, "interval", seconds=EVERY_FEW_SECONDS.total_seconds())
    for job in (open_rounds, remind, close_rounds, watch):
        scheduler.add_job(job, "interval", [context], seconds=EVERY_MINUTE.total_seconds())
    # The first time soon: a bot that is restarted every day has to do this as well
    soon = context.clock.now() + EVERY_MINUTE
    for day_job in (forget, tend_goals, remind_of_reviews):
        scheduler.add_job(day_job, "interval", [context], days=1, next_run_time=soon)
    for digest_job in (make_digest, renew_digest):
        scheduler.add_job(digest_job, "interval", [context, analyst], seconds=EVERY_MINUTE.total_seconds())
    for each in daily:
        scheduler.add_job(each, "interval", days=1)
    scheduler.start()
    return scheduler


def _report(event: JobExecutionEvent) -> None:
    log.error("job_failed_or_missed", job=event.job_id, error=repr(event.exception))
