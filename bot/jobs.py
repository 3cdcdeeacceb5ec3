"""A handful of jobs that look at tables; nobody has a timer of their own."""

import logging
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.ahead import plan_ahead, plan_begun
from bot.channel import Address
from bot.exporting.jobs import work_off as make_exports
from bot.exporting.making import Workshop
from bot.housekeeping import purge
from bot.messages import Message
from bot.opening import Opened
from bot.platform.working import work_off as work_answers_off
from bot.progress.folding import fold_all
from bot.progress.sending import send_due
from bot.reminding.sender import Reminding
from bot.rosters.working import work_off as work_rosters_off
from bot.staff.followups_running import plan_all
from bot.statistics.making import keep_up
from bot.telegram.channel import TelegramChannel
from bot.telegram.outcomes import Delivery, RetryAt
from storage.errors import StorageError

_PURGE_EVERY: Final = timedelta(hours=6)
_FIRST_PURGE: Final = timedelta(minutes=1)
_EXPORT_EVERY: Final = timedelta(seconds=5)
_PLAN_EVERY: Final = timedelta(seconds=15)
_WORK_EVERY: Final = timedelta(seconds=2)
_FOLD_EVERY: Final = timedelta(seconds=15)
_BULLETIN_EVERY: Final = timedelta(minutes=1)
# At night, when nobody is prompted and few people write.
_AHEAD_AT: Final = 2
_FIRST_AHEAD: Final = timedelta(minutes=5)
# The tables are counted once an hour; looking oftener closes a month soon after its turn.
_COUNT_EVERY: Final = timedelta(minutes=10)
_FIRST_COUNT: Final = timedelta(minutes=2)
_ONCE: Final = {"max_instances": 1, "coalesce": True, "misfire_grace_time": 60}
_log = logging.getLogger(__name__)

Work = Callable[[], Awaitable[object]]


@contextmanager
def running(parts: Opened, channel: TelegramChannel | None) -> Iterator[None]:
    """Run the jobs as long as the block lasts."""
    scheduler = AsyncIOScheduler(timezone=parts.settings.zone)
    database, world = parts.database, parts.world
    now = world.clock()
    rate, every = parts.settings.reminders.per_second, parts.settings.reminders.every
    if channel is not None:
        reminding = Reminding(database, world, channel.prompt, rate, is_busy=channel.is_busy)
    else:
        reminding = Reminding(database, world, _without_channel, rate)
    scheduler.add_job(_patient("prompts", reminding.round), "interval", seconds=every, **_ONCE)
    follow_ups = _patient("follow-ups", lambda: plan_all(database, world, world.clock()))
    scheduler.add_job(follow_ups, "interval", seconds=_PLAN_EVERY.total_seconds(), **_ONCE)
    rosters = _patient("rosters", lambda: work_rosters_off(database, world))
    scheduler.add_job(rosters, "interval", seconds=_WORK_EVERY.total_seconds(), **_ONCE)
    answers = _patient("answers", lambda: work_answers_off(database, world))
    scheduler.add_job(answers, "interval", seconds=_WORK_EVERY.total_seconds(), **_ONCE)
    ahead = _patient("planning", lambda: plan_ahead(database, world, world.clock()))
    first = now + _FIRST_AHEAD
    scheduler.add_job(ahead, "cron", hour=_AHEAD_AT, next_run_time=first, **_ONCE)
    exporting = _patient("exports", partial(make_exports, _workshop(parts)))
    scheduler.add_job(exporting, "interval", seconds=_EXPORT_EVERY.total_seconds(), **_ONCE)
    begun = _patient("yearly waves", lambda: plan_begun(database, world, world.clock()))
    scheduler.add_job(begun, "interval", seconds=_PLAN_EVERY.total_seconds(), **_ONCE)
    house = _patient("housekeeping", lambda: purge(database, world.clock()))
    seconds, soon = _PURGE_EVERY.total_seconds(), now + _FIRST_PURGE
    scheduler.add_job(house, "interval", seconds=seconds, next_run_time=soon, **_ONCE)
    _count_progress(scheduler, parts, channel)
    tables = _patient("statistics", lambda: keep_up(database, world))
    seconds, soon = _COUNT_EVERY.total_seconds(), now + _FIRST_COUNT
    scheduler.add_job(tables, "interval", seconds=seconds, next_run_time=soon, **_ONCE)
    scheduler.start()
    try:
        yield
    finally:
        scheduler.shutdown(wait=False)


def _workshop(parts: Opened) -> Workshop:
    section = parts.settings.export
    kept = timedelta(days=section.kept_days)
    zone, clock = parts.settings.zone, parts.world.clock
    return Workshop(parts.database, zone, kept, section.row_limit, clock)


def _count_progress(
    scheduler: AsyncIOScheduler, parts: Opened, channel: TelegramChannel | None
) -> None:
    """Fold the counts of progress, and send the bulletin to those who wish it."""
    database, world = parts.database, parts.world
    fold = _patient("folding", lambda: fold_all(database, world))
    scheduler.add_job(fold, "interval", seconds=_FOLD_EVERY.total_seconds(), **_ONCE)
    if channel is not None:
        send = channel.send_picture
        told = _patient("bulletins", lambda: send_due(database, world, send))
        scheduler.add_job(told, "interval", seconds=_BULLETIN_EVERY.total_seconds(), **_ONCE)


async def _without_channel(_address: Address, _message: Message) -> Delivery:
    """Take nothing: where only the page runs, people go on the call list by the rules."""
    return RetryAt(datetime.now(UTC) + timedelta(hours=1))


def _patient(what: str, work: Work) -> Callable[[], Awaitable[None]]:
    """Return work that waits for its next turn when the database does not answer."""

    async def patient() -> None:
        try:
            await work()
        except StorageError as error:
            kind = type(error).__name__
            _log.warning("a job waits for the database", extra={"job": what, "error": kind})

    return patient
