"""Posters and cards: what is printed scans to the right place, and nothing is lost of it."""

import pytest

from bot.places import Place, Village, load_places
from bot.posters.cards import draw_cards
from bot.posters.links import Links
from bot.posters.poster import Printing, draw_poster, spot_of
from bot.posters.sheet import UNKNOWN, Sheet
from bot.texts import load_texts
from tests.posters.paper import Paper

PLACES = load_places()
TEXTS = load_texts("zh")
PAGE = "https://xiangwen.example.gov.cn"
BOTH = Links("xiangwen_test_bot", PAGE)
STATION = PLACES.by_id["t0727"]
VILLAGE = PLACES.villages_of(STATION)[0]
PHONE = "0359-0000000"


def printed(village: Village | None = None, links: Links = BOTH, phone: str = PHONE) -> Paper:
    sheet = Sheet("")
    spot = spot_of(PLACES, STATION, village)
    draw_poster(sheet, spot, Printing(TEXTS, links, phone))
    return Paper(sheet.finished())


def test_a_stations_poster_scans_to_its_chat_and_its_page() -> None:
    paper = printed()
    assert paper.is_a4()
    chat, page = "https://t.me/xiangwen_test_bot?start=140824101", f"{PAGE}/s/140824101"
    assert paper.codes() == sorted([chat, page])
    words = paper.words()
    for said in ("稷山县西社镇就业服务站", "不收钱", "五分钟", PHONE, f"{PAGE}/s/140824101"):
        assert said in words
    assert UNKNOWN not in words


def test_a_villages_poster_names_it_and_carries_its_code() -> None:
    paper = printed(VILLAGE)
    assert f"致{VILLAGE.name}的乡亲" in paper.words()
    assert all(VILLAGE.code in code for code in paper.codes())
    assert len(paper.codes()) == 2


@pytest.mark.parametrize(
    ("links", "code"),
    [
        (Links("xiangwen_test_bot", ""), "https://t.me/xiangwen_test_bot?start=140824101"),
        (Links("", PAGE), f"{PAGE}/s/140824101"),
    ],
)
def test_where_there_is_one_way_in_the_poster_shows_that_alone(links: Links, code: str) -> None:
    paper = printed(links=links, phone="")
    assert paper.codes() == [code]
    assert ("Telegram" in paper.words()) == bool(links.bot)
    assert "请到就业服务站" in paper.words()


@pytest.mark.parametrize("village", [None, VILLAGE])
def test_ten_cards_of_a_page_all_scan(village: Village | None) -> None:
    sheet = Sheet("")
    spot = spot_of(PLACES, STATION, village)
    draw_cards(sheet, spot, Printing(TEXTS, BOTH, PHONE))
    paper = Paper(sheet.finished())
    assert paper.is_a4()
    assert paper.codes() == sorted([BOTH.chat(spot.code), BOTH.site(spot.code)] * 10)
    assert paper.words().count(TEXTS("poster.card.title")) == 10


def _longest_named() -> tuple[Place, Village]:
    named = max(PLACES.village_codes, key=lambda one: len(one[1]))
    place = PLACES.by_id[named[0]]
    return place, Village(place.id, named[1], PLACES.village_codes[named])


def test_the_longest_name_and_address_stay_on_the_paper() -> None:
    place, village = _longest_named()
    links = Links("x" * 32, f"https://{'long-name.' * 6}gov.cn")
    sheet, printing = Sheet(""), Printing(TEXTS, links, "9" * 100)
    draw_poster(sheet, spot_of(PLACES, place, village), printing)
    draw_cards(sheet, spot_of(PLACES, place, village), printing)
    paper = Paper(sheet.finished())
    assert len(paper) == 2
    for page in range(2):
        assert village.name in paper.words(page)
        assert set(paper.codes(page)) == {links.chat(village.code), links.site(village.code)}


def test_a_link_fits_what_telegram_takes() -> None:
    payloads = [BOTH.chat(code).partition("start=")[2] for code in PLACES.village_codes.values()]
    assert all(len(payload) <= 64 and payload.isdecimal() for payload in payloads)
