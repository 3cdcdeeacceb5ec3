"""Files of numbers: CSV, and an .xlsx of a few small sheets, written without a library.

Words go in as inline strings and never act as a formula; numbers are numbers.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from storage.export.new_book import DECLARED, MAIN, new_book
from storage.export.template import letter_of
from storage.export.text import in_csv, in_xml

Cell = str | int | float
Kind = Literal["count", "share", "change", "words"]

_TITLE, _NOTE, _HEADER, _WORDS = 1, 2, 3, 4
_STYLE_OF: Final = {"words": _WORDS, "count": 5, "share": 6, "change": 7}
_NARROW, _WIDE = 11, 26
_BORDERED: Final = 'fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1"'

_STYLES: Final = f"""{DECLARED}<styleSheet xmlns="{MAIN}">\
<numFmts count="1"><numFmt numFmtId="164" formatCode="+#,##0;-#,##0;0"/></numFmts>\
<fonts count="4"><font><sz val="11"/><name val="宋体"/></font>\
<font><b/><sz val="15"/><name val="宋体"/></font>\
<font><sz val="10"/><color rgb="FF595959"/><name val="宋体"/></font>\
<font><b/><sz val="11"/><name val="宋体"/></font></fonts>\
<fills count="3"><fill><patternFill patternType="none"/></fill>\
<fill><patternFill patternType="gray125"/></fill>\
<fill><patternFill patternType="solid"><fgColor rgb="FFDDEBF7"/></patternFill></fill></fills>\
<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>\
<border><left style="thin"/><right style="thin"/><top style="thin"/><bottom style="thin"/>\
<diagonal/></border></borders>\
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>\
<cellXfs count="8"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>\
<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>\
<xf numFmtId="0" fontId="2" fillId="0" borderId="0" xfId="0" applyFont="1"/>\
<xf numFmtId="0" fontId="3" fillId="2" borderId="1" xfId="0" applyFont="1" applyFill="1" \
applyBorder="1" applyAlignment="1">\
<alignment horizontal="center" vertical="center" wrapText="1"/></xf>\
<xf numFmtId="49" {_BORDERED} applyBorder="1"/><xf numFmtId="3" {_BORDERED} applyBorder="1"/>\
<xf numFmtId="10" {_BORDERED} applyBorder="1"/>\
<xf numFmtId="164" {_BORDERED} applyBorder="1"/></cellXfs>\
<cellStyles count="1"><cellStyle name="常规" xfId="0" builtinId="0"/></cellStyles>\
</styleSheet>"""


@dataclass(frozen=True, slots=True)
class NumberSheet:
    """One sheet: a title, a few notes, a heading, and rows whose first cells are words.

    Args of the constructor, where not plain:
        kind: how its numbers are shown.
        wide: columns that hold sentences, from 0.
    """

    name: str
    title: str
    notes: tuple[str, ...]
    heading: tuple[str, ...]
    rows: Sequence[Sequence[Cell]] = field(repr=False)
    kind: Kind = "count"
    wide: tuple[int, ...] = (0,)


def csv_of(sheet: NumberSheet) -> bytes:
    """Return the rows under their heading as CSV, with the mark by which Excel knows UTF-8."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow([in_csv(title) for title in sheet.heading])
    for row in sheet.rows:
        writer.writerow([in_csv(cell) if isinstance(cell, str) else cell for cell in row])
    return written.getvalue().encode("utf-8-sig")


def workbook_of(sheets: Sequence[NumberSheet]) -> bytes:
    """Return an .xlsx of these sheets."""
    return new_book(_STYLES, [(one.name, _sheet(one)) for one in sheets])


def _sheet(sheet: NumberSheet) -> str:
    last = 2 + len(sheet.notes)
    widths = "".join(
        f'<col min="{at}" max="{at}" width="{_WIDE if at - 1 in sheet.wide else _NARROW}" '
        'customWidth="1"/>'
        for at in range(1, len(sheet.heading) + 1)
    )
    return (
        f'{DECLARED}<worksheet xmlns="{MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<sheetViews><sheetView workbookViewId="0"><pane xSplit="1" ySplit="{last}" '
        f'topLeftCell="B{last + 1}" activePane="bottomRight" state="frozen"/></sheetView>'
        f"</sheetViews><cols>{widths}</cols><sheetData>{''.join(_rows(sheet))}</sheetData>"
        '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" fitToHeight="0" orientation="landscape"/>'
        "<headerFooter><oddFooter>&amp;C&amp;P / &amp;N</oddFooter></headerFooter></worksheet>"
    )


def _rows(sheet: NumberSheet) -> Iterator[str]:
    for at, note in enumerate((sheet.title, *sheet.notes), 1):
        yield f'<row r="{at}">{_cell(at, 1, note, _TITLE if at == 1 else _NOTE)}</row>'
    heading = 2 + len(sheet.notes)
    cells = "".join(_cell(heading, at, one, _HEADER) for at, one in enumerate(sheet.heading, 1))
    yield f'<row r="{heading}" ht="36" customHeight="1">{cells}</row>'
    for row, given in enumerate(sheet.rows, heading + 1):
        cells = "".join(
            _cell(row, at, one, _WORDS if isinstance(one, str) else _STYLE_OF[sheet.kind])
            for at, one in enumerate(given, 1)
        )
        yield f'<row r="{row}">{cells}</row>'


def _cell(row: int, column: int, value: Cell, style: int) -> str:
    place = f'r="{letter_of(column)}{row}" s="{style}"'
    if isinstance(value, str):
        return f'<c {place} t="inlineStr"><is><t>{in_xml(value)}</t></is></c>'
    return f"<c {place}><v>{value!r}</v></c>"
