"""`xiangwen reminders`: one round at a given time, for operators and tests."""

import asyncio
from collections import Counter
from datetime import datetime, timedelta

import click

from bot.cli.failures import Refusal
from bot.cli.given import with_settings
from bot.opening import opened, telegram_settings
from bot.reminding.sender import Reminding
from bot.settings import Settings
from bot.telegram.channel import TelegramChannel
from bot.telegram.wording import read_wording

_GRACE = timedelta(seconds=10)


@click.group()
def reminders() -> None:
    """Send the yearly reminders that are due."""


@reminders.command()
@click.option(
    "--at", "moment", help="As if it were this time, ISO: 2027-11-24T10:00 (default: now)."
)
@with_settings
def run(settings: Settings, moment: str | None) -> None:
    """Do one round and say what became of each reminder that was due."""
    now = _moment(moment, settings)
    counts = asyncio.run(_round(settings, now))
    if not counts:
        click.echo(f"No reminder was due at {now.isoformat(timespec='minutes')}.")
    for state, count in sorted(counts.items()):
        click.echo(f"{state}: {count}")


def _moment(moment: str | None, settings: Settings) -> datetime:
    """Return the instant; a time without a zone is that of the stations."""
    if moment is None:
        return datetime.now(settings.zone)
    try:
        read = datetime.fromisoformat(moment)
    except ValueError:
        raise Refusal(f"--at {moment!r} is no time; write it as 2027-11-24T10:00") from None
    return read if read.tzinfo else read.replace(tzinfo=settings.zone)


async def _round(settings: Settings, now: datetime) -> Counter[str]:
    wanted = telegram_settings(settings)
    if wanted is None:
        raise Refusal("telegram.token: there is none, so nobody can be reminded. Set the token.")
    async with opened(settings, lambda: now) as parts:
        channel = TelegramChannel(wanted, parts.turns, read_wording(parts.world.texts))
        await channel.start()
        try:
            rate = settings.reminders.per_second
            return await Reminding(parts.database, parts.world, channel.prompt, rate).round()
        finally:
            await channel.stop(_GRACE)
