"""A voice note is listened to at the station, and nothing is kept without consent."""

import pytest

from conversations.reply import Media
from tests.transcripts.stage import Stage
from tests.turns.chat import text_of
from tests.turns.station import Office, office
from tests.turns.tables import tables
from tests.turns.talking import FARMING, MINUTE, QUESTION, interviewed


@pytest.fixture
async def place(stage: Stage) -> Office:
    return await interviewed(stage)


async def test_a_station_hears_voice_notes_and_takes_them_off_its_list(place: Office) -> None:
    place.phones.files["file-1"] = b"OggS" + bytes(100)
    told = await place.worker.take(Media("voice", "file-1", 104))
    assert "听了帮您填" in text_of(told)
    assert len(place.clerk.news()) == 1
    stage = place.stage
    stage.clock.now += MINUTE
    await place.worker.take(Media("voice", "file-2", 104))
    assert place.clerk.news() == []
    assert "太长" in text_of(await place.worker.take(Media("voice", "file-3", 2**20 + 1)))
    await place.worker.tap(FARMING)
    await place.clerk.command("staff")
    await place.clerk.tap("听 1")
    heard = [(address, file_id, content) for address, file_id, content, _ in place.phones.voices]
    assert heard == [("2001", "file-1", b"OggS" + bytes(100)), ("2001", "file-2", None)]
    assert QUESTION in place.phones.voices[0][3]
    assert "拿掉" in text_of(await place.clerk.tap("办好了"))
    assert "语音" not in text_of(await place.other.command("staff"))


async def test_nothing_is_kept_of_who_has_not_consented(stage: Stage) -> None:
    place = await office(stage)
    await place.worker.command("start", "t0727")
    told = await place.worker.take(Media("voice", "file-1", 100))
    assert "听不懂" in text_of(told)
    assert (await tables(stage.url))["voice_note"] == []
