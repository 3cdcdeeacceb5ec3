"""Who wants which training where: masked on the page, whole in a protected file for a reason."""

import io
from collections.abc import Sequence
from datetime import date, timedelta

import msoffcrypto
import openpyxl

from bot.desk import Office
from bot.statistics.organising import (
    listed,
    opened_order,
    order,
    scope_for,
    whole_file,
)
from bot.world import World
from storage import audits, chats, interviews, people, training
from storage.audits import Entry
from storage.database import Database
from storage.projections import Projection
from storage.staff import Role, Staff
from storage.submissions import Submission, submit
from storage.training import Wish
from tests.identities import id_number, identities
from tests.staff.matrix import COUNTY, FAR, OWN, SCOPES
from tests.statistics.crowd import NOW, world_of

PHONE = next(identities()).phone


def somebody_of(role: str) -> Staff:
    """Return an account that works where the matrix has it."""
    roles: dict[str, Role] = {"station": "station", "county": "county", "city": "city"}
    return Staff(role, roles[role], SCOPES[role], "active", "", NOW, None)


async def report(
    database: Database,
    world: World,
    serial: int,
    trades: str,
    *,
    month: str = "2027-03",
    township: str = OWN,
    wants: str = "1",
) -> str:
    """Have somebody report what they want to learn; return their id."""
    roles = world.shelf.current.roles
    number = id_number("140824", date(1980, 1, 1) + timedelta(days=serial), serial)
    values = {"name": f"王{serial}", "phone": PHONE, "village": "高渠村", "id_number": number}
    async with database.transaction() as tx:
        chat, _ = await chats.load_turn(tx, "telegram", f"chat {serial}", NOW)
        person_id, key = await people.create(tx, NOW)
        interview = await interviews.start(
            tx,
            chat.id,
            person_id,
            key,
            form_hash=world.shelf.hash,
            purpose="first",
            state="{}",
            now=NOW,
        )
        county = {OWN: COUNTY, FAR: "k001"}[township]
        projection = Projection(
            cycle=2026,
            county_id=county,
            township_id=township,
            birth_year=1980,
            sex="1",
            training_intent=wants,
            training_trade=trades,
            training_month=month,
            training_place="3",
        )
        answers = {roles[role]: value for role, value in values.items()}
        submission = Submission(answers, number, "0", "1", projection, None)
        later = NOW + timedelta(minutes=12, seconds=40)
        return (await submit(tx, interview, submission, later)).person_id


async def found(
    database: Database, world: World, who: Staff, wish: Wish, place: str = ""
) -> Sequence[str]:
    """Return the names on the list."""
    async with database.reading() as reading:
        scope = scope_for(world, who, place)
        people = await training.wanting(reading, scope, wish, 0, 50)
        counted = sum((await training.months(reading, scope, wish)).values())
        assert wish.month or counted == len(people)
        return [line.name for line in await listed(reading, world, people)]


async def test_the_list_is_of_ones_own_people_and_masked(database: Database) -> None:
    world, station = await world_of(database), somebody_of("station")
    await report(database, world, 1, "01 09")
    await report(database, world, 2, "09", month="2027-05")
    await report(database, world, 3, "01", township=FAR)
    await report(database, world, 4, "01", wants="0")
    assert await found(database, world, station, Wish()) == ["王某", "王某"]
    assert len(await found(database, world, station, Wish(trade="01"))) == 1
    assert len(await found(database, world, station, Wish(month="2027-05"))) == 1
    assert await found(database, world, station, Wish(trade="0")) == []
    assert await found(database, world, station, Wish(), FAR) == []
    assert await found(database, world, somebody_of("city"), Wish()) == []
    async with database.reading() as reading:
        people = await training.wanting(reading, scope_for(world, station, ""), Wish(), 0, 1)
        (line,) = await listed(reading, world, people)
    assert (line.phone, line.village) == (f"{PHONE[:3]}••••••{PHONE[-2:]}", "")
    assert (line.trades, line.age) == ("电工、家政服务员", "46")


async def handed_out(
    database: Database, world: World, who: Staff, place: str = ""
) -> tuple[bytes | None, str, list[Entry]]:
    """Ask for the whole list and fetch it; return it with its password and the audit."""
    async with database.transaction() as tx:
        office = Office(tx, world, NOW)
        sealed, password = order(office, who, place, Wish(trade="01"), "组织三月的电工班")
        given = opened_order(office, who, sealed)
        assert given is not None
        content = await whole_file(office, who, given)
    async with database.reading() as reading:
        lines = await audits.since(reading, NOW - timedelta(days=1))
    return content, password, lines


async def test_the_whole_list_is_a_protected_file_and_everybody_on_it_can_see_so(
    database: Database,
) -> None:
    world, station = await world_of(database), somebody_of("station")
    person_id = await report(database, world, 1, "01 09")
    content, password, lines = await handed_out(database, world, station)
    assert content is not None
    protected = msoffcrypto.OfficeFile(io.BytesIO(content))
    protected.load_key(password=password)
    plain = io.BytesIO()
    protected.decrypt(plain)
    (sheet,) = openpyxl.load_workbook(plain).worksheets
    row = [cell.value for cell in list(sheet.iter_rows())[-1]]
    assert row[0] == "王1"
    assert row[3] == PHONE
    assert row[5] == "高渠村"
    assert PHONE.encode() not in content
    ours = [(line.action, line.scope, line.detail) for line in lines]
    assert ("training.list", f"place:{OWN}", "组织三月的电工班") in ours
    assert ("training.list", f"person:{person_id}", "") in ours


async def test_who_may_not_list_people_gets_no_file(database: Database) -> None:
    world = await world_of(database)
    await report(database, world, 1, "01")
    for who, place in ((somebody_of("city"), ""), (somebody_of("station"), FAR)):
        content, _, lines = await handed_out(database, world, who, place)
        assert content is None
        assert lines[-1].action == "training.list.refused"


async def test_an_order_is_good_for_a_quarter_of_an_hour_and_for_one_account(
    database: Database,
) -> None:
    world, station = await world_of(database), somebody_of("station")
    other = somebody_of("county")
    async with database.transaction() as tx:
        now = Office(tx, world, NOW)
        later = Office(tx, world, NOW + timedelta(minutes=16))
        sealed, _ = order(now, station, "", Wish(), "组织培训")
        assert opened_order(now, station, sealed) is not None
        assert opened_order(later, station, sealed) is None
        assert opened_order(now, other, sealed) is None
        assert opened_order(now, station, sealed[:-2] + "00") is None
        assert opened_order(now, station, "no hex") is None


async def test_minutes_and_sameness_stand_in_the_clear(database: Database) -> None:
    world = await world_of(database)
    person_id = await report(database, world, 1, "01")
    async with database.reading() as reading:
        row = await reading.one("projections.get", person_id=person_id)
    assert row is not None
    assert (row["minutes"], row["is_unchanged"]) == (12, None)
