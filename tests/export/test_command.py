"""`xiangwen export` on a real database, with reports that were given to the real form."""

import asyncio
import csv
import os
import pwd
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner, Result

from bot.cli.counties import near_counties
from bot.cli.main import main
from bot.places import load_places
from bot.publishing import publish
from bot.shelf import Shelf
from conversations.record import by_role
from conversations.xform import Form, Session
from storage import audits, batches, chats, interviews, people
from storage.database import Database
from storage.keyfile import create_key_file
from storage.projections import Projection
from storage.scope import Scope
from storage.submissions import Submission, submit
from storage.vault import Vault
from tests.export.reading import by_openpyxl, decrypted
from tests.forms.people import EMPLOYED_AWAY, FARMING, OUT_OF_WORK, PROXY, RETURNEE

FORM = Path(__file__).parents[2] / "conversations" / "forms" / "rural_labour.md"
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
COUNTY, COUNTY_ID = "140824", "k065"
PEOPLE = (EMPLOYED_AWAY, FARMING, OUT_OF_WORK, RETURNEE, PROXY)


@dataclass(frozen=True)
class Office:
    """A county office: a database with keys, and a folder for files."""

    folder: Path
    url: str

    @property
    def keys(self) -> Path:
        return self.folder / "keys" / "keys.json"

    def run(self, *words: str) -> Result:
        environment = {
            "XIANGWEN_STORAGE__URL": self.url,
            "XIANGWEN_KEYS__FILE": str(self.keys),
            "XIANGWEN_CONFIG": None,
            "LOGNAME": "somebody-else",
        }
        return CliRunner().invoke(main, ["export", *words], env=environment)

    def export(self, *words: str) -> Result:
        given = ("--county", COUNTY, "--out", str(self.out), "--state", "submitted")
        return self.run(*given, *words)

    @property
    def out(self) -> Path:
        return self.folder / "out.xlsx"


def answered(form: Form, given: Mapping[str, str]) -> dict[str, str]:
    """Return the relevant values of somebody who walked through the form."""
    session = Session(form, NOW.astimezone(ZoneInfo("Asia/Shanghai")))
    path = session.next()
    while path is not None:
        if session.question(path).type != "note":
            name = path.rpartition("/")[2].removesuffix("[1]")
            assert session.answer(path, given.get(name, "")).kind == "ok", name
        path = session.next(path)
    return {path: value for path, is_relevant, value in session.nodes() if is_relevant and value}


async def report(database: Database, shelf: Shelf, address: str, answers: dict[str, str]) -> None:
    """Submit one report."""
    values = by_role(shelf.current, answers)
    async with database.transaction() as tx:
        chat, _ = await chats.load_turn(tx, "web", address, NOW)
        person_id, key = await people.create(tx, NOW)
        interview = await interviews.start(
            tx, chat.id, person_id, key, form_hash=shelf.hash, purpose="first", state="{}", now=NOW
        )
        projection = Projection(
            cycle=2026,
            county_id=values["county"],
            township_id=values["township"],
            birth_year=int(values["birth_year"]),
            sex=values["gender"],
        )
        submission = Submission(answers, values["id_number"], "0", "1", projection, None)
        await submit(tx, interview, submission, NOW)


async def fill(office: Office, everybody: tuple[Mapping[str, str], ...]) -> None:
    create_key_file(office.keys)
    database = await Database.open(office.url, Vault.open(office.keys))
    try:
        shelf = await publish(database, FORM, NOW)
        for at, given in enumerate(everybody):
            await report(database, shelf, str(at), answered(shelf.current, given))
    finally:
        await database.close()


async def noted(office: Office) -> tuple[list[audits.Entry], list[batches.Batch]]:
    database = await Database.open(office.url, Vault.open(office.keys))
    try:
        async with database.reading() as reading:
            return await audits.since(reading, NOW), await batches.of_places(
                reading, Scope((COUNTY_ID,))
            )
    finally:
        await database.close()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Office:
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path}/data/xiangwen.db"
    else:
        url = request.getfixturevalue("postgres_url")
    office = Office(tmp_path, url)
    asyncio.run(fill(office, PEOPLE))
    return office


@pytest.fixture
def small_office(tmp_path: Path) -> Office:
    """An office without a single report."""
    office = Office(tmp_path, f"sqlite:///{tmp_path}/data/xiangwen.db")
    asyncio.run(fill(office, ()))
    return office


def password_in(result: Result) -> str:
    line = next(line for line in result.stdout.splitlines() if line.startswith("Password"))
    return line.rpartition(" ")[2]


