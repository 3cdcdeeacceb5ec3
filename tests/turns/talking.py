"""A worker in the middle of the interview, who asks for 人工 and is answered."""

from datetime import timedelta

from storage import talks
from storage.talks import Talk
from tests.forms import people
from tests.transcripts.stage import Stage
from tests.turns.station import Office, Phone, office
from tests.turns.tables import tables

MINUTE = timedelta(minutes=1)
FARMING = "在家种地、养殖"
QUESTION = "现在干什么？"


async def interviewed(stage: Stage) -> Office:
    """Return an office with a worker in the middle of the interview."""
    place = await office(stage)
    await into_the_interview(place.worker)
    return place


async def into_the_interview(worker: Phone) -> None:
    """Answer all before what the worker does now."""
    await worker.write("开始")
    await worker.fill(people.FARMING, "employment_status")


async def in_a_talk(place: Office) -> None:
    """Let the worker ask and the clerk take."""
    await place.worker.write("找人工")
    await place.clerk.tap("接1号")
    for phone in (place.worker, place.clerk, place.other):
        phone.news()


async def last_talk(stage: Stage) -> Talk:
    """Return the talk that was asked for last."""
    rows = (await tables(stage.url))["talk"]
    async with stage.database.reading() as reading:
        found = await talks.get(reading, str(max(rows, key=lambda row: str(row[0]))[0]))
    assert found is not None
    return found
