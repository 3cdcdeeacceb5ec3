"""`xiangwen staff`: who may answer workers for a station. Run by the operator."""

import asyncio
from datetime import datetime, timedelta

import click

from bot.cli.failures import Refusal
from bot.cli.given import with_settings
from bot.cli.who import operator
from bot.opening import opened
from bot.settings import Settings
from bot.staff.accounts import Invitation, invite, station_named, suspend
from conversations.lobby.wishes import tag_of
from storage import staff as accounts
from storage.staff import Staff


@click.group()
def staff() -> None:
    """Invite, list and suspend the staff of stations."""


@staff.command("invite")
@click.option("--station", required=True, help="Code (nine digits) or id of the township.")
@click.option("--name", default="", help="Whom the code is for; kept sealed, seen in the list.")
@click.option("--days", default=7, type=click.IntRange(1, 60), help="How long it works.")
@with_settings
def invite_staff(settings: Settings, station: str, name: str, days: int) -> None:
    """Print a one-time code; whoever sends it to the bot is staff of the station."""
    invitation = asyncio.run(_invite(settings, station, name, timedelta(days=days)))
    until = invitation.expires_at.astimezone(settings.zone)
    click.echo(f"Station: {invitation.place.name} ({invitation.place.code})")
    click.echo(f"Account: {tag_of(invitation.staff_id)}")
    click.echo(f"Send this to the bot, in a private chat: /staff {invitation.code}")
    click.echo(f"Or open: https://t.me/NAME_OF_THE_BOT?start=staff_{invitation.code}")
    click.echo(f"It works once, until {until:%Y-%m-%d %H:%M}.")


@staff.command("list")
@with_settings
def list_staff(settings: Settings) -> None:
    """List the accounts: their tag, station, state and name."""
    lines = asyncio.run(_list(settings))
    if not lines:
        click.echo("No staff yet. Invite somebody: xiangwen staff invite --station CODE")
    for line in lines:
        click.echo(line)


@staff.command("suspend")
@click.argument("account")
@with_settings
def suspend_staff(settings: Settings, account: str) -> None:
    """Take an account's rights away at once; ACCOUNT is its tag in the list."""
    asyncio.run(_suspend(settings, account))
    click.echo("Suspended. Whoever was talking to this account waits for somebody else.")


async def _invite(settings: Settings, station: str, name: str, valid: timedelta) -> Invitation:
    async with opened(settings) as parts:
        place = station_named(parts.world, station)
        if place is None:
            raise Refusal(f"--station {station}: no township has this code or id")
        now = parts.world.clock()
        return await invite(
            parts.database, place, name=name, valid=valid, actor=operator(), now=now
        )


async def _list(settings: Settings) -> list[str]:
    async with opened(settings) as parts:
        async with parts.database.reading() as reading:
            found = await accounts.everybody(reading)
        by_id = parts.world.places.by_id
        return [_line(one, by_id[one.scope_id].name, settings) for one in found]


def _line(one: Staff, place: str, settings: Settings) -> str:
    since: datetime = one.suspended_at or one.created_at
    when = f"{since.astimezone(settings.zone):%Y-%m-%d}"
    return "  ".join(part for part in (tag_of(one.id), place, one.state, when, one.name) if part)


async def _suspend(settings: Settings, account: str) -> None:
    async with opened(settings) as parts:
        async with parts.database.reading() as reading:
            found = await accounts.everybody(reading)
        one = next((one for one in found if tag_of(one.id) == account), None)
        if one is None:
            raise Refusal(f"{account}: no account has this tag; see xiangwen staff list")
        now = parts.world.clock()
        if not await suspend(parts.database, parts.world, one.id, operator(), now):
            raise Refusal(f"{account}: the account was suspended before")
