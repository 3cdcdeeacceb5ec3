"""Options: by text, by number, by yes or no, by a part that is nobody else's."""

import pytest

from conversations.replies.outcome import Reason, Several
from conversations.replies.read import read_text
from tests.replies.asked import NOW, choices, question, reason, value

STATUS = question("select_one", choices=choices("打工、做生意", "在家种地、养殖", "现在没活干"))
AGREE = question("select_one", choices=choices("同意", "不同意"))
WANT = question("select_one", choices=choices("想", "不想"))
TRADES = question(
    "select_multiple",
    choices=choices("电工", "电焊", "钳工、车工、数控", "开网店、直播卖货", "别的"),
)


@pytest.mark.parametrize(
    "typed",
    ["2", "２", "②", "2️⃣", "二", "第二个", "选2", "2号", "在家种地、养殖", "种地", "我在家种地呢"],
)
def test_an_option_is_read_by_number_text_or_part(typed: str) -> None:
    assert value(STATUS, typed) == "b"


def test_yes_and_no_fit_options_that_say_so() -> None:
    assert [value(AGREE, word) for word in ("好的", "嗯", "不", "不行")] == ["a", "a", "b", "b"]
    assert [value(WANT, word) for word in ("有", "想学", "没有", "不用")] == ["a", "a", "b", "b"]


def test_yes_and_no_fit_options_in_another_language() -> None:
    agree = question("select_one", choices=choices("I agree", "I do not agree"))
    assert [value(agree, word) for word in ("yes", "好", "no", "不同意")] == ["a", "a", "b", "b"]


@pytest.mark.parametrize("typed", ["不太同意", "同意不了", "再想想同不同意", "哼"])
def test_a_denial_is_never_taken_for_a_yes(typed: str) -> None:
    assert value(AGREE, typed) != "a"


def test_a_longer_label_wins_over_the_one_inside_it() -> None:
    assert value(AGREE, "我不同意啊") == "b"


def test_a_part_of_several_labels_narrows_the_list() -> None:
    found = read_text(TRADES, "电", NOW)
    assert isinstance(found, Several)
    assert [choice.label for choice in found.choices] == ["电工", "电焊"]
    assert all(found.query in choice.label for choice in found.choices)


def test_words_that_mention_several_labels_are_told_so() -> None:
    assert reason(STATUS, "又打工又养殖") is Reason.SEVERAL_OPTIONS


def test_a_number_beyond_the_list_is_told_so() -> None:
    assert reason(STATUS, "9") is Reason.NO_SUCH_NUMBER
    assert reason(STATUS, "0") is Reason.NO_SUCH_NUMBER
    assert reason(STATUS, "你好") is Reason.NOT_AN_OPTION


def test_numbers_count_in_what_is_on_show() -> None:
    page = TRADES.choices[3:]
    found = read_text(question("select_one", choices=TRADES.choices), "1", NOW, page)
    assert found == read_text(
        question("select_one", choices=TRADES.choices), "开网店、直播卖货", NOW
    )


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("1 3 5", "a c e"),
        ("1、3", "a c"),
        ("5,1", "a e"),
        ("一和三", "a c"),
        ("电工和直播", "a d"),
        ("电工 电焊 别的", "a b e"),
        ("开网店、直播卖货", "d"),
        ("电工", "a"),
        ("1 1", "a"),
    ],
)
def test_several_options_may_be_named_at_once(typed: str, names: str) -> None:
    assert value(TRADES, typed) == names


def test_one_wrong_piece_refuses_the_whole() -> None:
    assert reason(TRADES, "1、9") is Reason.NO_SUCH_NUMBER


def test_a_note_that_waits_takes_a_nod() -> None:
    assert value(question("note"), "对") == "OK"
    assert reason(question("note"), "不对") is Reason.SAID_NO
    assert reason(question("note"), "什么") is Reason.YES_OR_NO
