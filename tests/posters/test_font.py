"""The font that ships with us writes every place, and what the program says."""

from fontTools.ttLib import TTFont

from bot.posters.fonts.make import common
from bot.posters.sheet import FONT, UNKNOWN, Sheet
from tests.posters.paper import Paper
from tests.posters.test_posters import PLACES, TEXTS

KNOWN = {chr(code) for code in TTFont(FONT).getBestCmap()}


def test_every_name_of_a_place_can_be_written() -> None:
    names = [place.name for place in PLACES.by_id.values()]
    names += [name for _, name in PLACES.village_codes]
    assert "𦙶" in "".join(names)
    assert [name for name in names if not KNOWN.issuperset(name)] == []


def test_every_sentence_of_what_is_printed_can_be_written() -> None:
    said = [text for key, text in TEXTS.sentences.items() if key.startswith("poster.")]
    assert [text for text in said if not KNOWN.issuperset(text)] == []


def test_the_common_characters_are_there_for_names_and_charts() -> None:
    ideographs = {one for one in common() if "\u4e00" <= one <= "\u9fff"}
    assert len(ideographs) == 6763
    assert ideographs <= KNOWN
    assert KNOWN.issuperset("，。：“”（）〔〕·•％")


def test_the_font_is_light_and_its_licence_lies_beside_it() -> None:
    assert FONT.stat().st_size < 4_000_000
    assert "SIL OPEN FONT LICENSE" in (FONT.parent / "OFL.txt").read_text("utf-8")


def test_a_character_that_the_font_has_not_is_shown_as_missing() -> None:
    sheet = Sheet("")
    sheet.page()
    sheet.write("王📱村", 20, 20, 12, width=100)
    assert Paper(sheet.finished()).words() == f"王{UNKNOWN}村"
