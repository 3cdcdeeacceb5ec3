"""Who is waited for: found by township, in pages, on both engines."""

from datetime import date, timedelta

from storage import missing, roster
from storage.database import Database
from storage.missing import START
from storage.roster import Entry
from tests.identities import identity
from tests.storage.made_up import NOW

TODAY = date(2026, 11, 24)


def _entry(seed: int, township: str = "t0727", *, ripe_on: date | None = None) -> Entry:
    one = identity(seed, date(1980, 4, 2))
    known = {"name": one.name, "id_number": one.id_number, "phone": one.phone}
    return Entry(
        one.id_number, one.phone, known, township, "k065", 1980, one.gender, ripe_on=ripe_on
    )


async def test_everybody_of_the_roster_is_seen_once_page_by_page(database: Database) -> None:
    async with database.transaction() as tx:
        for seed in range(5):
            await roster.add(tx, _entry(seed), NOW)
        await roster.add(tx, _entry(9, "t0728"), NOW)
    seen: list[str] = []
    cursor = START
    async with database.reading() as reading:
        is_end = False
        while not is_end:
            looked = await missing.look(reading, ["t0727"], cursor, TODAY, 2)
            seen += [one.answers["name"] for one in looked.people]
            cursor, is_end = looked.cursor, looked.is_end
    assert len(seen) == 5
    assert sorted(seen) == sorted(_entry(seed).answers["name"] for seed in range(5))


async def test_whoever_turns_16_later_or_has_answered_is_not_waited_for(
    database: Database,
) -> None:
    async with database.transaction() as tx:
        await roster.add(tx, _entry(1, ripe_on=TODAY + timedelta(days=1)), NOW)
        person_id, _ = await roster.add(tx, _entry(2), NOW)
        await roster.settle(tx, _entry(2).id_number, person_id, NOW)
        waited, _ = await roster.add(tx, _entry(3, ripe_on=TODAY), NOW)
        found = await missing.look(tx, ["t0727"], START, TODAY, 10)
    assert [one.person_id for one in found.people] == [waited]


async def test_only_those_are_taken_out_in_whose_answers_the_words_stand(
    database: Database,
) -> None:
    async with database.transaction() as tx:
        for seed in range(5):
            await roster.add(tx, _entry(seed), NOW)
        phone = _entry(3).phone
        name = _entry(1).answers["name"]
        looked = await missing.look(tx, ["t0727"], START, TODAY, 10, words=(phone[-4:], name))
        nobody = await missing.look(tx, ["t0727"], START, TODAY, 2, words=('a"b', "没有"))
    assert {one.answers["phone"] for one in looked.people} >= {phone, _entry(1).phone}
    assert len(looked.people) < 5
    assert (nobody.people, nobody.is_end) == ((), False)
    assert nobody.cursor != START
