"""What a refusal looks like from a worker's chat, and on a station's list."""

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from tests.forms import people
from tests.identities import Identity
from tests.platform.county import County, Reported, result
from tests.transcripts.stage import Stage
from tests.turns.chat import text_of
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
