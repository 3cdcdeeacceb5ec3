"""What LibreOffice saves in the other formats is read as the same cells."""

import subprocess
from datetime import date
from pathlib import Path

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from storage.tables.rows import Row
from tests.identities import identity
from tests.tables.files import xlsx
from tests.tables.reading import read

WHO = identity(4)


def _fill(sheet: Worksheet, book: xlsxwriter.Workbook) -> None:
    sheet.write_row(0, 0, ["姓名", "身份证号", "日期", "数"])
    sheet.write_string(2, 0, WHO.name)
    sheet.write_string(2, 1, WHO.id_number)
    sheet.write_datetime(2, 2, date(1990, 5, 1), book.add_format({"num_format": "yyyy-mm-dd"}))
    sheet.write_formula(2, 3, "=2+3", None, 5)
    sheet.merge_range(4, 0, 4, 1, "合并")
    hidden = book.add_worksheet("藏")
    hidden.write(0, 0, "看不见")
    hidden.hide()


def _convert(soffice: Path, folder: Path, kind: str) -> None:
    subprocess.run(
        [
            *(str(soffice), f"-env:UserInstallation=file://{folder}/profile", "--headless"),
            *("--convert-to", kind, "--outdir", str(folder), str(folder / "list.xlsx")),
        ],
        capture_output=True,
        check=True,
    )


async def test_every_format_gives_the_same_rows(tmp_path: Path, soffice: Path) -> None:
    (tmp_path / "list.xlsx").write_bytes(xlsx(_fill))
    for kind in ("xls", "ods"):
        _convert(soffice, tmp_path, kind)
        rows, notes = await read((tmp_path / f"list.{kind}").read_bytes())
        assert rows == [
            Row(1, ("姓名", "身份证号", "日期", "数")),
            Row(3, (WHO.name, WHO.id_number, "1990-05-01", "5"), {2: "date", 3: "number"}),
            Row(5, ("合并",)),
        ]
        said = {note.key: (note.count, note.where) for note in notes}
        assert said["formulas"] == (1, ("D3",))
        assert said["merged"] == (1, ("A5:B5",))
        assert said["hidden_sheets"] == (1, ("藏",)), kind
