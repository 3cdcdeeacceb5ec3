"""`xiangwen export`: what it leaves behind, and the commands beside it."""

import asyncio
import json
from pathlib import Path

import pytest
from click.testing import Result

from storage import batches, official_templates
from storage.batches import Batch, Choice
from storage.database import Database
from storage.vault import Vault
from tests.export.platform import FIRST_ROW, platform_template
from tests.export.reading import by_openpyxl, decrypted
from tests.export.test_command import (
    COUNTY,
    COUNTY_ID,
    PEOPLE,
    Office,
    fill,
    noted,
    password_in,
)
from tests.storage.made_up import NOW

ELSEWHERE = "140802001"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path, f"sqlite:///{tmp_path}/data/xiangwen.db")
    asyncio.run(fill(office, PEOPLE))
    return office


def states(office: Office) -> dict[str, int]:
    """Return what `--dry-run` counts, by state."""
    result = office.run("--county", COUNTY, "--dry-run")
    assert result.exit_code == 0, result.output
    rows = [line.split() for line in result.stdout.splitlines()[1:]]
    return {row[0]: int(row[1]) for row in rows}


def ran(office: Office, *words: str) -> Result:
    result = office.run(*words, "--county", COUNTY)
    assert result.exit_code == 0, result.output
    return result


def test_an_export_takes_its_reports_to_exported_and_the_next_holds_only_changes(
    office: Office,
) -> None:
    assert states(office) == {"submitted": 5}
    office.export()
    assert states(office) == {"exported": 5}
    result = office.export("--changed", "--force")
    assert "Nothing could be exported" in result.stdout
    (second, first) = asyncio.run(noted(office))[1]
    assert (first.state, first.rows, second.rows) == ("taken", 5, 0)
    assert first.choice == Choice(states=("verified", "submitted"))


def test_reports_that_nobody_verified_wait(office: Office) -> None:
    result = office.run("--county", COUNTY, "--out", str(office.out))
    assert "Nothing could be exported" in result.stdout
    (batch,) = asyncio.run(noted(office))[1]
    assert batch.counts["waiting"] == 5


def test_a_dry_run_makes_nothing(office: Office) -> None:
    result = office.run("--county", COUNTY, "--dry-run", "--state", "submitted")
    assert "5 records of 稷山县 would be checked" in result.stdout
    assert asyncio.run(noted(office)) == ([], [])
    assert not office.out.exists()


def test_a_station_is_exported_by_its_code(office: Office) -> None:
    wrong = office.export("--station", ELSEWHERE)
    assert wrong.exit_code == 2
    assert "no township of 稷山县" in wrong.stderr
    result = office.export("--station", "140824100")
    assert "0 records" in result.stdout


def test_a_second_export_is_told_of_the_first(office: Office) -> None:
    asyncio.run(asked(office))
    result = office.export()
    assert result.exit_code == 2
    assert "is on its way" in result.stderr
    assert not office.out.exists()


async def asked(office: Office) -> Batch | None:
    database = await Database.open(office.url, Vault.open(office.keys))
    try:
        async with database.transaction() as tx:
            return await batches.ask(
                tx,
                kind="console",
                county_id=COUNTY_ID,
                who="staff:x",
                choice=Choice(),
                mapping_id=None,
                now=NOW,
            )
    finally:
        await database.close()


def test_batches_and_who_was_held_back_are_listed_by_tags(tmp_path: Path) -> None:
    office = Office(tmp_path, f"sqlite:///{tmp_path}/data/xiangwen.db")
    asyncio.run(fill(office, PEOPLE[:1]))
    asyncio.run(spoil(office))
    office.export()
    listed = ran(office, "list").stdout
    assert "0 rows  1 held back" in listed
    tag = listed.split()[0]
    assert "worker: " in ran(office, "held-back", tag).stdout
    assert office.run("held-back", "nothing", "--county", COUNTY).exit_code == 2


async def spoil(office: Office) -> None:
    """Let the platform have rejected what there is."""
    database = await Database.open(office.url, Vault.open(office.keys))
    try:
        async with database.transaction() as tx:
            rows = await tx.all(
                "reports.export_chunk",
                county_id=COUNTY_ID,
                stations="[]",
                cycle=0,
                after="",
                most=1,
            )
            await tx.one("reports.set_state", id=rows[0]["report_id"], state="rejected", now=1)
    finally:
        await database.close()


@pytest.mark.filterwarnings("ignore:Data Validation extension is not supported")
def test_a_template_is_added_corrected_shown_and_used(office: Office) -> None:
    file = office.folder / "空表.xlsx"
    file.write_bytes(platform_template())
    told = ran(office, "template", "add", str(file)).stdout
    tag = told.split("its mapping is ")[1].split()[0]
    assert "warning: no_counterpart 民族" in told
    refused = office.run("template", "activate", tag, "--county", COUNTY)
    assert refused.exit_code == 2
    assert "--accept" in refused.stderr
    own = office.folder / "mapping.json"
    ran(office, "template", "map", tag, "--write", str(own))
    mapping = json.loads(own.read_text("utf-8"))
    mapping["columns"][-1]["constant"] = "系统采集"
    own.write_text(json.dumps(mapping), "utf-8")
    tag = ran(office, "template", "map", tag, "--read", str(own)).stdout.split()[-1].rstrip(".")
    assert "样例某某" in ran(office, "template", "show", tag).stdout
    ran(office, "template", "activate", tag, "--accept")
    assert "active" in ran(office, "template", "show").stdout
    result = office.export()
    rows = by_openpyxl(decrypted(office.out, password_in(result)), FIRST_ROW, 1)
    assert {row[-1] for row in rows} == {"系统采集"}
    assert len(rows) == 5


def test_a_broken_mapping_or_template_is_refused_with_the_place(office: Office) -> None:
    file = office.folder / "空表.xls"
    file.write_bytes(b"\xd0\xcf\x11\xe0" * 100)
    refused = office.run("template", "add", str(file), "--county", COUNTY)
    assert refused.exit_code == 2
    assert "save it as .xlsx" in refused.stderr
    good = office.folder / "空表.xlsx"
    good.write_bytes(platform_template())
    told = ran(office, "template", "add", str(good)).stdout
    tag = told.split("its mapping is ")[1].split()[0]
    bad = office.folder / "bad.json"
    bad.write_text('{"title": 1}', "utf-8")
    refused = office.run("template", "map", tag, "--read", str(bad), "--county", COUNTY)
    assert "bad.json: title" in refused.stderr
    assert asyncio.run(templates_of(office)) == 1


async def templates_of(office: Office) -> int:
    database = await Database.open(office.url, Vault.open(office.keys))
    try:
        async with database.reading() as reading:
            return len(await official_templates.mappings(reading, COUNTY_ID))
    finally:
        await database.close()
