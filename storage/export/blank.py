"""An empty workbook made from a mapping: our default template, and the one of held-back rows.

Three rows of heading (title, groups, column titles), text format for every column, drop-downs
that warn and do not forbid, the heading frozen, and a second sheet with the official wording
(参考项). Made here and not by a library, so that no library is needed where it runs:
`python -m storage.export.blank` writes `default_template.xlsx` anew.
"""

from collections.abc import Iterator
from itertools import groupby
from typing import Final
from xml.sax.saxutils import escape

from storage.export.new_book import DECLARED, MAIN, new_book
from storage.export.reasons import WORDS
from storage.export.template import DEFAULT, Column, Template, letter_of, load_template

_TITLE, _GROUP, _HEADER, _TEXT, _NUMBER = 1, 2, 3, 4, 5
_LAST_VALIDATED: Final = 200_000

_STYLES: Final = f"""{DECLARED}<styleSheet xmlns="{MAIN}">\
<fonts count="3"><font><sz val="11"/><name val="宋体"/></font>\
<font><b/><sz val="16"/><name val="宋体"/></font>\
<font><b/><sz val="11"/><name val="宋体"/></font></fonts>\
<fills count="3"><fill><patternFill patternType="none"/></fill>\
<fill><patternFill patternType="gray125"/></fill>\
<fill><patternFill patternType="solid"><fgColor rgb="FFDDEBF7"/></patternFill></fill></fills>\
<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>\
<border><left style="thin"/><right style="thin"/><top style="thin"/><bottom style="thin"/>\
<diagonal/></border></borders>\
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>\
<cellXfs count="6"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>\
<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1">\
<alignment horizontal="center" vertical="center"/></xf>\
<xf numFmtId="0" fontId="2" fillId="2" borderId="1" xfId="0" applyFont="1" applyFill="1" \
applyBorder="1" applyAlignment="1"><alignment horizontal="center" vertical="center"/></xf>\
<xf numFmtId="0" fontId="2" fillId="2" borderId="1" xfId="0" applyFont="1" applyFill="1" \
applyBorder="1" applyAlignment="1">\
<alignment horizontal="center" vertical="center" wrapText="1"/></xf>\
<xf numFmtId="49" fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" \
applyBorder="1"/>\
<xf numFmtId="1" fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" \
applyBorder="1"/></cellXfs>\
<cellStyles count="1"><cellStyle name="常规" xfId="0" builtinId="0"/></cellStyles>\
</styleSheet>"""


def blank_workbook(template: Template) -> bytes:
    """Return an .xlsx that fits the mapping: same sheet, columns and lists; first row is 4."""
    sheets = [
        (template.sheet, _sheet(template)),
        (WORDS["reference_sheet"], _reference(template)),
    ]
    return new_book(_STYLES, sheets, packs_small=True)


def held_back_template(template: Template) -> Template:
    """Return the mapping of the file of held-back rows: the reason first, then every column."""
    reason = Column(title=WORDS["reason"], roles=("reason",), width=60)
    columns = tuple(column.model_copy(update={"letter": None}) for column in template.columns)
    return Template(
        title=WORDS["held_back_title"],
        file="",
        sheet=WORDS["held_back_sheet"],
        first_row=4,
        columns=(reason, *columns),
        lists=template.lists,
        role_lists=template.role_lists,
    )


