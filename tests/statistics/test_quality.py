"""The station quality card: counted right, compared with the middle, small stations left alone."""

from dataclasses import replace
from datetime import UTC, datetime
from statistics import median

from bot.submitting import as_last_year
from conversations.interview import Interview
from conversations.statistics.quality import Tally, cards_of
from storage import quality
from storage.database import Database
from tests.statistics.crowd import NOW, Somebody, crowd, keep, world_of

YEAR_BEGAN = datetime(2025, 12, 31, 16, tzinfo=UTC)


def by_hand(people: list[Somebody], county: str) -> dict[str, Tally]:
    found: dict[str, Tally] = {}
    minutes: dict[str, list[int]] = {}
    for one in people:
        given = one.projection
        if given.county_id != county or one.state != "active" or not given.in_export:
            continue
        place = given.township_id or ""
        before = found.get(place, Tally(place, 0))
        found[place] = replace(
            before,
            reports=before.reports + 1,
            proxy=before.proxy + (given.informant_relation != "0"),
            updates=before.updates + (given.is_unchanged is not None),
            unchanged=before.unchanged + (given.is_unchanged or 0),
        )
        minutes.setdefault(place, []).append(given.minutes or 0)
    return {
        place: replace(tally, minutes=float(median(minutes[place])))
        for place, tally in found.items()
    }


async def test_tallies_are_what_counting_by_hand_gives(database: Database) -> None:
    world, people = await world_of(database), crowd(200)
    await keep(database, people, world.shelf.hash)
    async with database.reading() as reading:
        found = await quality.tallies(reading, "k065", 2026, YEAR_BEGAN)
        nobody = await quality.tallies(reading, "k065", 2025, YEAR_BEGAN)
    assert {one.place_id: one for one in found} == by_hand(people, "k065")
    assert nobody == []


async def test_what_became_of_reports_and_who_entered_them(database: Database) -> None:
    world, people = await world_of(database), crowd(200)
    await keep(database, people, world.shelf.hash)
    here = [
        one.person_id
        for one in people
        if one.projection.township_id == "t0727"
        and one.state == "active"
        and one.projection.in_export
    ]
    batch = "insert into batch (id, kind, county_id, cycle, who, reason, row_count, held_back,"
    held = "insert into batch_held (batch_id, person_id, report_id, reasons, roles) values"
    async with database.transaction() as tx:
        await tx.run(
            f"update report set entered_by = 's' where person_id = '{here[0]}';\n"
            f"update report set state = 'returned' where person_id = '{here[1]}';\n"
            f"update report set state = 'rejected' where person_id = '{here[2]}';\n"
            f"{batch} file_digest, created_at) values ('b', 'xlsx', 'k065', 2026, 'w', '', 0, 0, "
            f"'d', {int(NOW.timestamp() * 1_000_000)});\n"
            f"{held} ('b', '{here[3]}', 'r-{here[3]}', '', '');\n"
            f"{batch} file_digest, created_at) values ('old', 'xlsx', 'k065', 2025, 'w', '', 0, "
            "0, 'd', 1);\n"
            f"{held} ('old', '{here[4]}', 'r-{here[4]}', '', '');"
        )
    async with database.reading() as reading:
        found = await quality.tallies(reading, "k065", 2026, YEAR_BEGAN)
    card = next(one for one in found if one.place_id == "t0727")
    assert (card.entered, card.returned, card.rejected, card.held) == (1, 1, 1, 1)


def test_a_card_stands_out_against_the_middle_of_the_large_stations() -> None:
    tallies = [
        Tally("a", 100, proxy=10, minutes=12.0),
        Tally("b", 100, proxy=12, minutes=11.0),
        Tally("c", 100, proxy=60, minutes=4.0),
        Tally("d", 5, proxy=5, minutes=1.0),
    ]
    cards, middles = cards_of(tallies, 30)
    assert middles["proxy"] == 0.12
    assert middles["minutes"] == 11.0
    out = {
        card.place_id: {p for p, one in card.points.items() if one.stands_out} for card in cards
    }
    assert out == {"a": set(), "b": set(), "c": {"proxy", "minutes"}, "d": set()}
    assert [card.place_id for card in cards if card.is_small] == ["d"]


def test_a_county_of_small_stations_has_no_middle() -> None:
    _, middles = cards_of([Tally("a", 3, proxy=3)], 30)
    assert set(middles.values()) == {None}


def test_only_an_update_can_be_as_last_year() -> None:
    same, changed = Interview(purpose="update"), Interview(purpose="update")
    same = same.with_changes(compared={"/data/work[1]": "same", "/data/job[1]": "same"})
    changed = changed.with_changes(compared={"/data/work[1]": "same", "/data/job[1]": "unsure"})
    assert as_last_year(same) == 1
    assert as_last_year(changed) == 0
    assert as_last_year(Interview(purpose="update")) == 0
    assert as_last_year(Interview(purpose="first")) is None
    assert as_last_year(Interview(purpose="correction")) is None
