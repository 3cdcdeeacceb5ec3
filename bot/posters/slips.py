"""Slips with a personal code, one for each person of the roster, to hand to nobody else.

A slip names its person by surname and the last two digits of the number: enough to hand it to the
right one, too little to do harm on the way.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from bot.posters.poster import Printing
from bot.posters.sheet import Corner, Sheet
from bot.render.words import day_in_words, grouped

COLUMNS: Final = 2
ROWS: Final = 4
EDGES: Final = (8.0, 8.5)
_PAD: Final = 6.0
_WIDE: Final = 97.0
_SIDE: Final = 42.0


@dataclass(frozen=True, slots=True)
class Slip:
    """What stands on a slip; `until` is the first day on which the code does not work."""

    name: str = field(repr=False)
    id_number: str = field(repr=False)
    village: str = field(repr=False)
    code: str = field(repr=False)
    until: date


def draw_slips(sheet: Sheet, slips: Sequence[Slip], printing: Printing) -> None:
    """Draw as many pages as are needed, in the order of the slips."""
    for at in range(0, len(slips), COLUMNS * ROWS):
        corners = sheet.cuts(COLUMNS, ROWS, EDGES)
        for slip, corner in zip(slips[at : at + COLUMNS * ROWS], corners, strict=False):
            _slip(sheet, corner, slip, printing)


def _slip(sheet: Sheet, corner: Corner, slip: Slip, printing: Printing) -> None:
    (x, y), texts = corner, printing.texts
    left, width = x + _PAD, _WIDE - 2 * _PAD - _SIDE
    whose = texts("poster.slip.whose", surname=slip.name[:1])
    whose = f"{slip.village} {whose}".strip()
    sheet.write(whose, left, y + 10, 14, width=_WIDE - 2 * _PAD, bold=True)
    until = day_in_words(texts, slip.until)
    lines = (
        (16.0, texts("poster.slip.number", digits=slip.id_number[-2:])),
        (25.0, texts("poster.slip.code")),
        (41.0, texts("poster.slip.until", day=until)),
        (46.5, texts("poster.slip.secret")),
    )
    for down, words in lines:
        sheet.write(words, left, y + down, 9, width=width)
    sheet.write(grouped(slip.code), left, y + 33, 19, width=width, bold=True)
    _ways(sheet, (x, y), slip, printing)


def _ways(sheet: Sheet, corner: Corner, slip: Slip, printing: Printing) -> None:
    """Draw the way in, and say what the code is good for and where else it can be given."""
    (x, y), texts, links = corner, printing.texts, printing.links
    left, right, inner = x + _PAD, x + _WIDE - _PAD / 2 - _SIDE, _WIDE - 2 * _PAD
    said = texts("poster.slip.scan" if links.bot else "poster.slip.scan_page")
    sheet.code(links.personal(slip.code) or links.page, right, y + 12, _SIDE)
    sheet.write(said, right, y + 56, 8.5, width=_SIDE, align="centre")
    sheet.write(texts("poster.slip.use"), left, y + 61.5, 8.5, width=inner)
    if links.page:
        key = "poster.slip.page" if links.bot else "poster.slip.page_only"
        sheet.write(texts(key, address=links.page), left, y + 66.5, 8.5, width=inner)
