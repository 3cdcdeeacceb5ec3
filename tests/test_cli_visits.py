"""`xiangwen visits` as an operator types it."""

import io
import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from bot.cli.main import main
from tests.export.reading import decrypted
from tests.identities import identity

Run = Callable[..., Result]
SOMEBODY = identity(77)


@pytest.fixture
def run(tmp_path: Path) -> Run:
    settings = {
        "XIANGWEN_STORAGE__URL": f"sqlite:///{tmp_path / 'data' / 'xiangwen.db'}",
        "XIANGWEN_KEYS__FILE": str(tmp_path / "keys" / "key"),
    }
    return lambda *words, given="": CliRunner().invoke(
        main, [str(word) for word in words], env=settings, input=given
    )


@pytest.fixture
def listed(run: Run, tmp_path: Path) -> Run:
    """Return commands on a place where one person is waited for."""
    file = tmp_path / "people.csv"
    line = f"{SOMEBODY.name},{SOMEBODY.id_number},西社镇,稷山县,东张村\n"
    file.write_text("姓名,身份证号,乡镇（街道）,县（市、区）,村（社区）\n" + line, "utf-8")
    added = run("roster", "add", file, "--reason", "test")
    assert added.exit_code == 0, added.output
    return run


def test_a_sheet_goes_out_protected_and_comes_back(listed: Run, tmp_path: Path) -> None:
    out = tmp_path / "sheet.xlsx"
    made = listed("visits", "sheet", "--station", "t0727", "--out", out)
    assert made.exit_code == 0, made.output
    assert "1 people in" in made.output
    assert out.stat().st_mode & 0o777 == 0o600
    password = re.search(r"shown only now: (\S+)", made.output)
    assert password is not None
    book = openpyxl.load_workbook(io.BytesIO(decrypted(out, password[1])))
    words = [cell.value for row in book.worksheets[0].rows for cell in row]
    assert SOMEBODY.name in words
    assert SOMEBODY.id_number not in words
    taken = listed("visits", "take-in", out, "--station", "t0727", given=password[1] + "\n")
    assert taken.exit_code == 0, taken.output
    assert "0 taken in" in taken.output


def test_why_a_line_was_not_taken_in_stands_in_the_result(listed: Run, tmp_path: Path) -> None:
    out = tmp_path / "sheet.xlsx"
    asked = ("visits", "sheet", "--station", "t0727", "--out", out)
    assert listed(*asked, "--plain", "--reason", "no computer there").exit_code == 0
    book = openpyxl.load_workbook(out)
    book.worksheets[0]["E3"] = "不同意"
    book.save(out)
    refused = listed("visits", "take-in", out, "--station", "t0727")
    assert refused.exit_code == 2
    assert "1 not taken in" in refused.output
    result = tmp_path / "sheet.result.xlsx"
    assert result.stat().st_mode & 0o777 == 0o600
    cells = [cell.value for cell in openpyxl.load_workbook(result).worksheets[0][2]]
    assert cells[0] == "3"
    assert cells[2] == "没录入"
    assert "没有同意" in str(cells[3])
    again = listed("visits", "take-in", out, "--station", "t0727")
    assert "exists" in again.output


def test_a_plain_sheet_needs_a_reason(listed: Run, tmp_path: Path) -> None:
    out = tmp_path / "sheet.xlsx"
    refused = listed("visits", "sheet", "--station", "t0727", "--out", out, "--plain")
    assert refused.exit_code == 2
    assert not out.exists()


def test_where_nobody_is_missing_there_is_no_sheet(listed: Run, tmp_path: Path) -> None:
    out = tmp_path / "sheet.xlsx"
    refused = listed("visits", "sheet", "--station", "t0727", "--village", "西张村", "--out", out)
    assert refused.exit_code == 2
    assert "Nobody is missing" in refused.output
    assert not out.exists()


def test_another_table_is_refused_before_anything_is_read_from_it(
    listed: Run, tmp_path: Path
) -> None:
    out, book = tmp_path / "other.xlsx", openpyxl.Workbook()
    book.worksheets[0]["A1"] = "编号"
    book.save(out)
    refused = listed("visits", "take-in", out, "--station", "t0727")
    assert refused.exit_code == 2
    assert "headings" in refused.output
