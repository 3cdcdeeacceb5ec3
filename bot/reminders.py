"""`xiangwen reminders`: rounds, pauses, how it stands, and why somebody heard something or not."""

import asyncio
from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta

import click

from bot.cli.failures import Refusal
from bot.cli.given import with_settings
from bot.cli.planning import plan
from bot.cli.who import operator
from bot.opening import Opened, opened, telegram_settings
from bot.reminding.sender import Reminding
from bot.render.ledger import ledger_lines
from bot.settings import Settings
from bot.telegram.channel import TelegramChannel
from bot.telegram.wording import read_wording
from storage import audits, reminders, reports, switches
from storage.ids import tidy_code
from storage.reminder_rows import State
from storage.switches import Pause

_GRACE = timedelta(seconds=10)


@click.group("reminders")
def reminders_group() -> None:
    """Prompts that are due: send, pause, explain."""


@reminders_group.command()
@click.option(
    "--at", "moment", help="As if it were this time, ISO: 2027-11-24T10:00 (default: now)."
)
@with_settings
def run(settings: Settings, moment: str | None) -> None:
    """Do one round and say what became of each prompt that was due."""
    now = _moment(moment, settings)
    counts, pause = asyncio.run(_round(settings, now))
    if pause is not None:
        click.echo(_paused(pause, settings))
    elif not counts:
        click.echo(f"No prompt was due at {now.isoformat(timespec='minutes')}.")
    for state, count in sorted(counts.items()):
        click.echo(f"{state}: {count}")


@reminders_group.command()
@click.option("--reason", required=True, help="Why; kept with who and when.")
@with_settings
def pause(settings: Settings, reason: str) -> None:
    """Let no prompt go out until `resume`; replies to people go on."""
    asyncio.run(_switch(settings, is_on=False, reason=reason))
    click.echo("Paused: nothing goes out unasked. Go on with: xiangwen reminders resume")


@reminders_group.command()
@click.option("--reason", default="", help="What was mended; kept with who and when.")
@with_settings
def resume(settings: Settings, reason: str) -> None:
    """Let prompts go out again; what is past its time meanwhile is not sent."""
    asyncio.run(_switch(settings, is_on=True, reason=reason))
    click.echo("Prompts go out again with the next round.")


@reminders_group.command()
@with_settings
def status(settings: Settings) -> None:
    """Say how many rows are in which state and why, and whether anything is paused."""
    standing, found, due = asyncio.run(_status(settings))
    click.echo("Prompts go out." if standing is None else _paused(standing, settings))
    click.echo("Next: " + (f"{due.astimezone(settings.zone):%Y-%m-%d %H:%M}" if due else "none"))
    for (state, reason), count in sorted(found.items()):
        click.echo(f"{state:<9} {count:>9}  {reason}".rstrip())


@reminders_group.command()
@click.option("--reference", required=True, help="Receipt number of the person.")
@with_settings
def why(settings: Settings, reference: str) -> None:
    """Say in words what somebody was sent and was not, and why."""
    lines = asyncio.run(_why(settings, reference))
    for line in lines or ["Nothing was ever planned for this person."]:
        click.echo(line)


reminders_group.add_command(plan)


def _moment(moment: str | None, settings: Settings) -> datetime:
    """Return the instant; a time without a zone is that of the stations."""
    if moment is None:
        return datetime.now(settings.zone)
    try:
        read = datetime.fromisoformat(moment)
    except ValueError:
        raise Refusal(f"--at {moment!r} is no time; write it as 2027-11-24T10:00") from None
    return read if read.tzinfo else read.replace(tzinfo=settings.zone)


async def _round(settings: Settings, now: datetime) -> tuple[Counter[str], Pause | None]:
    wanted = telegram_settings(settings)
    if wanted is None:
        raise Refusal("telegram.token: there is none, so nobody can be reminded. Set the token.")
    async with opened(settings, lambda: now) as parts:
        channel = TelegramChannel(wanted, parts.turns, read_wording(parts.world.texts))
        await channel.start()
        try:
            rate = settings.reminders.per_second
            counts = await Reminding(parts.database, parts.world, channel.prompt, rate).round()
        finally:
            await channel.stop(_GRACE)
        async with parts.database.reading() as reading:
            return counts, await switches.pause_of(reading)


async def _switch(settings: Settings, *, is_on: bool, reason: str) -> None:
    async with opened(settings) as parts, parts.database.transaction() as tx:
        now = parts.world.clock()
        await switches.set_state(tx, is_on=is_on, by=operator(), reason=reason, now=now)


async def _status(
    settings: Settings,
) -> tuple[Pause | None, Mapping[tuple[State, str], int], datetime | None]:
    async with opened(settings) as parts, parts.database.reading() as reading:
        return (
            await switches.pause_of(reading),
            await reminders.by_state(reading),
            await reminders.next_due_at(reading),
        )


async def _why(settings: Settings, reference: str) -> list[str]:
    async with opened(settings) as parts:
        return await _ledger(parts, reference)


async def _ledger(parts: Opened, reference: str) -> list[str]:
    async with parts.database.transaction() as tx:
        person_id = await reports.person_of(tx, tidy_code(reference))
        if person_id is None:
            raise Refusal("--reference: no report has this receipt number")
        await audits.write(
            tx,
            actor=operator(),
            action="ledger.see",
            scope=f"person:{person_id}",
            now=parts.world.clock(),
        )
        rows = await reminders.of_person(tx, person_id)
    return ledger_lines(parts.world.texts, rows, parts.world.zone)


def _paused(pause: Pause, settings: Settings) -> str:
    since = f"{pause.at.astimezone(settings.zone):%Y-%m-%d %H:%M}"
    return f"Paused since {since} by {pause.by}: {pause.reason or 'no reason given'}"
