"""What a refusal looks like from a worker's chat, and on a station's list."""

from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.web.console.answers_open import ways_of
from storage import refused
from storage.scope import Scope
from tests.forms import people
from tests.identities import Identity
from tests.platform.county import County, Reported, result
from tests.transcripts.stage import Stage
from tests.turns.chat import text_of
from tests.turns.office import COUNTY, TOWNSHIP
from tests.turns.station import Office, office

EMPLOYED = people.EMPLOYED_AWAY
WHO = Identity(EMPLOYED["name"], EMPLOYED["id_number"], "1", date(1990, 5, 17), EMPLOYED["phone"])


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    stage = Stage(tmp_path)
    await stage.open()
    yield stage
    await stage.close()


async def _refused(stage: Stage, reason: str) -> tuple[Office, County]:
    """Let a worker report, their report go out, and the platform refuse it."""
    place, county = await office(stage), County(stage)
    await place.worker.report(EMPLOYED)
    place.worker.news()
    (row,) = await county.rows("report", "id, person_id")
    await county.batch([Reported(WHO, row["person_id"], row["id"])])
    read = await county.read(result(("3", "", WHO.id_number, "失败", reason)))
    assert read.rejected == 1
    await county.take(read)
    await place.phones.bring(stage)
    return place, county


async def test_a_worker_is_asked_just_that_and_the_answer_is_a_new_report(stage: Stage) -> None:
    place, county = await _refused(stage, "月平均收入超出范围")
    (asked,) = place.worker.news()
    assert "月平均收入" in asked
    assert "省里的平台没有收下这一项" in asked
    await place.worker.tap("回答站里")
    await place.worker.write("4800")
    await place.worker.tap("都对，提交")
    assert sorted((await county.states()).values()) == ["rejected", "submitted"]
    assert all(row["answered_at"] for row in await county.rows("report_query", "answered_at"))


async def test_a_station_reads_what_the_platform_said_on_its_list(stage: Stage) -> None:
    place, _ = await _refused(stage, "实名核验不一致")
    assert place.worker.news() == []
    await place.clerk.command("start")
    await place.clerk.tap("要办的事")
    label = next(label for label in place.clerk.labels() if "省平台退回" in label)
    shown = text_of(await place.clerk.tap(label))
    assert "省平台退回" in shown
    assert "省平台说：实名核验不一致" in shown


async def _open_case(stage: Stage) -> tuple[Office, County, str]:
    """Let the platform refuse a report that the station has to mend, and open it at the desk."""
    place, county = await _refused(stage, "实名核验不一致")
    return place, county, await _shown(place)


async def _shown(place: Office) -> str:
    await place.clerk.command("start")
    await place.clerk.tap("要办的事")
    label = next(label for label in place.clerk.labels() if "省平台退回" in label)
    return text_of(await place.clerk.tap(label))


async def _ways(county: County) -> list[str]:
    """Return who is at the one refused report, as the county's list has it."""
    async with county.stage.database.reading() as reading:
        found = await refused.page(reading, Scope((COUNTY, TOWNSHIP)), most=2)
        assert await refused.count_handed(reading, Scope((TOWNSHIP,))) <= len(found)
    return [way for one in found for way, _ in ways_of(county.stage.world.places, one)]


async def test_what_the_station_enters_anew_ends_the_case_by_itself(stage: Stage) -> None:
    place, county, shown = await _open_case(stage)
    assert "改好的报上来，这一件自己去掉" in shown
    assert "电话里填好" not in place.clerk.labels()
    await place.clerk.tap("现在代填改好")
    await place.clerk.tap("打电话，本人说")
    await place.clerk.fill({**EMPLOYED, "monthly_income": "4800"})
    assert await _ways(county) == ["station"]
    await place.clerk.tap("都对，提交")
    assert sorted((await county.states()).values()) == ["rejected", "submitted"]
    rows = await county.rows("station_case", "kind, outcome, closed_by")
    assert [tuple(row[key] for key in ("kind", "outcome", "closed_by")) for row in rows] == [
        ("rejected", "answered", "system")
    ]
    assert await _ways(county) == []


async def test_a_station_that_finds_nothing_wrong_hands_the_report_to_the_county(
    stage: Stage,
) -> None:
    place, county, _ = await _open_case(stage)
    told = text_of(await place.clerk.tap("平台弄错了，请县里再报"))
    assert "交给县里了" in told
    assert "县里没有定的话" in told
    assert "另有1件" in told
    assert set((await county.states()).values()) == {"rejected"}
    assert await _ways(county) == ["platform_wrong"]
    stage.clock.now += timedelta(days=8)
    assert "平台弄错了，交给县里" in await _shown(place)


async def test_who_will_not_mend_a_report_is_the_countys_to_decide(stage: Stage) -> None:
    place, county, _ = await _open_case(stage)
    assert "县里没有定的话" in text_of(await place.clerk.tap("不愿意填"))
    assert await _ways(county) == ["will_not"]
    (row,) = await county.rows("station_case", "closed_at")
    assert row["closed_at"] is None
