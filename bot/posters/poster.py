"""The poster of a station or a village: one page with the way in, what it is, whom to ask."""

from dataclasses import dataclass
from typing import Final

from bot.places import Place, Places, Village
from bot.posters.links import Links
from bot.posters.sheet import HEIGHT, WIDTH, Sheet
from bot.texts import Texts

EDGE: Final = 20.0
INNER: Final = WIDTH - 2 * EDGE
LARGE: Final = 100.0
SMALL: Final = 44.0


@dataclass(frozen=True, slots=True)
class Spot:
    """What a poster is for: a station, or a village of it; `code` is what its links carry."""

    county: str
    township: str
    code: str
    village: str = ""


@dataclass(frozen=True, slots=True)
class Printing:
    """What all that is printed at once shares; `phone` is the station's, "" when it has none."""

    texts: Texts
    links: Links
    phone: str


def spot_of(places: Places, township: Place, village: Village | None = None) -> Spot:
    """Return what the poster of a township, or of one of its villages, is for."""
    county = places.by_id[township.parent_id].name
    if village is None:
        return Spot(county, township.name, township.code)
    return Spot(county, township.name, village.code, village.name)


def draw_poster(sheet: Sheet, spot: Spot, printing: Printing) -> None:
    """Draw the page."""
    sheet.page()
    _head(sheet, spot, printing.texts)
    _way_in(sheet, spot, printing)
    _sentences(sheet, printing.texts)
    _other_way(sheet, spot, printing)
    _foot(sheet, spot, printing)


def _head(sheet: Sheet, spot: Spot, texts: Texts) -> None:
    station = texts("poster.station", county=spot.county, township=spot.township)
    _centred(sheet, station, 25, 24)
    sheet.rule((EDGE, 30), (WIDTH - EDGE, 30), weight=1.2)
    sheet.rule((EDGE, 31.6), (WIDTH - EDGE, 31.6))
    _centred(sheet, texts("poster.title"), 51, 38, bold=True)
    if spot.village:
        _centred(sheet, texts("poster.village", village=spot.village), 66, 24)


def _way_in(sheet: Sheet, spot: Spot, printing: Printing) -> None:
    """Draw the large code: of the chat, or of the page where that is all there is."""
    chat = printing.links.chat(spot.code)
    said = printing.texts("poster.scan_chat" if chat else "poster.scan_page")
    sheet.code(chat or printing.links.site(spot.code), (WIDTH - LARGE) / 2, 68, LARGE)
    _centred(sheet, said, 173, 22, bold=True)


def _sentences(sheet: Sheet, texts: Texts) -> None:
    for place, key in enumerate(("poster.what", "poster.use", "poster.safe")):
        _centred(sheet, texts(key), 188 + 11 * place, 18)


def _other_way(sheet: Sheet, spot: Spot, printing: Printing) -> None:
    """Say what to do without Telegram; where there is only the page, its address."""
    texts, page = printing.texts, printing.links.site(spot.code)
    address = texts("poster.address", address=page)
    if not printing.links.bot:
        _centred(sheet, address, 232, 15)
        return
    if not page:
        _centred(sheet, texts("poster.no_chat_visit"), 232, 17)
        return
    sheet.code(page, WIDTH - EDGE - SMALL, 218, SMALL)
    width = INNER - SMALL
    sheet.write(texts("poster.no_chat"), EDGE, 232, 17, width=width, bold=True)
    sheet.write(texts("poster.no_chat_cure"), EDGE, 242, 15, width=width)
    sheet.write(address, EDGE, 251, 11, width=width)


def _foot(sheet: Sheet, spot: Spot, printing: Printing) -> None:
    texts, phone = printing.texts, printing.phone
    sheet.rule((EDGE, 265), (WIDTH - EDGE, 265))
    said = texts("poster.phone", phone=phone) if phone else texts("poster.visit")
    _centred(sheet, said, 276, 19, bold=True)
    basis = texts("poster.basis", code=spot.code)
    sheet.write(basis, EDGE, HEIGHT - 11, 10, width=INNER, align="centre", grey=True)


def _centred(sheet: Sheet, words: str, y: float, size: float, *, bold: bool = False) -> None:
    sheet.write(words, EDGE, y, size, width=INNER, align="centre", bold=bold)
