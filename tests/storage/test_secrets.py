"""What is sealed stands nowhere in the open: every byte that was written is searched."""

import asyncio
import base64
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage import attempts, audits, chats, interviews, people, return_codes, updates
from storage.backup import back_up
from storage.database import Database
from storage.extract import export_rows
from storage.submissions import submit
from storage.vault import Vault
from tests import postgres
from tests.storage.made_up import COUNTY, NOW, begin, id_number, submission

ADDRESS = "777000777000"
PLANTED = {
    "/data/name[1]": "欧阳翠翠",
    "/data/phone[1]": "19903456789",
    "/data/village[1]": "石圪塔沟村",
    "/data/birth_date[1]": "1987-06-15",
    "/data/employer[1]": "平遥县顺达砖瓦厂",
    "/data/remark[1]": "腿脚不便，请打电话",
    "/data/id_number[1]": id_number(7),
}


def forms_of(secret: str) -> Iterator[bytes]:
    """Yield what a value may look like in a file: encodings, escapes, hex, base64 anywhere."""
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "gb18030"):
        plain = secret.encode(encoding)
        yield plain
        yield plain.hex().encode()
        yield plain.hex().upper().encode()
        for skipped in range(3):
            whole = base64.b64encode(b"\0" * skipped + plain)
            yield whole[(0, 2, 3)[skipped] : len(whole) // 4 * 4 - 4]
    yield json.dumps(secret)[1:-1].encode()


def found_in(folder: Path, secrets: list[str]) -> list[tuple[str, str]]:
    """Return file and secret wherever a secret stands in the open."""
    wanted = [(secret, form) for secret in secrets for form in forms_of(secret)]
    found = []
    for path in folder.rglob("*"):
        if path.is_file() and path.name != "keys.json":
            content = path.read_bytes()
            found += [(path.name, secret) for secret, form in wanted if form in content]
    return found


async def live_through_everything(database: Database) -> list[str]:
    """Plant people and use every part of storage; return what must not be found."""
    state = json.dumps(PLANTED, ensure_ascii=False)
    _, interview = await begin(database, ADDRESS, state=state)
    async with database.transaction() as tx:
        chat, _ = await chats.load_turn(tx, "telegram", ADDRESS, NOW)
        await updates.mark_done(tx, "bot", 1, chat.id, NOW)
        saved = await interviews.save(tx, interview, state, NOW)
        await attempts.count_up(tx, "identity", PLANTED["/data/id_number[1]"], NOW)
        await audits.write(tx, actor="a", action="b", scope="c", now=NOW, detail=state)
    async with database.transaction() as tx:
        receipt = await submit(tx, saved, submission(7, answers=PLANTED), NOW)
    _, unfinished = await begin(database, ADDRESS, state=state)
    async with database.transaction() as tx:
        await interviews.save(tx, unfinished, state, NOW)
        code = await return_codes.issue(tx, receipt.person_id, NOW)
    async with database.reading() as reading:
        read = [row async for rows in export_rows(reading, COUNTY) for row in rows]
    assert [dict(row.answers) for row in read] == [submission(7, answers=PLANTED).answers]
    return [*PLANTED.values(), ADDRESS, receipt.return_code, code]


def test_the_search_finds_what_is_in_the_open(tmp_path: Path) -> None:
    name = PLANTED["/data/name[1]"]
    (tmp_path / "a").write_bytes(b"before" + name.encode("gb18030") + b"after")
    (tmp_path / "b").write_bytes(base64.b64encode(f"x{name}y".encode()))
    assert {file for file, _ in found_in(tmp_path, [name])} == {"a", "b"}


async def test_sqlite_writes_nothing_sealed_in_the_open(
    sqlite_url: str, vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setenv("SQLITE_TMPDIR", str(tmp_path / "temporary"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    database = await Database.open(sqlite_url, vault)
    secrets = await live_through_everything(database)
    log = Path(f"{sqlite_url.removeprefix('sqlite:///')}-wal")
    assert (await asyncio.to_thread(log.stat)).st_size > 0
    assert found_in(tmp_path, secrets) == []
    await back_up(database, tmp_path / "copy.db")
    await database.close()
    assert found_in(tmp_path, secrets) == []


@pytest.mark.postgres
async def test_postgres_writes_nothing_sealed_in_the_open(
    postgres_server: postgres.Server, postgres_url: str, vault: Vault
) -> None:
    database = await Database.open(postgres_url, vault)
    secrets = await live_through_everything(database)
    await database.close()
    await asyncio.to_thread(postgres_server.execute, "checkpoint")
    assert found_in(postgres_server.folder, secrets) == []


async def test_after_an_erasure_the_key_is_nowhere_in_the_files(
    sqlite_url: str, vault: Vault, tmp_path: Path
) -> None:
    database = await Database.open(sqlite_url, vault)
    _, interview = await begin(database)
    async with database.reading() as reading:
        row = await reading.the("people.key", person_id=interview.person_id)
        wrapped = bytes(row["wrapped"])

    def files_with_key() -> list[str]:
        files = (tmp_path / "data").iterdir()
        return [file.name for file in files if wrapped in file.read_bytes()]

    before = await asyncio.to_thread(files_with_key)
    async with database.transaction() as tx:
        await people.erase(tx, interview.person_id, "chat", NOW)
    await database.scrub()
    after = await asyncio.to_thread(files_with_key)
    await database.close()
    assert before
    assert after == []
