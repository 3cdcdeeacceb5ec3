"""`xiangwen reminders plan` on a real database."""

import asyncio
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli.planning import plan
from storage import leases, reminders
from storage.database import Database
from storage.keyfile import create_key_file
from storage.vault import Vault
from tests.planning.made_up import reported
from tests.transcripts.stage import FORM

# Far enough ahead that no day of it has gone by, near enough for the farmers' calendar.
CYCLE = "2040"
COUNTY = "140824"
PEOPLE = 6
LONG = timedelta(hours=1)
WEEK = ("--from", "2040-03-05", "--until", "2040-03-09")


async def opened(folder: Path) -> Database:
    return await Database.open(_url(folder), Vault.open(folder / "keys" / "key"))


def _url(folder: Path) -> str:
    return f"sqlite:///{folder}/xiangwen.db"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """Return the folder of an office in whose county six people have reported."""
    create_key_file(tmp_path / "keys" / "key")

    async def fill() -> None:
        database = await opened(tmp_path)
        for serial in range(PEOPLE):
            await reported(database, serial, date(2027, 6, 9), slot=serial * 6600)
        await database.close()

    asyncio.run(fill())
    return tmp_path


def run(office: Path, *words: str, cycle: str = CYCLE) -> Result:
    environment = {
        "XIANGWEN_STORAGE__URL": _url(office),
        "XIANGWEN_KEYS__FILE": str(office / "keys" / "key"),
        "XIANGWEN_FORM__FILE": str(FORM),
        "XIANGWEN_CONFIG": None,
    }
    return CliRunner().invoke(plan, ["--cycle", cycle, *words], env=environment)


def planned(office: Path) -> int:
    async def read() -> int:
        database = await opened(office)
        async with database.reading() as reading:
            counts = await reminders.by_state(reading)
        await database.close()
        return sum(counts.values())

    return asyncio.run(read())


def test_a_trial_says_what_would_come_and_plans_nothing(office: Path) -> None:
    told = run(office, "--county", COUNTY, *WEEK, "--dry-run")
    assert told.exit_code == 0, told.output
    assert f"{PEOPLE} people have not reported." in told.output
    assert "5 open days from 2040-03-05 to 2040-03-09" in told.output
    assert "2040-03-09 20:00" in told.output
    assert planned(office) == 0


def test_a_county_is_planned_once_however_often_it_is_said(office: Path) -> None:
    first = run(office, "--county", COUNTY, "--anniversary")
    assert f"{PEOPLE} people planned for." in first.output
    again = run(office, "--anniversary")
    assert "0 people planned for." in again.output
    assert planned(office) == PEOPLE


def test_the_weeks_of_the_feast_are_known(office: Path) -> None:
    told = run(office, "--county", COUNTY, "--spring-festival")
    assert told.exit_code == 0, told.output
    assert f"{PEOPLE} people planned for." in told.output
    assert "from 2040-01-29" in told.output


@pytest.mark.parametrize(
    ("words", "cure"),
    [
        (("--from", "2040-03-05"), "--from and --until belong together"),
        ((*WEEK, "--anniversary"), "Choose one"),
        ((), "Choose one"),
        (("--from", "5 March", "--until", "2040-03-09"), "write it as 2027-02-10"),
        (("--from", "2040-03-05", "--until", "2040-03-01"), "the last day is before the first"),
        (("--from", "2026-03-05", "--until", "2026-03-09"), "the first day has gone by"),
        (("--county", "999999", "--anniversary"), "no county of Shanxi has this code"),
    ],
)
def test_what_cannot_be_planned_is_refused_with_the_reason(
    office: Path, words: tuple[str, ...], cure: str
) -> None:
    told = run(office, *words)
    assert told.exit_code == 2
    assert cure in told.output
    assert planned(office) == 0


def test_a_feast_beyond_the_calendar_is_refused(office: Path) -> None:
    told = run(office, "--spring-festival", cycle="2090")
    assert (told.exit_code, "is not known here" in told.output) == (2, True)


def test_who_comes_while_somebody_plans_is_told_to_wait(office: Path) -> None:
    async def hold() -> None:
        database = await opened(office)
        async with database.transaction() as tx:
            await leases.acquire(tx, "planning", "somebody", LONG)
        await database.close()

    asyncio.run(hold())
    told = run(office, "--anniversary")
    assert (told.exit_code, "Somebody else is planning" in told.output) == (2, True)
    assert planned(office) == 0
