"""`xiangwen export list` and `held-back`: what went out, and who did not and why."""

import asyncio

import click

from bot.cli.counties import database_of, find_county
from bot.cli.failures import Refusal
from bot.cli.given import with_settings
from bot.cli.who import operator
from bot.places import load_places
from bot.settings import Settings
from conversations.lobby.wishes import tag_of
from storage import audits, batches, manifests
from storage.batches import Batch
from storage.export.reasons import WHO
from storage.scope import Scope
from storage.transaction import Reading

_PAGE = 1_000


@click.command("list")
@click.option("--county", required=True, metavar="CODE", help="Six-digit code.")
@with_settings
def list_batches(settings: Settings, county: str) -> None:
    """List the exports of a county: tag, when, by whom, state, rows, held back."""
    for line in asyncio.run(_list(settings, county)) or ["No batches yet."]:
        click.echo(line)


@click.command("held-back")
@click.argument("batch")
@click.option("--county", required=True, metavar="CODE", help="Six-digit code.")
@with_settings
def held_back(settings: Settings, county: str, batch: str) -> None:
    """List who was held back from a batch, by their tags: who must do what; BATCH is its tag."""
    for line in asyncio.run(_held_back(settings, county, batch)) or ["Nobody was held back."]:
        click.echo(line)


async def _list(settings: Settings, code: str) -> list[str]:
    county = find_county(load_places(), code)
    async with database_of(settings) as database, database.reading() as reading:
        found = await batches.of_places(reading, Scope((county.id,)))
    return [_line(settings, one) for one in found]


def _line(settings: Settings, one: Batch) -> str:
    at = one.created_at.astimezone(settings.zone)
    facts = (
        tag_of(one.id),
        f"{at:%Y-%m-%d %H:%M}",
        one.who,
        one.state,
        f"{one.rows} rows",
        f"{one.held_back} held back" if one.held_back else "",
        "changed only" if one.choice.changed else "",
    )
    return "  ".join(fact for fact in facts if fact)


async def _held_back(settings: Settings, code: str, tag: str) -> list[str]:
    places = load_places()
    county = find_county(places, code)
    inside = [place.id for place in places.by_id.values() if place.parent_id == county.id]
    async with database_of(settings) as database:
        async with database.transaction() as tx:
            found = await batches.of_places(tx, Scope((county.id,)))
            batch = next((one for one in found if tag_of(one.id) == tag), None)
            if batch is None:
                raise Refusal(f"{tag}: no batch of this county; see xiangwen export list")
            scope = f"place:{county.id}"
            now = batch.created_at.now(settings.zone)
            await audits.write(tx, actor=operator(), action="export.held", scope=scope, now=now)
        async with database.reading() as reading:
            return await _people(reading, batch, Scope((county.id, *inside)))


async def _people(reading: Reading, batch: Batch, scope: Scope) -> list[str]:
    lines, after = [], ""
    while rows := await manifests.held(reading, batch.id, scope, after=after, most=_PAGE):
        for one in rows:
            who = ", ".join(sorted({WHO[reason] for reason in one.row.reasons}))
            reasons = ", ".join(one.row.reasons)
            lines.append(f"{tag_of(one.row.person_id)}  {who}: {reasons}")
        after = rows[-1].row.person_id
    return lines
