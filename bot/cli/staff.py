"""`xiangwen staff`: who works with this program, and for where. Run by the operator."""

import asyncio
from datetime import date, datetime, timedelta
from typing import get_args

import click

from bot.cli.console import console_staff
from bot.cli.failures import Refusal
from bot.cli.given import with_settings
from bot.cli.standing_in import deputy_staff
from bot.cli.who import account_tagged, operator
from bot.opening import Opened, opened
from bot.settings import Settings
from bot.staff.accounts import (
    Invitation,
    code_for_device,
    drop_device,
    invite,
    place_of,
    resume_in,
    suspend,
)
from bot.telegram.introduction import name_of_bot
from conversations.lobby.wishes import tag_of
from storage import staff as accounts
from storage.staff import Role, Staff

_WHOLE: tuple[Role, ...] = ("province", "operator", "auditor")
_days = click.option("--days", default=7, type=click.IntRange(1, 60), help="How long it works.")


@click.group()
def staff() -> None:
    """Invite, list and suspend the staff of stations, counties, cities and the province."""


staff.add_command(deputy_staff)
staff.add_command(console_staff)


@staff.command("invite")
@click.option("--role", default="station", type=click.Choice(get_args(Role)), show_default=True)
@click.option(
    "--scope",
    "--station",
    default="",
    help="Code or id of the township, county or city; nothing for the whole province.",
)
@click.option("--name", default="", help="Whom the code is for; kept sealed, seen in the list.")
@_days
@with_settings
def invite_staff(settings: Settings, role: Role, scope: str, name: str, days: int) -> None:
    """Print a one-time code; whoever sends it to the bot is staff of the place."""
    invitation, bot = asyncio.run(_invite(settings, role, scope, name, timedelta(days=days)))
    place = invitation.place
    where = f"{place.name} ({place.code})" if place else "the whole province"
    click.echo(f"{role.capitalize()}: {where}")
    click.echo(f"Account: {tag_of(invitation.staff_id)}")
    _print_code(settings, invitation.code, invitation.expires_at, bot)


@staff.command("list")
@with_settings
def list_staff(settings: Settings) -> None:
    """List the accounts: their tag, role, place, state, last use and name."""
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


@staff.command("resume")
@click.argument("account")
@_days
@with_settings
def resume_staff(settings: Settings, account: str, days: int) -> None:
    """Print a code with which a suspended ACCOUNT is joined again; old devices stay out."""
    code, until, bot = asyncio.run(_resume(settings, account, timedelta(days=days)))
    _print_code(settings, code, until, bot)


@staff.command("devices")
@click.argument("account")
@click.option("--drop", default="", metavar="TAG", help="Take this device away.")
@click.option("--add", is_flag=True, help="Print a one-time code for one more device.")
@_days
@with_settings
def staff_devices(settings: Settings, account: str, drop: str, *, add: bool, days: int) -> None:
    """List the devices of an ACCOUNT: the tag of the chat, and since when."""
    for line in asyncio.run(_devices(settings, account, drop)):
        click.echo(line)
    if add:
        code, until, bot = asyncio.run(_add_device(settings, account, timedelta(days=days)))
        _print_code(settings, code, until, bot)


def _print_code(settings: Settings, code: str, expires_at: datetime, bot: str) -> None:
    click.echo(f"Send this to the bot, in a private chat: /staff {code}")
    click.echo(f"Or open: https://t.me/{bot}?start=staff_{code}")
    click.echo(f"It works once, until {expires_at.astimezone(settings.zone):%Y-%m-%d %H:%M}.")


async def _invite(
    settings: Settings, role: Role, scope: str, name: str, valid: timedelta
) -> tuple[Invitation, str]:
    async with opened(settings) as parts:
        place = place_of(parts.world.places, scope, role) if scope else None
        if scope and (place is None or role == "province"):
            raise Refusal(f"--scope {scope}: no {role} has this code or id")
        if place is None and role not in _WHOLE:
            raise Refusal(f"--scope: a {role} needs the code of its place")
        now = parts.world.clock()
        made = await invite(
            parts.database, place, name=name, valid=valid, actor=operator(), now=now, role=role
        )
    return made, await name_of_bot(settings.telegram)


async def _list(settings: Settings) -> list[str]:
    async with opened(settings) as parts:
        async with parts.database.reading() as reading:
            found = await accounts.everybody(reading)
        return [_line(one, parts, settings) for one in found]


def _line(one: Staff, parts: Opened, settings: Settings) -> str:
    since: datetime = one.suspended_at or one.created_at
    when: date | str = one.seen_on or since.astimezone(settings.zone).date()
    place = parts.world.places.by_id.get(one.scope_id)
    where = place.name if place else "province"
    words = (tag_of(one.id), one.role, where, one.state, str(when), one.name)
    return "  ".join(word for word in words if word)


async def _suspend(settings: Settings, account: str) -> None:
    async with opened(settings) as parts:
        async with parts.database.reading() as reading:
            one = await account_tagged(reading, account)
        now = parts.world.clock()
        if not await suspend(parts.database, parts.world, one.id, operator(), now):
            raise Refusal(f"{account}: the account was suspended before")


async def _resume(settings: Settings, account: str, valid: timedelta) -> tuple[str, datetime, str]:
    async with opened(settings) as parts, parts.database.transaction() as tx:
        one = await account_tagged(tx, account)
        made = await resume_in(tx, one.id, valid, operator(), parts.world.clock())
        if made is None:
            raise Refusal(f"{account}: the account is not suspended")
    return (*made, await name_of_bot(settings.telegram))


async def _devices(settings: Settings, account: str, drop: str) -> list[str]:
    async with opened(settings) as parts, parts.database.transaction() as tx:
        one = await account_tagged(tx, account)
        found = await accounts.devices(tx, one.id)
        gone = next((device for device in found if tag_of(device.chat_id) == drop), None)
        if drop and gone is None:
            raise Refusal(f"--drop {drop}: no device of this account has this tag")
        if gone is not None:
            device, now = (one.id, gone.chat_id), parts.world.clock()
            await drop_device(tx, parts.world, device, operator(), now)
    left = [device for device in found if device is not gone]
    return [_device(device, settings) for device in left] or ["No devices."]


def _device(device: accounts.Device, settings: Settings) -> str:
    since = device.since.astimezone(settings.zone).date() if device.since else "long ago"
    return f"{tag_of(device.chat_id)}  {device.channel}  since {since}"


async def _add_device(
    settings: Settings, account: str, valid: timedelta
) -> tuple[str, datetime, str]:
    async with opened(settings) as parts, parts.database.transaction() as tx:
        one = await account_tagged(tx, account)
        if one.state == "suspended":
            raise Refusal(f"{account}: the account is suspended; see xiangwen staff resume")
        made = await code_for_device(tx, one.id, valid, operator(), parts.world.clock())
    return (*made, await name_of_bot(settings.telegram))
