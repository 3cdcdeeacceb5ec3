"""A sheet that comes back is read without trust."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from storage.export.protect import EncryptingStream
from storage.visit_sheet.reading import (
    MOST_BYTES,
    SheetRefused,
    is_protected,
    rows_of,
    unprotected,
)
from storage.visit_sheet.writing import Line, Sheet, workbook_of

SHEET = Sheet(
    ("人", "单"),
    ("编号", "名", "答"),
    [Line(("", "", "去年"), is_grey=True), Line(("K7QM", "王<小>&梅", ""))],
    {2: ("种地", "打工")},
)


def _saved(book: openpyxl.Workbook) -> bytes:
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def _with_part(content: bytes, name: str, xml: bytes) -> bytes:
    """Return the package with another text in the place of a part."""
    changed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for entry in source.namelist():
            target.writestr(entry, xml if entry == name else source.read(entry))
    return changed.getvalue()


def _refusal(content: bytes) -> str:
    with pytest.raises(SheetRefused) as refused:
        rows_of(content)
    assert str(refused.value).startswith("The visit sheet: ")
    return refused.value.why


def test_what_is_written_is_read_again() -> None:
    assert rows_of(workbook_of(SHEET)) == {
        1: {0: "编号", 1: "名", 2: "答"},
        2: {2: "去年"},
        3: {0: "K7QM", 1: "王<小>&梅"},
    }


def test_another_program_sees_heading_lists_and_how_it_prints() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook_of(SHEET)))
    page = book.worksheets[0]
    assert page.freeze_panes == "C2"
    assert page.print_title_rows == "$1:$1"
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    (lists,) = page.data_validations.dataValidation
    assert str(lists.sqref) == "C2:C3"
    assert lists.formula1 == "'单'!$A$2:$A$3"
    assert [cell.value for cell in book.worksheets[1]["A"]] == ["答", "种地", "打工"]


def test_nobody_is_torn_in_two_between_pages() -> None:
    people = Sheet(SHEET.titles, SHEET.header, [*SHEET.lines] * 30, SHEET.lists)
    page = openpyxl.load_workbook(io.BytesIO(workbook_of(people))).worksheets[0]
    ends = [each.id for each in page.row_breaks.brk]
    assert ends == [25, 49]
    assert all(page.cell(row, 1).value == "K7QM" for row in ends)


def test_what_another_program_saved_is_read() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook_of(SHEET)))
    book.worksheets[0]["C3"] = 5200
    book.worksheets[0]["D3"] = " 打工 "
    rows = rows_of(_saved(book))
    assert rows[3] == {0: "K7QM", 1: "王<小>&梅", 2: "5200", 3: "打工"}


def test_a_protected_file_opens_with_its_password_only(tmp_path: Path) -> None:
    target, stream = tmp_path / "sheet.xlsx", EncryptingStream("right", tmp_path)
    stream.write(workbook_of(SHEET))
    with target.open("w+b") as file:
        stream.finish(file)
    stream.close()
    content = target.read_bytes()
    assert is_protected(content)
    assert rows_of(unprotected(content, "right")) == rows_of(workbook_of(SHEET))
    with pytest.raises(SheetRefused) as refused:
        unprotected(content, "wrong")
    assert refused.value.why == "password"


def test_a_formula_is_refused() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook_of(SHEET)))
    book.worksheets[0]["C3"] = "=1+1"
    assert _refusal(_saved(book)) == "formula"


def test_a_file_that_is_too_large_is_refused() -> None:
    assert _refusal(b"PK" + bytes(MOST_BYTES)) == "large"


def test_a_package_that_swells_is_refused() -> None:
    bomb = _with_part(workbook_of(SHEET), "xl/styles.xml", b" " * (60 << 20))
    assert len(bomb) < MOST_BYTES
    assert _refusal(bomb) == "large"


def test_more_cells_than_a_sheet_has_are_refused() -> None:
    cells = "".join(f'<c r="A{row}"><v>1</v></c>' for row in range(1, 120_000))
    xml = f"<worksheet><sheetData><row>{cells}</row></sheetData></worksheet>"
    assert _refusal(_with_part(workbook_of(SHEET), "xl/worksheets/sheet1.xml", xml.encode())) == (
        "cells"
    )


@pytest.mark.parametrize(
    "xml",
    [
        b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet><sheetData/></worksheet>',
        b"<worksheet><sheetData>",
        b'<worksheet><c r="A1" t="s"><v>7</v></c></worksheet>',
        b'<worksheet><c r="nowhere"><v>7</v></c></worksheet>',
        b'<worksheet><c r="A1" t="s"><v>x</v></c></worksheet>',
    ],
    ids=["document type", "cut off", "string that is not there", "no place", "no number"],
)
def test_a_sheet_that_is_out_of_order_is_refused(xml: bytes) -> None:
    assert _refusal(_with_part(workbook_of(SHEET), "xl/worksheets/sheet1.xml", xml)) == "broken"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"name,number\n1,2\n"])
def test_what_is_no_workbook_is_refused(content: bytes) -> None:
    assert _refusal(content) == "broken"


def test_what_only_looks_protected_is_refused() -> None:
    with pytest.raises(SheetRefused) as refused:
        unprotected(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "any")
    assert refused.value.why == "broken"
