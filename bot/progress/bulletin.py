"""The bulletin (进度通报): one A4 page that a bureau hangs up, and the same page as a picture.

Everything on it is a count of a place; nobody is on it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Final

import pypdfium2

from bot.posters.sheet import WIDTH, Align, Corner, Ink, Sheet
from bot.progress.chart import Scale, nice_steps
from bot.progress.overview import Overview, overview, trend_of
from bot.progress.tree import name_of
from bot.progress.words import (
    counted,
    day_short,
    lead,
    moment_in_words,
    percent,
    rank_in_words,
)
from bot.texts import Texts
from bot.world import World
from conversations.progress import cumulated
from storage.transaction import Reading

EDGE: Final = 14.0
INNER: Final = WIDTH - 2 * EDGE
RED: Final[Ink] = (176, 32, 32)
GREEN: Final[Ink] = (39, 111, 77)
PALE: Final[Ink] = (223, 233, 226)
STRIPE: Final[Ink] = 245
INK: Final[Ink] = 20
SOFT: Final = 90
# Dots of the picture for a point of the page: 1,190 × 1,684, sharp on a phone.
_SHARP: Final = 2.0
_FOOT: Final = 276.0
_TREND: Final = 48.0
_TREND_MOST: Final = 78.0
_ROW: Final = 7.4
_BAR: Final = (88.0, 30.0)
# Where the columns of the table begin, and how they are set.
_COLUMNS: Final = (
    ("rank", 0.0, 17.0),
    ("place", 18.0, 28.0),
    ("of", 44.0, 20.0),
    ("done", 65.0, 20.0),
    ("rate", 119.0, 14.0),
    ("fresh", 134.0, 14.0),
    ("verified", 149.0, 16.0),
    ("accepted", 166.0, 16.0),
)


@dataclass(frozen=True, slots=True)
class Bulletin:
    """What a bulletin says; drawn without another look at the database."""

    world: World
    seen: Overview
    days: Mapping[str, Mapping[str, int]]

    @property
    def place(self) -> str:
        """Return the name of the place that it is about."""
        texts = self.world.texts
        return name_of(self.world.places, self.seen.place_id, texts("bulletin.province"))

    @property
    def moment(self) -> str:
        """Return when it was counted."""
        return moment_in_words(self.world.texts, self.seen.at, self.world.zone)


async def bulletin_of(reading: Reading, world: World, place_id: str, cycle: int) -> Bulletin:
    """Return the bulletin of a place at this moment."""
    seen = await overview(reading, world, place_id, cycle)
    return Bulletin(world, seen, await trend_of(reading, world, place_id, cycle))


def draw(bulletin: Bulletin) -> bytes:
    """Return the page as a PDF."""
    sheet = Sheet(_title(bulletin))
    sheet.page()
    _head(sheet, bulletin)
    y = _lead(sheet, bulletin, 46.0)
    y = _cards(sheet, bulletin, y + 5)
    y = _table(sheet, bulletin, y + 5)
    top = min(y + 10, _FOOT - 8 - _TREND)
    _trend(sheet, bulletin, top, min(_TREND_MOST, _FOOT - 8 - top))
    _foot(sheet, bulletin)
    return sheet.finished()


def picture(pdf: bytes) -> bytes:
    """Return the first page of a PDF as a PNG."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        image = document[0].render(scale=_SHARP).to_pil()
    finally:
        document.close()
    out = BytesIO()
    image.convert("P", palette=1, colors=64).save(out, "PNG", optimize=True)
    return out.getvalue()


def caption(bulletin: Bulletin) -> str:
    """Return what is said with the picture in a chat."""
    return bulletin.world.texts(
        "bulletin.caption",
        year=str(bulletin.seen.cycle),
        place=bulletin.place,
        moment=bulletin.moment,
        lead="".join(lead(bulletin.world, bulletin.seen)),
    )