def test_reports_given_to_the_form_come_out_as_official_rows(office: Office) -> None:
    result = office.export()
    assert result.exit_code == 0, result.output
    assert "5 records of 稷山县" in result.stdout
    assert result.stdout.count("Password") == 1
    rows = {str(row[0]): row for row in by_openpyxl(decrypted(office.out, password_in(result)))}
    away = rows[EMPLOYED_AWAY["name"]]
    assert away[1] == EMPLOYED_AWAY["id_number"]
    assert str(away[5]).startswith("山西省运城市稷山县")
    assert str(away[5]).endswith("东张村")
    assert away[18] == 5200
    assert away[26] == "江苏省苏州昆山"
    assert rows[PROXY["name"]][4] == PROXY["informant_phone"]
    assert rows[OUT_OF_WORK["name"]][12] == "焊工；其他（手填）：修手机"
    assert rows[OUT_OF_WORK["name"]][16] == "省外：北京市"
    assert rows[RETURNEE["name"]][20] == "个体工商户"
    assert rows[PROXY["name"]][-1] == "超龄，待核"
    assert not (office.folder / "out.held-back.xlsx").exists()
    assert stat.S_IMODE(office.out.stat().st_mode) == 0o600


def test_an_export_leaves_an_audit_line_and_a_batch(office: Office) -> None:
    office.export("--plain", "--reason", "导入平台")
    (entry,), (batch,) = asyncio.run(noted(office))
    assert (entry.action, entry.scope) == ("export", f"county:{COUNTY}")
    assert "导入平台" in entry.detail
    assert entry.actor == batch.who == f"command:{pwd.getpwuid(os.getuid()).pw_name}"
    assert (batch.rows, batch.held_back, batch.county_id) == (5, 0, COUNTY_ID)
    assert batch.reason == "导入平台"
    assert len(batch.file_digest) == 64


def test_csv_and_codes_and_another_year(office: Office) -> None:
    out = office.folder / "out.csv"
    common = (
        "--county",
        COUNTY,
        "--out",
        str(out),
        "--codes",
        "--plain",
        "--reason",
        "核对",
        "--state",
        "submitted",
    )

    result = office.run(*common, "--cycle", "2026")
    assert result.exit_code == 0, result.output
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))[1:]
    assert {row[3] for row in rows} == {"01"}
    assert {row[1] for row in rows} == {person["id_number"] for person in PEOPLE}
    result = office.run(*common, "--cycle", "2025", "--force")
    assert "Nothing could be exported" in result.stdout


def test_a_county_without_reports_gives_the_headings_and_says_so(small_office: Office) -> None:
    result = small_office.export()
    assert result.exit_code == 0
    assert "Nothing could be exported" in result.stdout
    assert by_openpyxl(decrypted(small_office.out, password_in(result))) == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--county", "140729", "--out", "a.xls"), "ends in .xlsx or .csv"),
        (("--county", "140729", "--out", "a.csv"), "--plain --reason"),
        (("--county", "140729", "--out", "a.xlsx", "--plain"), "--plain needs --reason"),
        (("--county", "140729", "--out", "a.xlsx", "--reason", "x"), "--reason is for --plain"),
        (("--county", "140799", "--out", "a.xlsx"), "140728 平遥县"),
        (("--county", "平遥", "--out", "a.xlsx"), "Did you mean: 140728 平遥县?"),
        (("--county", "990000", "--out", "a.xlsx"), "six digits"),
        (("--county", "140728", "--cycle", "26", "--out", "a.xlsx"), "2022<=x<=2100"),
    ],
)
def test_a_wrong_order_is_refused_with_the_cure(
    small_office: Office, words: tuple[str, ...], told: str
) -> None:
    result = small_office.run(*words)
    assert result.exit_code == 2
    assert told in " ".join(result.stderr.split())


def test_an_existing_file_is_kept(small_office: Office) -> None:
    small_office.out.write_text("precious")
    result = small_office.export()
    assert result.exit_code == 2
    assert "--force" in result.stderr
    assert small_office.out.read_text() == "precious"


def test_nothing_is_created_where_nothing_was_stored(tmp_path: Path) -> None:
    office = Office(tmp_path, f"sqlite:///{tmp_path}/data/none.db")
    result = office.export()
    assert result.exit_code == 2
    assert "There is no database" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_similar_code_names_the_counties_of_its_city() -> None:
    found = near_counties(load_places(), "140199")
    assert {place.code[:4] for place in found} == {"1401"}