def _sheet(template: Template) -> str:
    columns = template.columns
    last = letter_of(len(columns))
    widths = "".join(
        f'<col min="{at}" max="{at}" width="{column.width}" '
        f'style="{_NUMBER if column.kind == "number" else _TEXT}" customWidth="1"/>'
        for at, column in enumerate(columns, 1)
    )
    groups, merged = _groups(columns)
    headers = "".join(
        _cell(letter_of(at), 3, column.title, _HEADER) for at, column in enumerate(columns, 1)
    )
    spans = [f"A1:{last}1", *merged] if len(columns) > 1 else merged
    merges = "".join(f'<mergeCell ref="{span}"/>' for span in spans)
    return (
        f'{DECLARED}<worksheet xmlns="{MAIN}"><sheetViews>'
        '<sheetView workbookViewId="0"><pane xSplit="2" ySplit="3" topLeftCell="C4" '
        'activePane="bottomRight" state="frozen"/></sheetView></sheetViews>'
        f"<cols>{widths}</cols><sheetData>"
        f'<row r="1" ht="30" customHeight="1">{_cell("A", 1, template.title, _TITLE)}</row>'
        f'<row r="2">{groups}</row><row r="3" ht="36" customHeight="1">{headers}</row>'
        f'</sheetData><mergeCells count="{len(spans)}">{merges}</mergeCells>'
        f"{_validations(template)}</worksheet>"
    )


def _groups(columns: tuple[Column, ...]) -> tuple[str, list[str]]:
    """Return the cells of the group row, and the spans that are merged in it."""
    cells, spans = [], []
    at = 1
    for group, members in groupby(columns, key=lambda column: column.group):
        count = len(list(members))
        first, last = letter_of(at), letter_of(at + count - 1)
        cells.append(_cell(first, 2, group, _GROUP))
        cells += [f'<c r="{letter_of(n)}2" s="{_GROUP}"/>' for n in range(at + 1, at + count)]
        if count > 1:
            spans.append(f"{first}2:{last}2")
        at += count
    return "".join(cells), spans


def _cell(letter: str, row: int, text: str, style: int) -> str:
    return f'<c r="{letter}{row}" s="{style}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'


def _validations(template: Template) -> str:
    """Return the drop-downs; those of columns with several answers would only be in the way."""
    places = {name: at for at, name in enumerate(template.lists)}
    found = [
        _validation(letter_of(at), template, places[column.list], column.list)
        for at, column in enumerate(template.columns, 1)
        if column.list and len(column.roles) == 1
    ]
    if not found:
        return ""
    return f'<dataValidations count="{len(found)}">{"".join(found)}</dataValidations>'


def _validation(letter: str, template: Template, place: int, name: str) -> str:
    labels = letter_of(2 * place + 2)
    last = 2 + len(template.lists[name])
    return (
        '<dataValidation type="list" errorStyle="warning" allowBlank="1" showErrorMessage="1" '
        f'sqref="{letter}{template.first_row}:{letter}{_LAST_VALIDATED}">'
        f"<formula1>'{WORDS['reference_sheet']}'!${labels}$3:${labels}${last}</formula1>"
        "</dataValidation>"
    )


def _reference(template: Template) -> str:
    """Return the sheet of lists: a pair of columns each, code and wording, from row 3."""
    count = 2 * len(template.lists)
    width = f'<cols><col min="1" max="{max(count, 1)}" width="16" customWidth="1"/></cols>'
    rows = "".join(f'<row r="{at}">{"".join(row)}</row>' for at, row in _lists(template))
    return f'{DECLARED}<worksheet xmlns="{MAIN}">{width}<sheetData>{rows}</sheetData></worksheet>'


def _lists(template: Template) -> Iterator[tuple[int, list[str]]]:
    titles = {column.list: column.title for column in reversed(template.columns)}
    rows: dict[int, list[str]] = {}
    for place, (name, options) in enumerate(template.lists.items()):
        code, label = letter_of(2 * place + 1), letter_of(2 * place + 2)
        rows.setdefault(1, []).append(_cell(code, 1, titles.get(name, name), _HEADER))
        for at, (key, words) in enumerate(options.items(), 3):
            rows.setdefault(at, []).extend(
                (_cell(code, at, key, _TEXT), _cell(label, at, words, _TEXT))
            )
    yield from sorted(rows.items())


if __name__ == "__main__":
    ours = load_template()
    DEFAULT.with_name(ours.file).write_bytes(blank_workbook(ours))
