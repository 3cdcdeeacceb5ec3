"""What stands in a cell is read as text, with a mark for what it was."""

import io
from datetime import date, time

import openpyxl
import pytest
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from storage.tables.opening import open_table
from storage.tables.rows import Note, Row
from tests.identities import identity
from tests.tables.files import formula, in_container, ods, with_parts, xls, xlsx, xlsx_of
from tests.tables.reading import read, refused

WHO = identity(1)


async def test_text_stays_text_and_everything_else_is_marked() -> None:
    def fill(sheet: Worksheet, book: xlsxwriter.Workbook) -> None:
        sheet.write_row(0, 0, ["姓名", "身份证号"])
        sheet.write_string(2, 0, WHO.name)
        sheet.write_string(2, 1, WHO.id_number)
        sheet.write_number(3, 1, float(WHO.id_number[:15] + "000"))
        sheet.write_datetime(4, 1, date(1990, 5, 1), book.add_format({"num_format": "y-m-d"}))
        sheet.write_datetime(4, 2, time(8, 30), book.add_format({"num_format": "hh:mm"}))
        sheet.write_boolean(4, 3, boolean=True)
        sheet.write_number(4, 4, 2.5)

    rows, notes = await read(xlsx(fill))
    assert rows == [
        Row(1, ("姓名", "身份证号")),
        Row(3, (WHO.name, WHO.id_number)),
        Row(4, ("", WHO.id_number[:15] + "000"), {1: "number"}),
        Row(
            5,
            ("", "1990-05-01", "08:30:00", "TRUE", "2.5"),
            {1: "date", 2: "time", 3: "boolean", 4: "number"},
        ),
    ]
    assert notes == []


async def test_formulas_and_errors_are_said_with_their_addresses() -> None:
    def fill(sheet: Worksheet, _: xlsxwriter.Workbook) -> None:
        sheet.write_formula(1, 1, "=1+1", None, 2)
        sheet.write_formula(2, 2, "=1/0", None, "#DIV/0!")
        sheet.write_formula(3, 0, '=HYPERLINK("http://example.invalid")', None, "看")

    rows, notes = await read(xlsx(fill))
    assert rows == [
        Row(2, ("", "2"), {1: "number"}),
        Row(3, ("", "", ""), {2: "error"}),
        Row(4, ("看",)),
    ]
    assert notes == [Note("formulas", 3, ("B2", "C3", "A4")), Note("errors", 1, ("C3",))]


async def test_merged_cells_and_hidden_rows_are_said() -> None:
    def fill(sheet: Worksheet, _: xlsxwriter.Workbook) -> None:
        sheet.merge_range(1, 0, 3, 1, "赵家庄")
        sheet.write(4, 0, "看不见")
        sheet.set_row(4, None, None, {"hidden": True})

    rows, notes = await read(xlsx(fill))
    assert [row.line for row in rows] == [2, 5]
    assert notes == [Note("hidden_rows", 1), Note("merged", 1, ("A2:B4",))]


async def test_the_first_sheet_that_is_shown_is_taken_and_hidden_ones_are_said() -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].title = "藏"
    book.worksheets[0].sheet_state = "veryHidden"
    book.create_sheet("看")["A1"] = "在"
    saved = io.BytesIO()
    book.save(saved)
    async with open_table(saved.getvalue()) as table:
        assert [(sheet.name, sheet.is_hidden) for sheet in table.sheets] == [
            ("藏", True),
            ("看", False),
        ]
        assert table.notes == [Note("hidden_sheets", 1, ("藏",))]
        assert [rows async for rows in table.rows(table.first)] == [[Row(1, ("在",))]]


async def test_links_to_other_files_are_said_and_not_followed() -> None:
    content = with_parts(xlsx_of([["在"]]), {"xl/externalLinks/externalLink1.xml": b"<x/>"})
    rows, notes = await read(content)
    assert rows == [Row(1, ("在",))]
    assert notes == [Note("external", 1)]


async def test_an_old_excel_file_is_read() -> None:
    number = float(WHO.id_number[:15] + "000")
    rows, notes = await read(xls([(0, 0, "姓名"), (2, 0, WHO.name), (2, 1, number)]))
    assert rows == [
        Row(1, ("姓名",)),
        Row(3, (WHO.name, f"{WHO.id_number[:15]}000"), {1: "number"}),
    ]
    assert notes == []


async def test_an_old_excel_file_with_a_password_is_refused() -> None:
    locked = xls([(0, 0, "姓名")], extra=[b"\x2f\x00\x06\x00" + bytes(6)])
    assert (await refused(locked)).key == "password"


async def test_a_document_of_libreoffice_is_read() -> None:
    rows, notes = await read(
        ods(
            '<table:table-row table:number-rows-repeated="2"/><table:table-row>'
            '<table:table-cell office:value-type="string" table:number-rows-spanned="2">'
            "<text:p>赵家庄</text:p></table:table-cell>"
            '<table:table-cell table:formula="of:=1+1" office:value-type="float" '
            'office:value="2"><text:p>2</text:p></table:table-cell></table:table-row>'
        )
    )
    assert rows == [Row(3, ("赵家庄", "2"), {1: "number"})]
    assert notes == [Note("formulas", 1, ("B3",)), Note("merged", 1, ("A3:A4",))]


async def test_many_rows_come_in_chunks_and_a_sheet_can_be_read_again() -> None:
    content = xlsx_of([[f"行{at}"] for at in range(1_000)])
    async with open_table(content) as table:
        async for rows in table.rows(0):
            assert 0 < len(rows) < 1_000
            break
        again = [row.line async for rows in table.rows(0) for row in rows]
    assert again == list(range(1, 1_001))


async def test_columns_count_from_a() -> None:
    def fill(sheet: Worksheet, _: xlsxwriter.Workbook) -> None:
        sheet.write(4, 3, "在")

    rows, _ = await read(xlsx(fill))
    assert rows == [Row(5, ("", "", "", "在"))]


@pytest.mark.parametrize("guarded", [f"'{WHO.id_number}", f'="{WHO.id_number}"'])
async def test_what_guards_a_number_from_excel_is_taken_off(guarded: str) -> None:
    assert (await read(xlsx_of([[guarded]])))[0] == [Row(1, (WHO.id_number,))]


async def test_a_formula_of_an_old_file_is_said() -> None:
    content = xls([(0, 0, "姓名")])
    end = content.rindex(b"\x0a\x00\x00\x00")
    stream = content[512 * 3 : end] + formula(1, 1, 2.0) + content[end : end + 4]
    _, notes = await read(in_container("Workbook", stream))
    assert notes == [Note("formulas", 1, ("B2",))]
