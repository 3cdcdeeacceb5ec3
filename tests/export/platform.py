"""An empty template as a platform hands it out: groups, merged titles, all kinds of drop-downs."""

import io
from collections.abc import Mapping, Sequence

import openpyxl
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from storage.export.template import letter_of
from tests.export.test_template import with_part

SHEET = "xl/worksheets/sheet2.xml"
FIRST_ROW = 6
# Group, title; a title without a group is merged over both rows.
COLUMNS: Sequence[tuple[str, str]] = (
    ("", "序号"),
    *(
        ("基本信息", title)
        for title in ("姓名*", "公民身份号码*", "性别", "民族", "学历", "联系电话")
    ),
    ("基本信息", "户口所在地"),
    ("基本信息", "政治面貌"),
    ("基本信息", "劳动能力"),
    *(("培训意愿", title) for title in ("培训意愿", "意向培训时间", "培训工种")),
    *(("求职意愿", title) for title in ("求职意愿", "意向行业", "期望月薪", "意向工作地点")),
    *(("就业情况", title) for title in ("就业状态", "月均收入（元）", "是否稳定就业")),
    *(("就业情况", title) for title in ("创业情况", "转移就业区域")),
    ("", "采集方式"),
)
HIDDEN: Mapping[str, Sequence[str]] = {
    "民族": ("01-汉族", "02-蒙古族", "03-回族", "04-藏族"),
    "学历": (
        "博士",
        "硕士",
        "本科",
        "大专",
        "中专",
        "职高",
        "技校",
        "高中",
        "初中",
        "小学",
        "文盲",
    ),
    "政治面貌": ("中共党员", "预备党员", "共青团员", "群众"),
}
X14 = (
    '<extLst><ext uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}" '
    'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
    '<x14:dataValidations xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main" '
    'count="1"><x14:dataValidation type="list" allowBlank="1"><x14:formula1>'
    "<xm:f>字典!$A$1:$A$4</xm:f></x14:formula1><xm:sqref>{letter}6:{letter}9999</xm:sqref>"
    "</x14:dataValidation></x14:dataValidations></ext></extLst>"
)


def letter(title: str, columns: Sequence[tuple[str, str]] = COLUMNS) -> str:
    """Return the letter of a column by its title."""
    return letter_of(1 + [name for _, name in columns].index(title))


def platform_template(columns: Sequence[tuple[str, str]] = COLUMNS) -> bytes:
    """Return the .xlsx."""
    book = openpyxl.Workbook()
    book.active.title = "填表说明"  # type: ignore[union-attr]
    book["填表说明"]["A1"] = "姓名、身份证号等请如实填写"
    sheet = book.create_sheet("采集表")
    last = letter_of(len(columns))
    sheet["A1"] = "农村劳动力就业信息采集表"
    sheet["A1"].font = Font(bold=True, size=16)
    sheet.merge_cells(f"A1:{last}1")
    sheet["A2"] = "填报单位："
    _heading(sheet, columns)
    for at in range(1, len(columns) + 1):
        sheet.cell(5, at, "必填" if at < 8 else "选填")
        sheet.cell(FIRST_ROW, at).fill = PatternFill("solid", fgColor="FFFFE0")
        sheet.column_dimensions[letter_of(at)].width = 8 + at
    sheet.cell(FIRST_ROW, 2, "张三（样例）")
    sheet.cell(FIRST_ROW, 3).number_format = "@"
    _hidden(book)
    _drop_downs(sheet, columns)
    sheet.freeze_panes = "C6"
    saved = io.BytesIO()
    book.save(saved)
    x14 = X14.format(letter=letter("民族", columns)).replace("{{", "{").replace("}}", "}")
    return with_part(saved.getvalue(), SHEET, b"</worksheet>", x14.encode() + b"</worksheet>")


def _heading(sheet: Worksheet, columns: Sequence[tuple[str, str]]) -> None:
    start = 1
    for at, (group, title) in enumerate(columns, 1):
        if not group:
            sheet.cell(3, at, title)
            sheet.merge_cells(start_row=3, end_row=4, start_column=at, end_column=at)
            continue
        sheet.cell(4, at, title)
        before = columns[at - 2][0] if at > 1 else None
        if group != before:
            sheet.cell(3, at, group)
            start = at
        after = columns[at][0] if at < len(columns) else None
        if group != after and at > start:
            sheet.merge_cells(start_row=3, end_row=3, start_column=start, end_column=at)


def _hidden(book: openpyxl.Workbook) -> None:
    hidden = book.create_sheet("字典")
    hidden.sheet_state = "hidden"
    for column, words in enumerate(HIDDEN.values(), 1):
        for row, one in enumerate(words, 1):
            hidden.cell(row, column, one)
    named = DefinedName("学历表", attr_text="字典!$B$1:$B$11")
    book.defined_names["学历表"] = named


def _drop_downs(sheet: Worksheet, columns: Sequence[tuple[str, str]]) -> None:
    lists = {
        "性别": '"男性,女性"',
        "学历": "=学历表",
        "政治面貌": "=字典!$C$1:$C$4",
        "培训意愿": '"是,否"',
        "求职意愿": '"是,否"',
        "是否稳定就业": '"稳定就业,不稳定就业"',
        "采集方式": '"系统采集,上门采集"',
    }
    titles = [title for _, title in columns]
    for title, formula in lists.items():
        if title in titles:
            where = letter_of(titles.index(title) + 1)
            sheet.add_data_validation(
                DataValidation("list", formula1=formula, sqref=f"{where}6:{where}9999")
            )