def _title(bulletin: Bulletin) -> str:
    return bulletin.world.texts("bulletin.title", year=str(bulletin.seen.cycle))


def _head(sheet: Sheet, bulletin: Bulletin) -> None:
    texts = bulletin.world.texts
    title, head = (
        _title(bulletin),
        texts("bulletin.head", place=bulletin.place, moment=bulletin.moment),
    )
    sheet.write(title, EDGE, 24, 23, width=INNER, align="centre", bold=True, ink=RED)
    sheet.write(head, EDGE, 33, 12, width=INNER, align="centre")
    sheet.block((EDGE, 36.5), (INNER, 1.1), RED)
    sheet.block((EDGE, 38.3), (INNER, 0.3), RED)


def _lead(sheet: Sheet, bulletin: Bulletin, y: float) -> float:
    """Write the sentences, each on a line of its own; return where the last one stands."""
    for said in lead(bulletin.world, bulletin.seen):
        sheet.write(said, EDGE, y, 12, width=INNER)
        y += 6.2
    return y - 6.2


def _cards(sheet: Sheet, bulletin: Bulletin, y: float) -> float:
    """Draw the four figures that are read from across the room."""
    texts, seen = bulletin.world.texts, bulletin.seen
    figures = (
        (f"card_{seen.basis}", counted(seen.own.of(seen.basis))),
        ("card_done", counted(seen.own.done(seen.measure))),
        ("card_rate", percent(seen.rate)),
        ("card_accepted", counted(seen.own.accepted)),
    )
    wide = (INNER - 3 * 4) / 4
    for number, (key, shown) in enumerate(figures):
        x = EDGE + number * (wide + 4)
        sheet.block((x, y), (wide, 17), PALE)
        sheet.block((x, y), (1.2, 17), GREEN)
        sheet.write(texts(f"bulletin.{key}"), x + 4, y + 5.8, 10, width=wide - 6, ink=SOFT)
        sheet.write(shown, x + 4, y + 14, 19, width=wide - 6, bold=True, ink=GREEN)
    return y + 17


def _table(sheet: Sheet, bulletin: Bulletin, y: float) -> float:
    """Draw the ranked places; return where the table ends."""
    texts, seen = bulletin.world.texts, bulletin.seen
    if not seen.below:
        sheet.write(texts("bulletin.below_none"), EDGE, y + 5, 11, width=INNER, ink=SOFT)
        return y + 6
    row = min(_ROW, (_FOOT - 10 - _TREND - 8 - y - 8) / (len(seen.below) + 1))
    size = min(10.5, row * 2.0)
    head = {name: texts(f"bulletin.{name}") for name in ("rank", "place", "done", "rate", "fresh")}
    head |= {name: texts(f"bulletin.{name}") for name in ("verified", "accepted")}
    head["of"] = texts(f"bulletin.of_{seen.basis}")
    sheet.block((EDGE, y), (INNER, 7), GREEN)
    _cells(sheet, head, y + 5, 9.5, ink=(255, 255, 255))
    y += 7
    for number, (figures, standing) in enumerate(zip(seen.below, seen.order, strict=True)):
        if number % 2:
            sheet.block((EDGE, y), (INNER, row), STRIPE)
        rate = 0.0 if standing.interval is None else standing.interval.rate
        _bar(sheet, (EDGE + _BAR[0], y + row * 0.22), (_BAR[1], row * 0.56), rate)
        cells = {
            "rank": rank_in_words(texts, standing),
            "place": name_of(bulletin.world.places, figures.place_id, ""),
            "of": counted(figures.of(seen.basis)),
            "done": counted(figures.done(seen.measure)),
            "rate": percent(standing.interval),
            "fresh": _change(bulletin, figures.fresh),
            "verified": counted(figures.verified),
            "accepted": counted(figures.accepted),
        }
        _cells(sheet, cells, y + row * 0.70, size)
        y += row
    sheet.block((EDGE, y), (INNER, 0.3), GREEN)
    return y


