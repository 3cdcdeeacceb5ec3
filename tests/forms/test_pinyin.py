"""The table of sounds: whole for our lists, in syllables that exist, and small."""

import csv
import re
import unicodedata

import pytest

from bot.atlas import load_atlas, load_sounds
from bot.places import load_places
from tests.forms.conftest import FORMS

SOUNDS = load_sounds()


def han(text: str) -> set[str]:
    return {char for char in text if unicodedata.category(char) == "Lo"}


@pytest.mark.parametrize("file", ["divisions.csv", "villages.csv", "rural_labour.md"])
def test_every_character_of_the_lists_has_a_sound(file: str) -> None:
    assert han((FORMS / file).read_text("utf-8")) <= set(SOUNDS.readings)


def test_common_characters_have_a_sound() -> None:
    assert len(SOUNDS.readings) >= 6_763
    for char in "的一是不了人我在有他这中大来上国个到说们":
        assert SOUNDS.of(char)


def test_a_row_is_a_syllable_and_its_characters() -> None:
    with (FORMS / "pinyin.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert all(re.fullmatch("[a-z]{1,6}", row["syllable"]) for row in rows)
    assert len({row["syllable"] for row in rows}) == len(rows)
    assert all(len(set(row["characters"])) == len(row["characters"]) for row in rows)


@pytest.mark.parametrize(
    ("char", "syllables"),
    [("长", {"chang", "zhang"}), ("隰", {"xi", "xie"}), ("吕", {"lv"}), ("忻", {"xin"})],
)
def test_a_character_has_its_usual_readings(char: str, syllables: set[str]) -> None:
    assert set(SOUNDS.of(char)) == syllables


def test_the_atlas_holds_all_divisions_and_villages() -> None:
    atlas = load_atlas(load_places())
    assert len(atlas.divisions) == 11 + 117 + 1_283
    assert sum(map(len, atlas.villages.values())) == 21_485


def test_peoples_come_in_the_order_of_the_provinces_census() -> None:
    lines = (FORMS / "rural_labour.md").read_text("utf-8").splitlines()
    cells = [[cell.strip() for cell in line.split("|")] for line in lines]
    labels = [row[4] for row in cells if len(row) > 4 and row[2] == "ethnicity"]
    assert len(labels) == 56
    assert labels[:5] == ["汉族", "回族", "满族", "蒙古族", "苗族"]
