"""找人工: which station is asked, and what is said where none can answer."""

from datetime import UTC, datetime

from tests.transcripts.stage import Stage
from tests.turns.chat import text_of
from tests.turns.station import Phone, Phones, office
from tests.turns.tables import tables
from tests.turns.talking import FARMING, into_the_interview

AT_NIGHT = datetime(2026, 11, 24, 14, tzinfo=UTC)


async def test_at_night_one_is_told_at_once_and_the_station_sees_it_later(stage: Stage) -> None:
    place = await office(stage)
    await into_the_interview(place.worker)
    stage.clock.now = AT_NIGHT
    told = await place.worker.write("找人工")
    assert "下班" in text_of(told)
    assert "一、二、三、四、五 09:00—17:30" in text_of(told)
    assert place.clerk.news() == []
    assert place.worker.labels() == ["接着填"]
    await place.worker.tap(FARMING)
    assert "找过人工" in text_of(await place.clerk.command("staff"))


async def test_without_staff_the_way_to_the_station_is_named(stage: Stage) -> None:
    phones = Phones()
    worker = Phone(stage, phones, "1001")
    await into_the_interview(worker)
    assert "就业服务站" in text_of(await worker.write("找人工"))
    assert (await tables(stage.url))["talk"] == []
    await worker.tap(FARMING)


async def test_who_has_said_no_place_is_asked_for_one(stage: Stage) -> None:
    place = await office(stage)
    await place.worker.write("开始")
    told = await place.worker.write("找人工")
    assert "哪个市" in text_of(told)
    told = await place.worker.write("不知道是哪儿")
    assert "没找着" in text_of(told)
    county = stage.world.places.by_id["k065"].name
    city = stage.world.places.by_id["c08"].name
    await place.worker.tap(city)
    await place.worker.tap(county)
    told = await place.worker.tap(f"{county}，哪个站都行")
    assert "1号" in text_of(told)
    assert "1号" in place.clerk.news()[0]
    await place.clerk.tap("接1号")
    await place.clerk.write("您好")
    assert "您好" in place.worker.news()[-1]


async def test_a_place_that_is_typed_is_understood(stage: Stage) -> None:
    place = await office(stage)
    await place.worker.write("开始")
    await place.worker.write("找人工")
    county = stage.world.places.by_id["k065"].name
    township = stage.world.places.by_id["t0727"].name
    told = await place.worker.write(f"我是{county}{township}的")
    assert township in text_of(told)
    assert place.clerk.news() != []


async def test_a_place_without_staff_is_not_asked_for_twice(stage: Stage) -> None:
    place = await office(stage)
    await place.worker.write("开始")
    await place.worker.write("找人工")
    await place.worker.tap(stage.world.places.by_id["c01"].name)
    told = await place.worker.tap(stage.world.places.by_id["k001"].name)
    assert "打电话" in text_of(told)
    assert place.clerk.news() == []