def _cells(
    sheet: Sheet, cells: Mapping[str, str], y: float, size: float, *, ink: Ink = INK
) -> None:
    for name, left, width in _COLUMNS:
        if name in cells:
            align: Align = "left" if name in ("rank", "place") else "right"
            x = EDGE + left + (1.5 if align == "left" else 0)
            sheet.write(cells[name], x, y, size, width=width - 1, align=align, ink=ink)


def _change(bulletin: Bulletin, count: int) -> str:
    texts = bulletin.world.texts
    return texts("bulletin.change_up", count=counted(count)) if count > 0 else counted(count)


def _bar(sheet: Sheet, corner: Corner, size: Corner, rate: float) -> None:
    """Draw how far a place is; the right end is the whole."""
    sheet.block(corner, size, PALE)
    if rate > 0:
        sheet.block(corner, (size[0] * min(rate, 1.0), size[1]), GREEN)
    sheet.block((corner[0] + size[0], corner[1] - 0.6), (0.4, size[1] + 1.2), RED)


def _trend(sheet: Sheet, bulletin: Bulletin, y: float, high: float) -> None:
    """Draw how the count grew from day to day, with the target as a line across."""
    texts, seen = bulletin.world.texts, bulletin.seen
    sheet.write(texts("bulletin.trend"), EDGE, y, 11, width=60, bold=True)
    points = cumulated(bulletin.days, seen.measure)
    if len(points) < 2:
        sheet.write(texts("bulletin.trend_none"), EDGE, y + 8, 10, width=INNER, ink=SOFT)
        return
    target = seen.own.target or 0
    # A target far above what is done would press the line to the floor.
    is_shown = 0 < target <= 4 * max(count for _, count in points)
    top = max(*(count for _, count in points), target if is_shown else 0, 1)
    scale = Scale.of(
        [(date.fromisoformat(day), count) for day, count in points],
        (EDGE + 16, y + 4),
        (INNER - 20, high - 12),
        top,
    )
    for step in nice_steps(top):
        level = scale.height(step)
        sheet.block((EDGE + 16, level), (INNER - 20, 0.1), 200)
        sheet.write(counted(step), EDGE, level + 1, 8, width=14, align="right", ink=SOFT)
    if is_shown:
        level = scale.height(target)
        sheet.block((EDGE + 16, level), (INNER - 20, 0.35), RED)
        said = texts("bulletin.trend_target", target=counted(target))
        sheet.write(said, EDGE + 20, level - 1, 8.5, width=INNER - 26, align="right", ink=RED)
    sheet.trace(scale.points, GREEN, weight=0.8)
    _days(sheet, texts, scale, points, y + high - 4)


def _days(
    sheet: Sheet, texts: Texts, scale: Scale, points: Sequence[tuple[str, int]], y: float
) -> None:
    """Name the first and the last day under the line."""
    ends: tuple[tuple[int, Align, float], ...] = ((0, "left", 0), (-1, "right", 30))
    for end, align, width in ends:
        shown = day_short(texts, date.fromisoformat(points[end][0]))
        left = scale.points[end][0] - width
        sheet.write(shown, left, y, 8.5, width=30, align=align, ink=SOFT)


def _foot(sheet: Sheet, bulletin: Bulletin) -> None:
    texts, seen = bulletin.world.texts, bulletin.seen
    sheet.block((EDGE, _FOOT - 5), (INNER, 0.3), SOFT)
    rule = f"bulletin.rule_{seen.basis}" if seen.below else "bulletin.below_none"
    said = (texts(rule), texts("bulletin.rule_done"), texts("bulletin.source"))
    for number, words in enumerate(said):
        sheet.write(words, EDGE, _FOOT + 4.8 * number, 8.5, width=INNER, ink=SOFT)
    made = texts("bulletin.made", moment=bulletin.moment)
    sheet.write(made, EDGE, _FOOT + 9.6, 8.5, width=INNER, align="right", ink=SOFT)
