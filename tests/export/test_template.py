"""A county's own template: what it may look like, and what is said of one that cannot be used."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from storage.export.columns import Columns
from storage.export.errors import TemplateError
from storage.export.package import cut, read_frame
from storage.export.template import Template, load_template
from tests.export.people import file_records, plain, records
from tests.export.reading import by_calamine, by_openpyxl, parts

SHEET = "xl/worksheets/sheet1.xml"
X14 = (
    '<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" '
    'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
    '<x14:dataValidations xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main" '
    'count="1"><x14:dataValidation type="list" allowBlank="1"><x14:formula1>'
    "<xm:f>字典!$A$1:$A$2</xm:f></x14:formula1><xm:sqref>D6:D999</xm:sqref>"
    "</x14:dataValidation></x14:dataValidations></ext></extLst>"
)
MAPPING = """
title = "县里的表"
file = "county.xlsx"
sheet = "劳动力 & 就业"
first_row = 6
[[columns]]
title = "身份证号"
roles = ["id_number"]
letter = "C"
[[columns]]
title = "性别"
roles = ["gender"]
list = "sex"
letter = "D"
[[columns]]
title = "姓名"
roles = ["name"]
letter = "B"
[lists.sex]
"1" = "男性"
"2" = "女性"
"""


def rich_template() -> bytes:
    """Return an .xlsx as people make them: merged titles, notes, a hidden sheet, sample rows."""
    book = openpyxl.Workbook()
    sheet = book.create_sheet("劳动力 & 就业", 0)
    del book["Sheet"]
    sheet["A1"] = "农村劳动力就业信息采集表"
    sheet["A1"].font = Font(bold=True)
    sheet.merge_cells("A1:F3")
    sheet["C5"] = "身份证号"
    sheet["C5"].comment = Comment("18位", "县人社局")
    for row in (6, 7, 8):
        sheet[f"B{row}"] = "样例"
        sheet[f"B{row}"].fill = PatternFill("solid", fgColor="FFFF00")
        sheet[f"C{row}"].number_format = "@"
    sheet.add_data_validation(DataValidation("list", formula1='"有,无"', sqref="E6:E99"))
    hidden = book.create_sheet("字典")
    hidden.sheet_state = "hidden"
    hidden.append(["男性"])
    saved = io.BytesIO()
    book.save(saved)
    return with_part(saved.getvalue(), SHEET, b"</worksheet>", X14.encode() + b"</worksheet>")


def with_part(content: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """Return the package with something in one part replaced."""
    changed = io.BytesIO()
    with zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as package:
        for part, words in parts(content).items():
            package.writestr(part, words.replace(old, new) if part == name else words)
    return changed.getvalue()


@pytest.fixture
def template(tmp_path: Path) -> Template:
    (tmp_path / "county.toml").write_text(MAPPING, encoding="utf-8")
    return load_template(tmp_path / "county.toml")


async def filled(folder: Path, template: Template, content: bytes) -> bytes:
    frame = cut(content, template, "county.xlsx")
    columns = Columns(template, "labels")
    file_records(plain(folder), records(3), columns, frame)
    return (folder / "out.xlsx").read_bytes()


@pytest.mark.filterwarnings("ignore:Data Validation extension is not supported")
async def test_a_county_s_own_template_keeps_everything_but_its_sample_rows(
    tmp_path: Path, template: Template
) -> None:
    given, content = records(3), rich_template()
    written = await filled(tmp_path, template, content)
    before, after = parts(content), parts(written)
    assert list(after) == list(before)
    assert {name for name in before if before[name] != after[name]} == {SHEET}
    assert X14.encode() in after[SHEET]
    assert b"mergeCell" in after[SHEET]
    rows = by_openpyxl(written, first_row=6)
    assert [row[1] for row in rows] == [values["name"] for values in given]
    assert [row[2] for row in rows] == [values["id_number"] for values in given]
    assert rows[0][3] in {"男性", "女性"}
    assert [row[:4] for row in rows] == by_calamine(written, first_row=6)


@pytest.mark.filterwarnings("ignore:Data Validation extension is not supported")
async def test_cells_take_the_style_of_the_sample_row(tmp_path: Path, template: Template) -> None:
    written = await filled(tmp_path, template, rich_template())
    sheet = openpyxl.load_workbook(io.BytesIO(written))["劳动力 & 就业"]
    assert sheet["B8"].fill.fgColor.rgb == "00FFFF00"
    assert sheet["C8"].number_format == "@"
    assert "A1:F3" in {str(span) for span in sheet.merged_cells.ranges}
    assert sheet["C5"].comment.text == "18位"


async def test_a_sheet_without_rows_and_one_with_prefixes_are_filled_too(
    tmp_path: Path, template: Template
) -> None:
    prefixed = (
        '<?xml version="1.0" encoding="utf-8"?><x:worksheet xmlns:x="http://schemas.'
        'openxmlformats.org/spreadsheetml/2006/main"><x:dimension ref="A1"></x:dimension>'
        "<x:sheetData/></x:worksheet>"
    )
    content = with_part(rich_template(), SHEET, parts(rich_template())[SHEET], prefixed.encode())
    written = await filled(tmp_path, template, content)
    sheet = parts(written)[SHEET].decode()
    assert "dimension" not in sheet
    assert "<x:sheetData><x:row r=" in sheet
    assert len(by_calamine(written, first_row=6)) == 3
    assert len(by_openpyxl(written, first_row=6)) == 3


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\xd0\xcf\x11\xe0" + bytes(600), "save it as .xlsx, without a password"),
        (b"no zip at all", "Open it in Excel or WPS"),
        (with_part(rich_template(), "xl/workbook.xml", b"workbook ", b"work "), "Open it in"),
        (with_part(rich_template(), SHEET, b"<worksheet", b"<!DOCTYPE x><worksheet"), "Open it"),
        (with_part(rich_template(), SHEET, b"sheetData", b"sheetDate"), "Open it in Excel"),
        (
            with_part(rich_template(), "xl/workbook.xml", b"&amp;", b"+"),
            "no sheet “劳动力",
        ),
    ],
)
def test_a_template_that_cannot_be_used_is_refused_with_the_cure(
    template: Template, content: bytes, told: str
) -> None:
    with pytest.raises(TemplateError, match=told):
        cut(content, template, "county.xlsx")


def test_a_template_that_is_not_there_is_named(tmp_path: Path, template: Template) -> None:
    with pytest.raises(TemplateError, match="beside its mapping"):
        read_frame(tmp_path / "county.xlsx", template)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('list = "sex"', 'list = "sexes"', r"there is no \[lists.sexes\]"),
        ('letter = "D"', 'letter = "C"', "same letter"),
        ('letter = "D"', 'letter = "ZZZ"', "XFD"),
        ('letter = "D"', "letter = 4", "columns.1.letter"),
        ("first_row = 6", "first_row = 0", "first_row"),
        ("first_row = 6", "firstrow = 6", "firstrow|first_row"),
        ('roles = ["name"]', 'constant = "x"\nroles = ["name"]', "either roles or a constant"),
        ("title", "title =", "no TOML"),
    ],
)
def test_a_wrong_mapping_is_told_by_its_key(tmp_path: Path, old: str, new: str, told: str) -> None:
    path = tmp_path / "county.toml"
    path.write_text(MAPPING.replace(old, new), encoding="utf-8")
    with pytest.raises(TemplateError, match=told):
        load_template(path)


def test_a_mapping_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match=r"missing\.toml"):
        load_template(tmp_path / "missing.toml")
