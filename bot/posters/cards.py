"""Ten small cards on a page, to cut out: what a village cadre hands to people at the door."""

from typing import Final

from bot.posters.poster import Printing, Spot
from bot.posters.sheet import Corner, Sheet

COLUMNS: Final = 2
ROWS: Final = 5
EDGES: Final = (15.0, 13.5)
_WIDE: Final = 90.0
_PAD: Final = 4.0
_SIDE: Final = 30.0


def draw_cards(sheet: Sheet, spot: Spot, printing: Printing) -> None:
    """Draw a page of cards that are all the same."""
    for corner in sheet.cuts(COLUMNS, ROWS, EDGES):
        _card(sheet, corner, spot, printing)


def _card(sheet: Sheet, corner: Corner, spot: Spot, printing: Printing) -> None:
    x, y = corner
    texts, inner = printing.texts, _WIDE - 2 * _PAD
    station = texts("poster.station", county=spot.county, township=spot.township)
    title, safe = texts("poster.card.title"), texts("poster.card.safe")
    from_where = f"{station} · {spot.village}" if spot.village else station
    sheet.write(title, x + _PAD, y + 7.5, 13, width=inner, align="centre", bold=True)
    sheet.write(from_where, x + _PAD, y + 12, 8.5, width=inner, align="centre")
    ways = _ways(spot, printing)
    gap = (_WIDE - len(ways) * _SIDE) / (len(ways) + 1)
    for place, (link, caption) in enumerate(ways):
        left = x + gap + place * (_SIDE + gap)
        sheet.code(link, left, y + 12, _SIDE)
        sheet.write(caption, left - 3, y + 44.5, 8.5, width=_SIDE + 6, align="centre")
    last = texts("poster.phone", phone=printing.phone) if printing.phone else safe
    sheet.write(last, x + _PAD, y + 50.5, 8.5, width=inner, align="centre")


def _ways(spot: Spot, printing: Printing) -> list[tuple[str, str]]:
    """Return the links that there are, with what is said of each."""
    texts, links = printing.texts, printing.links
    ways = [
        (links.chat(spot.code), texts("poster.card.chat")),
        (links.site(spot.code), texts("poster.card.page")),
    ]
    return [(link, caption) for link, caption in ways if link]
