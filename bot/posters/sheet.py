"""A4 pages to draw on: lines of text that always fit, QR codes as sharp squares, rules.

Lengths are in millimetres from the upper left corner, type sizes in points. What is drawn is dark
on white, so that a village's photocopier loses nothing of it.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby, product
from pathlib import Path
from typing import Final, Literal, TypeAlias

import segno
from fpdf import FPDF
from fpdf.enums import TextMode
from fpdf.fonts import TTFFont

Corner: TypeAlias = tuple[float, float]
Align: TypeAlias = Literal["left", "centre", "right"]
# A grey from 0 to 255, or red, green and blue.
Ink: TypeAlias = int | tuple[int, int, int]

FONT: Final = Path(__file__).parent / "fonts" / "sans.otf"
WIDTH: Final = 210.0
HEIGHT: Final = 297.0
# A reader needs this many light modules around a code (ISO/IEC 18004).
QUIET: Final = 4
# Stands for a character that the font has not.
UNKNOWN: Final = "〓"
_FAMILY: Final = "sans"
_BLACK: Final = 0
_GREY: Final = 90
_BOLDER: Final = 0.022
_POINT: Final = 25.4 / 72


class Sheet:
    """A document that grows page by page."""

    def __init__(self, title: str) -> None:
        self._pdf = FPDF(format="A4")
        self._pdf.set_auto_page_break(False)
        self._pdf.add_font(_FAMILY, fname=FONT)
        self._pdf.set_title(title)
        self._pdf.set_lang("zh-CN")
        font = self._pdf.fonts[_FAMILY]
        self._known = font.cmap if isinstance(font, TTFFont) else {}

    def page(self) -> None:
        """Begin the next page."""
        self._pdf.add_page()

    def write(
        self,
        words: str,
        x: float,
        y: float,
        size: float,
        *,
        width: float,
        align: Align = "left",
        bold: bool = False,
        grey: bool = False,
        ink: Ink | None = None,
    ) -> None:
        """Write one line with its foot at `y`; it gets smaller where it would be too wide."""
        pdf, shown = self._pdf, self._printable(words)
        pdf.set_font(_FAMILY, size=size)
        wide = pdf.get_string_width(shown)
        if wide > width:
            size *= width / wide
            pdf.set_font_size(size)
        if align != "left":
            x += (width - min(wide, width)) / (2 if align == "centre" else 1)
        colour = _GREY if grey else ink or _BLACK
        with pdf.local_context(
            text_mode=TextMode.FILL_STROKE if bold else TextMode.FILL,
            line_width=size * _POINT * _BOLDER,
            text_color=colour,
            draw_color=colour,
        ):
            pdf.text(x, y, shown)

    def code(self, link: str, x: float, y: float, side: float) -> None:
        """Draw a QR code with its quiet zone in a square."""
        matrix = _modules(link)
        module = side / (len(matrix) + 2 * QUIET)
        self._pdf.set_fill_color(_BLACK)
        for row, line in enumerate(matrix):
            for column, length in _dark(line):
                left, top = x + (column + QUIET) * module, y + (row + QUIET) * module
                self._pdf.rect(left, top, length * module, module, style="F")

    def block(self, corner: Corner, size: Corner, ink: Ink) -> None:
        """Fill a rectangle."""
        self._pdf.set_fill_color(*_parts(ink))
        self._pdf.rect(*corner, *size, style="F")

    def trace(self, points: Sequence[Corner], ink: Ink, *, weight: float = 0.5) -> None:
        """Draw a line through points."""
        self._pdf.set_draw_color(*_parts(ink))
        self._pdf.set_line_width(weight)
        self._pdf.polyline(points)

    def rule(
        self,
        start: Corner,
        end: Corner,
        *,
        weight: float = 0.3,
        cut: bool = False,
    ) -> None:
        """Draw a line; along a dashed one is to be cut."""
        pdf = self._pdf
        pdf.set_draw_color(_GREY if cut else _BLACK)
        pdf.set_line_width(weight)
        pdf.set_dash_pattern(*((1.5, 1.5) if cut else ()))
        pdf.line(*start, *end)
        pdf.set_dash_pattern()

    def cuts(self, columns: int, rows: int, edge: Corner) -> Iterator[Corner]:
        """Begin a page of equal parts with dashed lines around them; yield their corners.

        Args:
            edge: how wide the margin is at the sides, and above and below.
        """
        self.page()
        left, top = edge
        wide, high = (WIDTH - 2 * left) / columns, (HEIGHT - 2 * top) / rows
        for column in range(columns + 1):
            x = left + column * wide
            self.rule((x, top), (x, HEIGHT - top), cut=True, weight=0.2)
        for row in range(rows + 1):
            y = top + row * high
            self.rule((left, y), (WIDTH - left, y), cut=True, weight=0.2)
        for row, column in product(range(rows), range(columns)):
            yield left + column * wide, top + row * high

    def finished(self) -> bytes:
        """Return the document."""
        return bytes(self._pdf.output())

    def _printable(self, words: str) -> str:
        return "".join(one if ord(one) in self._known else UNKNOWN for one in words)


def _parts(ink: Ink) -> tuple[int, ...]:
    return (ink,) if isinstance(ink, int) else ink


# Ten cards of a page show the same two.
@lru_cache(maxsize=2)
def _modules(link: str) -> tuple[bytearray, ...]:
    return segno.make_qr(link, error="m").matrix


def _dark(line: bytearray) -> Iterator[tuple[int, int]]:
    """Yield where the dark stretches of a row of modules begin, and how long they are."""
    column = 0
    for dark, modules in groupby(line):
        length = len(tuple(modules))
        if dark:
            yield column, length
        column += length
