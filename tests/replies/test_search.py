"""Searching long lists: each name by itself, by its sounds, and never somebody else's."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.replies.outcome import Several, Understood
from conversations.replies.read import read_text
from conversations.replies.search import find, first_of_all, matching, stem
from conversations.replies.sounds import SILENT, blurred, letters_of, sounds_from
from conversations.xform.question import Choice
from tests.replies.asked import NOW, choices, question
from tests.replies.lists import atlas, listed, sounds

LISTS = ("ethnicity", "province", "industry", "training_trade", "city", "county:晋中市")
VILLAGES = tuple(
    Choice(f"v{place}", name)
    for place, name in enumerate(sorted(atlas().villages.values(), key=len)[-1])
)


def spelt(word: str) -> list[str]:
    """Return the word in pinyin, in each reading of its characters."""
    return ["".join(found) for found in product(*(sounds().of(char) for char in word))]


@pytest.mark.parametrize("name", LISTS)
def test_each_choice_is_found_by_its_label_stem_and_pinyin(name: str) -> None:
    for choice in listed(name):
        bare = stem(choice.label.split("、")[0].split("（")[0])
        assert find(listed(name), choice.label, sounds()).choices == (choice,)
        assert choice in find(listed(name), bare, sounds()).choices
        for letters in spelt(bare):
            assert choice in find(listed(name), letters, sounds()).choices, letters


@pytest.mark.parametrize("name", ["city", "county:晋中市", "province"])
def test_each_place_is_found_by_its_initials(name: str) -> None:
    for choice in listed(name):
        first = "".join(sounds().of(char)[0][0] for char in stem(choice.label))
        if len(first) > 1:
            assert choice in find(listed(name), first, sounds()).choices, first


def test_villages_are_searched_as_any_list_is() -> None:
    for choice in VILLAGES:
        assert choice in find(VILLAGES, choice.label, sounds()).choices
        if spelt(stem(choice.label)):
            assert choice in find(VILLAGES, spelt(stem(choice.label))[0], sounds()).choices


def test_one_hit_that_is_not_the_name_waits_for_a_yes() -> None:
    asked = question("select_one", choices=listed("ethnicity"), is_searched=True)
    for typed in ("hui", "灰族", "灰", "回民"):
        found = read_text(asked, typed, NOW, sounds=sounds())
        assert isinstance(found, Several), typed
        assert found.only is not None
        assert found.only.label == "回族"


def test_a_part_is_taken_at_once_where_all_choices_are_on_show() -> None:
    few = choices("打工、做生意", "在家种地、养殖")
    short = question("select_one", choices=few)
    long = question("select_one", choices=few, is_searched=True)
    assert isinstance(read_text(short, "做生", NOW), Understood)
    assert isinstance(read_text(long, "做生", NOW), Several)


def test_no_words_show_the_whole_list() -> None:
    assert matching(listed("city"), "") == listed("city")
    assert matching(listed("city"), "晋")[0].label == "晋城市"


def test_the_answer_of_before_comes_first() -> None:
    found = first_of_all(listed("province"), "650000")
    assert [choice.label for choice in found[:3]] == ["新疆", "北京", "内蒙古"]
    assert len(found) == len(listed("province"))
    assert first_of_all(listed("city"), "") == listed("city")


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=8), st.text("太平摇运成州晋jinty 不没1", max_size=5)))
def test_a_narrowed_list_is_the_one_that_was_promised(typed: str) -> None:
    asked = question("select_one", choices=listed("city"), is_searched=True)
    found = read_text(asked, typed, NOW, sounds=sounds())
    if isinstance(found, Several):
        assert matching(listed("city"), found.query, sounds()) == found.choices


def test_without_the_table_nothing_is_found_by_sound() -> None:
    assert not find(listed("city"), "taiyuan", SILENT).choices
    assert not find(listed("city"), "台原", SILENT).choices


def test_sounds_that_many_do_not_tell_apart_are_near() -> None:
    pairs = [("zhang", "zan"), ("shi", "si"), ("lin", "ning"), ("chen", "ceng"), ("lv", "nu")]
    assert all(blurred(one) == blurred(other) for one, other in pairs)
    assert blurred("ma") != blurred("na")


def test_a_character_may_be_read_in_several_ways() -> None:
    table = sounds_from([("chang", "长常"), ("zhang", "长张")])
    assert table.of("长") == ("chang", "zhang")
    assert table.of("龘") == ()


def test_pinyin_is_read_with_tones_spaces_and_full_width() -> None:
    assert (
        letters_of("Tài Yuán")
        == letters_of("tai'yuan")
        == letters_of("ｔａｉｙｕａｎ")
        == "taiyuan"
    )
    assert letters_of("lüliang") == letters_of("lyuliang") == "lvliang"
    assert letters_of("太原ty") == letters_of("a" * 100) == ""
