"""`xiangwen backup` beside the running program, and what it refuses."""

import stat
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.database import Database
from storage.errors import KeyFileError
from storage.keyfile import create_key_file
from storage.vault import Vault
from tests.fakes.bot_api import BotApi
from tests.whole.program import Program
from tests.whole.walker import lines_of, walk


@pytest.fixture
async def program(tmp_path: Path) -> AsyncIterator[Program]:
    installed = Program(tmp_path)
    yield installed
    if installed.process is not None:
        await installed.kill()


async def test_a_backup_taken_while_serve_runs_opens_with_the_key(tmp_path: Path) -> None:
    copy, other = tmp_path / "copy.db", tmp_path / "other" / "xiangwen.key"
    async with BotApi() as api:
        program = Program(tmp_path, api.base_url)
        await program.start()
        script = lines_of("farming_at_home")
        await walk(api.person(1001), [line for line in script if line != "{restart}"])
        code, printed = await program.run("backup", "--out", str(copy))
        await program.kill()
    assert code == 0, printed
    assert "The key file is not in the copy" in printed
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    restored = Program(tmp_path, others={"STORAGE__URL": f"sqlite:///{copy}"})
    out = tmp_path / "county.csv"
    plain = ("--plain", "--reason", "test of ours")
    code, told = await restored.run(
        "export", "--county", "140728", "--state", "submitted", "--out", str(out), *plain
    )
    assert (code, told.splitlines()[0][:9]) == (0, "1 records")
    create_key_file(other)
    with pytest.raises(KeyFileError):
        await Database.open(f"sqlite:///{copy}", Vault.open(other))


async def test_a_backup_never_replaces_a_file(program: Program, tmp_path: Path) -> None:
    await program.start()
    await program.stop()
    taken = tmp_path / "taken.db"
    taken.write_text("precious")
    code, told = await program.run("backup", "--out", str(taken))
    assert code == 2
    assert "exists already" in told
    assert taken.read_text() == "precious"


@pytest.mark.parametrize(
    ("others", "told"),
    [
        ({}, "there is no database"),
        ({"STORAGE__URL": "postgresql://somebody@host/name"}, "Use pg_dump"),
    ],
)
async def test_what_cannot_be_backed_up_is_told_and_nothing_is_made(
    tmp_path: Path, others: dict[str, str], told: str
) -> None:
    program = Program(tmp_path, others=others)
    code, printed = await program.run("backup", "--out", str(tmp_path / "copy.db"))
    assert code == 2
    assert told in printed
    assert list(tmp_path.iterdir()) == []


async def test_a_folder_that_is_not_there_is_told(program: Program, tmp_path: Path) -> None:
    await program.start()
    code, told = await program.run("backup", "--out", str(tmp_path / "none" / "copy.db"))
    assert code == 2
    assert "no such folder" in told
