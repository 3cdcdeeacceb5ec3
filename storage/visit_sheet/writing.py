"""Writes a visit sheet: A4 across, the heading on every page.

Words go in as inline strings, as in the export.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from storage.export.new_book import DECLARED, MAIN, new_book
from storage.export.template import letter_of
from storage.export.text import in_xml

MOST_PEOPLE: Final = 200
_HEADER, _KNOWN, _EMPTY = 1, 2, 3
_WIDTH: Final = 13
_FIRST: Final = 2
# So many lines fit on a page with two for each person, so that nobody is torn in two.
_ON_A_PAGE: Final = 24
# So many Chinese characters of a grey line fit side by side, at 13 points a line.
_SIDE_BY_SIDE: Final = 8

_STYLES: Final = f"""{DECLARED}<styleSheet xmlns="{MAIN}">\
<fonts count="3"><font><sz val="10"/><name val="宋体"/></font>\
<font><b/><sz val="10"/><name val="宋体"/></font>\
<font><sz val="9"/><color rgb="FF808080"/><name val="宋体"/></font></fonts>\
<fills count="3"><fill><patternFill patternType="none"/></fill>\
<fill><patternFill patternType="gray125"/></fill>\
<fill><patternFill patternType="solid"><fgColor rgb="FFDDEBF7"/></patternFill></fill></fills>\
<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>\
<border><left style="thin"/><right style="thin"/><top style="thin"/><bottom style="thin"/>\
<diagonal/></border></borders>\
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>\
<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>\
<xf numFmtId="49" fontId="1" fillId="2" borderId="1" xfId="0" applyFont="1" applyFill="1" \
applyBorder="1" applyAlignment="1">\
<alignment horizontal="center" vertical="center" wrapText="1"/></xf>\
<xf numFmtId="49" fontId="2" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" \
applyFont="1" applyBorder="1" applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf>\
<xf numFmtId="49" fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" \
applyBorder="1" applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf></cellXfs>\
<cellStyles count="1"><cellStyle name="常规" xfId="0" builtinId="0"/></cellStyles>\
</styleSheet>"""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of cells; a grey one only says what is known, any other can be written on."""

    words: tuple[str, ...] = field(repr=False)
    is_grey: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """What goes into the file.

    Args of the constructor:
        titles: names of the two sheets.
        header: titles of all columns.
        lists: the choices of a column by its place, from 0.
    """

    titles: tuple[str, str]
    header: tuple[str, ...]
    lines: Sequence[Line] = field(repr=False)
    lists: Mapping[int, tuple[str, ...]] = field(default_factory=dict)


def workbook_of(sheet: Sheet) -> bytes:
    """Return the .xlsx; it is small, for a sheet has `MOST_PEOPLE` at most."""
    first, second = sheet.titles
    sheets = [(first, _people(sheet)), (second, _choices(sheet))]
    return new_book(_STYLES, sheets, defined=_on_every_page(in_xml(first)))


def _on_every_page(name: str) -> str:
    """Return what repeats the names and the heading of a sheet on each page."""
    return (
        '<definedNames><definedName name="_xlnm.Print_Titles" localSheetId="0">'
        f"'{name}'!$A:$B,'{name}'!$1:$1</definedName></definedNames>"
    )


def _people(sheet: Sheet) -> str:
    columns = len(sheet.header)
    rows = "".join(_rows(sheet))
    return (
        f'{DECLARED}<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane xSplit="2" ySplit="1" topLeftCell="C2" activePane="bottomRight" state="frozen"/>'
        f'</sheetView></sheetViews><cols><col min="1" max="{columns}" width="{_WIDTH}" '
        f'style="{_EMPTY}" customWidth="1"/></cols><sheetData>{rows}</sheetData>'
        f"{_validations(sheet)}"
        '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" scale="70" pageOrder="overThenDown" orientation="landscape"/>'
        "<headerFooter><oddFooter>&amp;C&amp;P / &amp;N</oddFooter></headerFooter>"
        f"{_breaks(sheet)}</worksheet>"
    )


def _breaks(sheet: Sheet) -> str:
    """Return where a new page begins."""
    ends = range(_FIRST - 1 + _ON_A_PAGE, _FIRST - 1 + len(sheet.lines), _ON_A_PAGE)
    breaks = "".join(f'<brk id="{row}" max="16383" man="1"/>' for row in ends)
    counts = f'count="{len(ends)}" manualBreakCount="{len(ends)}"'
    return f"<rowBreaks {counts}>{breaks}</rowBreaks>" if ends else ""


def _rows(sheet: Sheet) -> Iterator[str]:
    yield f'<row r="1" ht="58" customHeight="1">{_cells(1, sheet.header, _HEADER)}</row>'
    for row, line in enumerate(sheet.lines, _FIRST):
        height = f' ht="{_height(line)}" customHeight="1"'
        cells = _cells(row, line.words, _KNOWN if line.is_grey else _EMPTY)
        yield f'<row r="{row}"{height}>{cells}</row>'


def _height(line: Line) -> int:
    """Return how high a line is, in points: to write on, or for two lines of what is known."""
    is_long = any(len(words) > _SIDE_BY_SIDE for words in line.words)
    if line.is_grey:
        return 26 if is_long else 14
    return 30


def _cells(row: int, words: Sequence[str], style: int) -> str:
    return "".join(
        f'<c r="{letter_of(at)}{row}" s="{style}" t="inlineStr"><is><t>{in_xml(text)}</t></is></c>'
        if text
        else f'<c r="{letter_of(at)}{row}" s="{style}"/>'
        for at, text in enumerate(words, 1)
    )


def _validations(sheet: Sheet) -> str:
    """Return the drop-downs, which point into the second sheet."""
    if not sheet.lists or not sheet.lines:
        return ""
    last = _FIRST + len(sheet.lines) - 1
    found = [
        '<dataValidation type="list" errorStyle="warning" allowBlank="1" '
        f'sqref="{letter_of(column + 1)}{_FIRST}:{letter_of(column + 1)}{last}"><formula1>'
        f"'{in_xml(sheet.titles[1])}'!${letter_of(at)}$2:${letter_of(at)}${len(choices) + 1}"
        "</formula1></dataValidation>"
        for at, (column, choices) in enumerate(sheet.lists.items(), 1)
    ]
    return f'<dataValidations count="{len(found)}">{"".join(found)}</dataValidations>'


def _choices(sheet: Sheet) -> str:
    """Return the sheet of choices: a column each, the title first."""
    columns = [(sheet.header[column], *words) for column, words in sheet.lists.items()]
    rows = []
    for row in range(1, max(map(len, columns), default=0) + 1):
        words = [column[row - 1] if row <= len(column) else "" for column in columns]
        rows.append(f'<row r="{row}">{_cells(row, words, _HEADER if row == 1 else _EMPTY)}</row>')
    return (
        f'{DECLARED}<worksheet xmlns="{MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<cols><col min="1" max="{max(1, len(columns))}" width="18" customWidth="1"/></cols>'
        f"<sheetData>{''.join(rows)}</sheetData>"
        '<pageSetup paperSize="9" fitToHeight="0" orientation="landscape"/></worksheet>'
    )
