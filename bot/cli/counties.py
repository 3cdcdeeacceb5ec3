"""What commands about a county are given: its code, its townships, and a database to open."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from difflib import get_close_matches

import click

from bot.places import Place, Places
from bot.settings import Settings
from storage.database import Database
from storage.vault import Vault


@asynccontextmanager
async def database_of(settings: Settings) -> AsyncIterator[Database]:
    """Lend the database, without the form and all that a conversation needs.

    Raises:
        storage.errors.StorageError: keys or database cannot be used.
        click.UsageError: nothing was ever stored here.
    """
    file = settings.database_file
    if file is not None and not file.exists():
        raise click.UsageError(f"There is no database at {file}: start with xiangwen serve.")
    vault = Vault.open(settings.keys.file)
    database = await Database.open(settings.storage.url.get_secret_value(), vault)
    try:
        yield database
    finally:
        await database.close()


def find_stations(places: Places, county: Place, codes: Sequence[str]) -> tuple[str, ...]:
    """Return the ids of townships of a county by their nine-digit codes.

    Raises:
        click.UsageError: one of them is not a township of this county.
    """
    found = []
    for code in codes:
        place = places.by_code(code, "township")
        if place is None or place.parent_id != county.id:
            raise click.UsageError(f"--station {code[:20]}: no township of {county.name}.")
        found.append(place.id)
    return tuple(found)


def find_county(places: Places, code: str) -> Place:
    """Return the county of a six-digit code.

    Raises:
        click.UsageError: there is none; those with a similar code or name are listed.
    """
    found = places.by_code(code, "county")
    if found is not None:
        return found
    near = "、".join(f"{place.code} {place.name}" for place in near_counties(places, code))
    raise click.UsageError(
        f"--county {code[:20]}: there is no such county in Shanxi. "
        + (f"Did you mean: {near}?" if near else "Codes have six digits, such as 140122.")
    )


def near_counties(places: Places, typed: str) -> list[Place]:
    """Return counties with these words in the name, else of that city, else of a similar code."""
    counties = [place for place in places.by_id.values() if place.level == "county"]
    named = [place for place in counties if typed and typed in place.name]
    if named:
        return named
    in_city = [place for place in counties if place.code[:4] == typed[:4]]
    codes = get_close_matches(typed, [place.code for place in counties], n=5, cutoff=0.8)
    return in_city or [place for place in counties if place.code in codes]
