"""The main job from end to end, with the real program and the real command line."""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from conversations.reminders import next_update_on
from tests.fakes.bot_api import TOKEN, BotApi, Person
from tests.whole.program import Program
from tests.whole.walker import lines_of, speak, walk


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as server:
        yield server
        assert server.world.violations == []


@pytest.fixture
async def program(api: BotApi, tmp_path: Path) -> AsyncIterator[Program]:
    installed = Program(tmp_path, api.base_url)
    yield installed
    if installed.process is not None:
        await installed.kill()


def _receipts(person: Person) -> int:
    return sum("回执号" in text for text in person.answers)


@pytest.mark.parametrize("by_webhook", [False, True])
async def test_an_interview_by_chat_is_kept_reminded_updated_and_exported(
    api: BotApi, program: Program, tmp_path: Path, by_webhook: bool
) -> None:
    if by_webhook:
        program.by_webhook()
    await program.start()
    worker = api.person(1001)
    script = lines_of("employed_away")
    await walk(worker, script[: script.index("[都对，提交]") + 1])
    assert _receipts(worker) == 1
    assert await program.stop() == 0

    code, printed = await program.run("reminders", "run", "--at", "2035-06-01T10:00")
    assert (code, "expired: 1") == (0, printed.strip())
    out = tmp_path / "county.xlsx"
    plain = ("--plain", "--reason", "test of ours")
    submitted = ("--state", "submitted")
    code, printed = await program.run(
        "export", "--county", "140802", "--out", str(out), *submitted, *plain
    )
    assert code == 0, printed
    sheet = openpyxl.load_workbook(out).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    assert any("140823197603120011" in row for row in rows)


async def test_next_year_the_worker_is_reminded_and_only_what_may_change_is_asked(
    api: BotApi, program: Program
) -> None:
    await program.start()
    worker = api.person(1001)
    script = lines_of("farming_at_home")
    await walk(worker, [line for line in script if line != "{restart}"])
    assert _receipts(worker) == 1
    await program.stop()

    due = _due_day()
    code, printed = await program.run("reminders", "run", "--at", f"{due}T19:59")
    assert (code, printed.strip()) == (0, "sent: 1")
    code, printed = await program.run("reminders", "run", "--at", f"{due}T19:59")
    assert code == 0
    assert "No prompt was due" in printed

    await program.start()
    await walk(worker, ["[更新今年的情况]"])
    assert "联系电话" in worker.answers[-1]
    assert "还是这样吗" in worker.answers[-1]
    assert "身份证" not in worker.answers[-1]


def _due_day() -> str:
    """Return the day on which somebody who reports today is reminded."""
    return next_update_on(datetime.now(ZoneInfo("Asia/Shanghai")).date()).isoformat()


@pytest.mark.parametrize("killed_after", [5, 17, 22])
async def test_after_kill_9_the_interview_goes_on_where_it_was(
    api: BotApi, program: Program, killed_after: int
) -> None:
    await program.start()
    worker = api.person(1001)
    script = lines_of("employed_away")
    await walk(worker, script[:killed_after])
    speak(worker, script[killed_after])
    await program.kill()
    await program.start()
    await worker.until(lambda person: _offers(person, script[killed_after + 1]))
    await walk(worker, script[killed_after + 1 : script.index("[都对，提交]") + 1])
    assert _receipts(worker) == 1


def _offers(person: Person, line: str) -> bool:
    """Tell whether the newest message of the bot can be answered with this line."""
    newest = [entry for entry in person.chat.entries.values() if entry.is_bot][-1]
    labels = [button["text"] for row in newest.keyboard for button in row]
    return line[1:-1] in labels if line.startswith("[") else bool(labels)


async def test_the_same_program_runs_on_postgresql(
    api: BotApi, program: Program, postgres_url: str
) -> None:
    program.others["STORAGE__URL"] = postgres_url
    await program.start()
    worker = api.person(1001)
    script = lines_of("self_employed_returnee")
    await walk(worker, script)
    assert _receipts(worker) == 1
    assert await program.stop() == 0


async def test_what_check_calls_a_fault_stops_the_start(program: Program, tmp_path: Path) -> None:
    broken = tmp_path / "broken.md"
    broken.write_text("| survey | | |\n|---|---|---|\n| | type | name |\n| | nonsense | a |\n")
    readable = tmp_path / "readable.key"
    readable.write_text("{}")
    readable.chmod(0o644)
    faults = {
        "FORM__FILE": str(broken),
        "KEYS__FILE": str(readable),
        "STORAGE__URL": "postgresql://127.0.0.1:9/nobody",
        "WEB__PORT": "70000",
        "TELEGRAM__TOKEN": "not a token",
    }
    for key, value in faults.items():
        installed = Program(tmp_path / key, program.base_url, {key: value})
        installed.folder.mkdir()
        for command in ("check", "serve"):
            code, complaint = await installed.run(command)
            assert code == 2, (key, command, complaint)
            assert "Traceback" not in complaint, complaint


async def test_a_refused_token_stops_the_start_and_an_unreachable_telegram_does_not(
    api: BotApi, program: Program
) -> None:
    program.others["TELEGRAM__TOKEN"] = "1:nobody-gave-this"
    code, complaint = await program.run("serve")
    assert code == 2
    assert "token" in complaint
    program.others["TELEGRAM__TOKEN"] = TOKEN
    program.others["TELEGRAM__BASE_URL"] = "http://127.0.0.1:9/bot"
    await program.start()
    assert await program.stop() == 0
