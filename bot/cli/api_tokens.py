"""`xiangwen stats tokens`: what other systems read the monthly tables with."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from typing import Final

import click

from bot.cli.failures import Refusal
from bot.cli.given import with_settings
from bot.cli.who import operator
from bot.opening import opened
from bot.settings import Settings
from bot.statistics.asking import PROVINCE_CODE, named
from bot.statistics.tokens import LONGEST_NAME, MOST_DAYS, State, state_of
from conversations.scope import PROVINCE
from storage import api_tokens, audits

_STATES: Final[Mapping[State, str]] = {
    "good": "good",
    "expired": "expired",
    "revoked": "ended",
    "maker_stopped": "ended with the account of its maker",
    "maker_left": "ended, for its maker may not do this for the place any more",
}


@click.group()
def tokens() -> None:
    """Make, list and end tokens of the interface at /api/v1."""


@tokens.command("make")
@click.option("--place", required=True, metavar="CODE", help="Whose numbers it reads; 140000.")
@click.option("--name", required=True, help="Which system it is for.")
@click.option("--days", default=90, type=click.IntRange(1, MOST_DAYS), show_default=True)
@with_settings
def make_token(settings: Settings, place: str, name: str, days: int) -> None:
    """Make a token and print it, this once."""
    if not name.strip() or len(name) > LONGEST_NAME:
        raise click.UsageError(f"--name: which system, in at most {LONGEST_NAME} characters.")
    secret = asyncio.run(_make(settings, place, name.strip(), timedelta(days=days)))
    click.echo(f"Token, shown only now: {secret}")
    click.echo("Whoever has it reads these numbers; pass it on by a safe way.")


@tokens.command("list")
@with_settings
def list_tokens(settings: Settings) -> None:
    """List the tokens: id, place, state, last day of use and name."""
    lines = asyncio.run(_list(settings))
    for line in lines or ["No tokens yet. Make one: xiangwen stats tokens make --place CODE"]:
        click.echo(line)


@tokens.command("revoke")
@click.argument("token_id", metavar="ID")
@with_settings
def revoke_token(settings: Settings, token_id: str) -> None:
    """End a token at once; ID is that of the list."""
    asyncio.run(_revoke(settings, token_id))
    click.echo("Ended. It opens nothing any more.")


async def _make(settings: Settings, place: str, name: str, span: timedelta) -> str:
    async with opened(settings) as parts:
        found = [one.id for one in parts.world.places.by_id.values() if one.code == place]
        scope_id = PROVINCE if place == PROVINCE_CODE else next(iter(found), "")
        if not scope_id:
            raise Refusal(f"--place {place[:20]}: no division of Shanxi has this code.")
        now = parts.world.clock()
        async with parts.database.transaction() as tx:
            made = await api_tokens.make(
                tx,
                scope_id=scope_id,
                name=name,
                created_by=operator(),
                expires_at=now + span,
                now=now,
            )
            await audits.write(
                tx,
                actor=operator(),
                action="api.access",
                scope=f"place:{scope_id}",
                now=now,
                detail=f"make {name}",
            )
        return made.secret


async def _list(settings: Settings) -> list[str]:
    async with opened(settings) as parts:
        now, places = parts.world.clock(), parts.world.places
        async with parts.database.reading() as reading:
            found = [
                (one, await state_of(reading, parts.world, one, now))
                for one in await api_tokens.everywhere(reading)
            ]
        return [
            f"{one.id}  {named(places, one.scope_id)[1]}  "
            f"{_STATES[state]}; until {one.expires_at:%Y-%m-%d}  "
            f"{one.used_on or 'never used'}  {one.name}"
            for one, state in found
        ]


async def _revoke(settings: Settings, token_id: str) -> None:
    async with opened(settings) as parts:
        now = parts.world.clock()
        async with parts.database.transaction() as tx:
            if not await api_tokens.revoke(tx, token_id, now):
                raise Refusal("No token that works has this id; see xiangwen stats tokens list")
            await audits.write(
                tx, actor=operator(), action="api.access", scope=f"token:{token_id}", now=now
            )
