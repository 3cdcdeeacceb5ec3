"""Where the headings of a template stand and where people begin: guessed, shown, corrected.

Headings are the rows above the first person. A title may be merged over several rows or stand
under a group; a text that is merged over the whole width is a banner and no title.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from storage.export.book import Book, Sheet, area_of
from storage.export.errors import TemplateError
from storage.export.template import MAX_OPTIONS, MAX_TITLE, letter_of

_DEEPEST: Final = 40
_WIDEST: Final = 500
_MARKS: Final = frozenset(
    ("必填", "选填", "是", "否", "必填项", "非必填", "*", "√", "文本", "数字")
)
_NOISE: Final = re.compile(r"（[^）]*）|\([^)]*\)|[\s*＊：:、，,。．.／/_\-—“”\"'·]")
_NUMBERED: Final = re.compile(r"^[0-9一二三四五六七八九十]+[、.．)）]")


@dataclass(frozen=True, slots=True)
class Found:
    """One column of a template: its letter, titles, and the wordings that its cells offer."""

    letter: str
    title: str
    group: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """What was found in a template: the sheet of people, its headings and columns."""

    sheet: str
    heading: int
    first_row: int
    columns: tuple[Found, ...]


def plain(words: str) -> str:
    """Return a title or wording as it is compared: no spaces, marks, numbers or brackets."""
    return _NOISE.sub("", _NUMBERED.sub("", words.strip())).lower()


def guess(book: Book, titles: Collection[str], name: str) -> Layout:
    """Find the sheet, the headings and the first row of people.

    Args:
        titles: what columns of people are called, as `plain` returns it.

    Raises:
        TemplateError: no sheet has headings.
    """
    best: tuple[int, Sheet, int] | None = None
    for sheet in book.sheets:
        if sheet.is_hidden:
            continue
        row, hits = _last_heading(sheet, titles)
        if row and (best is None or hits > best[0]):
            best = (hits, sheet, row)
    if best is None:
        cure = "Take the empty template with its headings, as the platform gives it"
        raise TemplateError(name, "no sheet with headings", cure, key="no_headings")
    _, sheet, last = best
    return layout_of(book, sheet.name, last, _first_row(sheet, last), name)


def layout_of(book: Book, sheet: str, heading: int, first_row: int, name: str) -> Layout:
    """Return the columns of a sheet whose headings end at a row.

    Args:
        heading: the last row of the headings.
        first_row: where people begin.

    Raises:
        TemplateError: there is no such sheet, or no titles in these rows.
    """
    found = book.sheet(sheet)
    if found is None:
        fault, cure = f"no sheet “{sheet}”", "Choose one of its sheets"
        raise TemplateError(name, fault, cure, key="no_sheet")
    columns = tuple(_columns(book, found, heading, first_row)) if heading < first_row else ()
    if not columns:
        cure = "Say in which row the headings end, and in which row people begin"
        raise TemplateError(name, f"no headings down to row {heading}", cure, key="no_headings")
    return Layout(sheet, heading, first_row, columns)


def _last_heading(sheet: Sheet, titles: Collection[str]) -> tuple[int, int]:
    """Return the row in which most cells are known titles, and how many; 0 where none has any."""
    best, most = 0, 0
    for row in range(1, min(_height(sheet), _DEEPEST) + 1):
        texts = {plain(sheet.text(row, column)) for column in range(1, _width(sheet) + 1)}
        hits = len(texts & set(titles))
        # A title that is merged downwards ends at its lowest row.
        if hits and hits >= most:
            best, most = row, hits
    return best, most


def _first_row(sheet: Sheet, last: int) -> int:
    """Return the row below the headings; rows that only say what must be filled in are none."""
    row = last + 1
    while row < last + 4:
        texts = [sheet.text(row, column) for column in range(1, _width(sheet) + 1)]
        texts = [text for text in texts if text]
        if not texts or not all(text in _MARKS for text in texts):
            break
        row += 1
    return row


def _columns(book: Book, sheet: Sheet, heading: int, first_row: int) -> Iterator[Found]:
    width = _width(sheet)
    banners = {
        (area.top, area.left)
        for area in sheet.merged
        if area.left == 1 and area.right >= width > 1
    }
    rows = [row for row in range(1, heading + 1) if row == heading or _is_heading(sheet, row)]
    for column in range(1, width + 1):
        origins = dict.fromkeys(_origin(sheet, row, column) for row in rows)
        words = (" ".join(sheet.text(*one).split()) for one in origins if one not in banners)
        texts = [one[:MAX_TITLE] for one in words if one]
        if texts and not _is_alone(sheet, heading, column):
            options = tuple(_options(book, sheet, first_row, column))
            group = "·".join(texts[:-1])[:MAX_TITLE]
            yield Found(letter_of(column), texts[-1], group, options)


def _is_heading(sheet: Sheet, row: int) -> bool:
    """Tell whether a row above the titles holds groups; a line “Filled in by:” does not."""
    width = _width(sheet)
    return 3 * sum(bool(sheet.text(row, column)) for column in range(1, width + 1)) > width


def _origin(sheet: Sheet, row: int, column: int) -> tuple[int, int]:
    for area in sheet.merged:
        if area.holds(row, column):
            return area.top, area.left
    return row, column


def _is_alone(sheet: Sheet, heading: int, column: int) -> bool:
    """Tell whether a column has no title of its own: words far above are notes."""
    return not any(sheet.text(row, column) for row in (heading, heading - 1) if row > 0)


def _options(book: Book, sheet: Sheet, row: int, column: int) -> Iterator[str]:
    """Yield the wordings of the drop-down of a cell, each once; none where there is no list."""
    seen: set[str] = set()
    for drop_down in sheet.drop_downs:
        if any(area.holds(row, column) for area in drop_down.areas):
            for words in _listed(book, sheet, drop_down.formula):
                if words and words not in seen and len(seen) < MAX_OPTIONS:
                    seen.add(words)
                    yield words


def _listed(book: Book, sheet: Sheet, formula: str) -> list[str]:
    """Return what a formula of a drop-down lists; a name or a range is followed.

    One that computes its range (INDIRECT, OFFSET) depends on other cells: it lists nothing.
    """
    formula = formula.strip().removeprefix("=")
    if formula.startswith('"') and formula.endswith('"'):
        return [words.strip() for words in formula[1:-1].replace('""', '"').split(",")]
    named = book.names.get(formula, formula).strip()
    where, _, cells = named.rpartition("!")
    area = area_of(cells)
    if area is None:
        return []
    name = where.strip("'").replace("''", "'")
    source = book.sheet(name) if where else sheet
    if source is None:
        return []
    return [
        words for (row, column), words in sorted(source.cells.items()) if area.holds(row, column)
    ]


def _height(sheet: Sheet) -> int:
    return max((row for row, _ in sheet.cells), default=0)


def _width(sheet: Sheet) -> int:
    return min(max((column for _, column in sheet.cells), default=0), _WIDEST)
