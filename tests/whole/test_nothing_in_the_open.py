"""The whole program leaves nothing that is sealed in any file: database, log, temporary files."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.fakes.bot_api import BotApi
from tests.storage.test_secrets import found_in
from tests.whole.program import Program
from tests.whole.walker import lines_of, walk

# As the worker types them in tests/transcripts/farming_at_home.txt
# (the village is left out: the form itself names it as an example).
TYPED = ["李春兰", "140728196405070035", "14072819640507", "19900000002", "三组12号"]
CHAT = 700_800_900_100


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as server:
        yield server


async def test_no_byte_on_disk_or_in_the_log_tells_of_the_person(
    api: BotApi, tmp_path: Path
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    program = Program(tmp_path, api.base_url, {"LOG__LEVEL": "debug"}, temporary=temporary)
    await program.start()
    worker = api.person(CHAT)
    script = [line for line in lines_of("farming_at_home") if line != "{restart}"]
    await walk(worker, script)
    await walk(worker, ["我的信息", "[更新今年的情况]", "[返回]"])
    await program.kill()
    out = tmp_path / "county.xlsx"
    code, _ = await program.run(
        "export", "--county", "140728", "--state", "submitted", "--out", str(out)
    )
    assert code == 0
    assert (tmp_path / "data" / "xiangwen.db").stat().st_size > 0
    assert found_in(tmp_path, [*TYPED, str(CHAT)]) == []
