"""What a station does beside the chat: fills the roster, hands out codes."""

from datetime import date, timedelta
from functools import cache

from bot.places import load_places
from bot.render.words import grouped
from storage import identities, personal_codes, roster
from storage.personal_codes import LASTS
from storage.roster import Entry
from tests.identities import Identity, identity
from tests.transcripts.stage import Stage

TOWNSHIP, COUNTY = "t0727", "k065"
KNOWN = identity(77, date(1980, 4, 2))


_places = cache(load_places)


def entry(one: Identity = KNOWN, *, phone: str | None = None) -> Entry:
    """Return a roster entry with name, number, phone and township."""
    places = _places()
    above = {place.level: place.id for place in places.above(places.by_id[TOWNSHIP])}
    number = one.phone if phone is None else phone
    values = {"name": one.name, "id_number": one.id_number, "phone": number, **above}
    return Entry(
        one.id_number,
        number,
        {role: value for role, value in {**values, "township": TOWNSHIP}.items() if value},
        TOWNSHIP,
        above["county"],
        one.birth_date.year,
        one.gender,
    )


async def put_on_roster(stage: Stage, one: Identity = KNOWN, *, phone: str | None = None) -> str:
    """Add somebody to the roster and return their personal code."""
    now = stage.clock()
    async with stage.database.transaction() as tx:
        person_id, _ = await roster.add(tx, entry(one, phone=phone), now)
        code = await roster.code_for(tx, person_id, now)
    assert code is not None
    return grouped(code)


async def hand_over(stage: Stage, id_number: str) -> str:
    """Return a code with which somebody takes their record over."""
    async with stage.database.transaction() as tx:
        person_id = await _owner(stage, id_number)
        return grouped(await personal_codes.issue(tx, "take_over", person_id, stage.clock()))


def bare(code: str) -> str:
    """Return a code as a link carries it."""
    return code.replace("-", "")


async def tidy(stage: Stage) -> int:
    """Do what housekeeping does with the roster."""
    async with stage.database.transaction() as tx:
        return await roster.tidy(tx)


def after_expiry(kind: personal_codes.Kind) -> timedelta:
    """Return how long to wait until a code does not work any more."""
    return LASTS[kind] + timedelta(minutes=1)


async def _owner(stage: Stage, id_number: str) -> str:
    async with stage.database.reading() as reading:
        owner = await identities.find(reading, id_number)
    assert owner is not None
    return owner
