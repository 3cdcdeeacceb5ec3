"""Many made-up people with a projection each, and nothing else: what statistics read."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo

from bot.atlas import load_atlas
from bot.forms.compile import load_compiled
from bot.forms.kept import compiled
from bot.places import load_places
from bot.settings import SHIPPED_FORM
from bot.settings_values import CHECKOUT
from bot.shelf import Shelf
from bot.texts import load_texts
from bot.world import World
from conversations.hours import Hours
from conversations.xform import Form
from storage import forms, projections
from storage.database import Database
from storage.projections import Projection
from storage.times import to_micros
from storage.transaction import Transaction
from storage.vault import content_digest

# 西社镇 in 稷山县, 运城市; another township of the county, of the city, of another city.
PLACES = (
    ("t0727", "k065", "c08"),
    ("t0726", "k065", "c08"),
    ("t0733", "k066", "c08"),
    ("t0001", "k001", "c01"),
)
NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
PUBLIC = load_places()
ATLAS = load_atlas(PUBLIC)


@dataclass(frozen=True, slots=True)
class Somebody:
    """One person as the database knows them."""

    person_id: str
    state: str
    projection: Projection


def somebody(chance: random.Random, serial: int) -> Somebody:
    """Return a person whose answers are drawn; about one in eight is counted nowhere."""
    township, county, city = chance.choice(PLACES)
    status = chance.choice(("1", "1", "1", "2", "3", None))
    works, wants = status == "1", chance.choice(("1", "0", None))
    trains = chance.choice(("1", "1", "0"))
    startup = chance.choice(("0", "1", "4")) if status in ("1", "2") else None
    trades = chance.sample(("01", "09", "26", "99", "77"), chance.randint(1, 3))
    projection = Projection(
        cycle=2026,
        city_id=city,
        county_id=county,
        township_id=chance.choice((township, township, township, None)),
        birth_year=chance.choice((1960, 1967, 1975, 1988, 1995, 2004, 2010, None)),
        sex=chance.choice(("1", "2")),
        education=chance.choice(("71", "71", "81", "11", None)),
        employment_status=status,
        employment_form=chance.choice(("1", "2", "4")) if works else None,
        work_industry=chance.choice(("C", "E", "B", None)) if works else None,
        income_band=chance.choice("1234567") if status in ("1", "2") else None,
        stable_employment=chance.choice("12") if works else None,
        startup_status=startup,
        returnee_startup=chance.choice("01") if startup not in (None, "0") else None,
        transfer_region=(region := chance.choice("123456") if works else None),
        work_province=chance.choice(("110000", "610000", None)) if region == "5" else None,
        unemployed_reason=chance.choice("12345678") if status == "3" else None,
        job_intent=wants,
        job_industry=chance.choice(("C", "E", None)) if wants == "1" else None,
        expected_salary=chance.choice("01234567") if wants == "1" else None,
        expected_place=chance.choice(("1", "5", "1 5", None)) if wants == "1" else None,
        training_intent=trains,
        training_month=chance.choice(("2027-01", "2027-03")) if trains == "1" else None,
        training_place=chance.choice("037") if trains == "1" else None,
        training_trade=" ".join(trades) if trains == "1" else None,
        informant_relation=chance.choice("0012"),
        collection_method="1",
        in_export=chance.random() < 0.95,
        minutes=chance.randint(3, 90),
        is_unchanged=chance.choice((0, 1, None)),
    )
    state = "active" if chance.random() < 0.95 else "out_of_range"
    return Somebody(f"person-{serial:06d}", state, projection)


def crowd(count: int, seed: int = 7) -> list[Somebody]:
    """Return so many people, the same for a seed."""
    chance = random.Random(seed)
    return [somebody(chance, serial) for serial in range(count)]


async def keep(database: Database, people: Sequence[Somebody], hash: str) -> None:
    """Store them with a report each, whose answers nobody can open."""
    async with database.transaction() as tx:
        for one in people:
            await _keep(tx, one, hash)


async def _keep(tx: Transaction, one: Somebody, hash: str) -> None:
    at = to_micros(NOW)
    given = one.projection
    place = f"'{given.township_id}'" if given.township_id else "null"
    await tx.run(
        "insert into person (id, state, township_id, county_id, created_at, updated_at) values "
        f"('{one.person_id}', '{one.state}', {place}, '{given.county_id}', {at}, {at});\n"
        "insert into report (id, person_id, version, cycle, form_hash, submitted_at, "
        "informant_relation, collection_method, state, reference, answers) values "
        f"('r-{one.person_id}', '{one.person_id}', 1, 2026, '{hash}', {at}, "
        f"'{given.informant_relation}', '1', 'submitted', 'ref-{one.person_id}', '');"
    )
    await projections.put(tx, one.person_id, f"r-{one.person_id}", NOW, given)


@cache
def _form() -> tuple[str, Form]:
    """Return the shipped form, compiled once for all tests of a process."""
    source = CHECKOUT / SHIPPED_FORM
    xml = compiled(source)
    return xml, load_compiled(source, xml)


async def world_of(database: Database, now: datetime = NOW) -> World:
    """Return a world whose clock stands still."""
    xml, form = _form()
    hash = content_digest(xml.encode())
    async with database.transaction() as tx:
        await forms.publish(
            tx, hash=hash, form_id="f", version="1", xml=xml, source_digest="d", now=NOW
        )
    zone = ZoneInfo("Asia/Shanghai")
    return World(Shelf(hash, form), load_texts("zh"), PUBLIC, lambda: now, zone, Hours(), ATLAS)


def at(world: World, now: datetime) -> World:
    """Return the same world at another moment."""
    return replace(world, clock=lambda: now)
