"""Names, villages, free words, and what nobody could read."""

import pytest

from conversations.replies.outcome import Reason
from conversations.replies.villages import matched
from conversations.xform.question import Question
from tests.replies.asked import choices, question, reason, value

NAME = question(reader="name")
VILLAGE = question(reader="village")
WORDS = question()
REMARK = question(required=False)
VILLAGES = ("东张村", "西张村", "东张庄村", "南关居委会", "师范街社区")


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("王小梅", "王小梅"),
        ("王 小 梅", "王小梅"),
        ("我叫王小梅。", "王小梅"),
        ("姓名：王小梅", "王小梅"),
        ("王\u200b小\u202e梅\x00", "王小梅"),
        ("宋𦙶", "宋𦙶"),
        ("阿依古丽•买买提", "阿依古丽·买买提"),
        ("阿依古丽 · 买买提", "阿依古丽·买买提"),
        ("王⼤山", "王大山"),
        ("😀王小梅", "王小梅"),
        ("\uf907山", "\uf907山"),
    ],
)
def test_a_name_is_kept_and_freed_of_what_cannot_be_seen(typed: str, name: str) -> None:
    assert value(NAME, typed) == name


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("王", Reason.NAME_SHORT),
        ("王" * 51, Reason.NAME_LONG),
        ("王小2", Reason.NAME_DIGITS),
        ("wang xiaomei", Reason.NAME_NOT_HAN),
        ("，。", Reason.NAME_NOT_HAN),
        ("不知道", Reason.DO_NOT_KNOW),
    ],
)
def test_each_fault_of_a_name_has_its_own_reason(typed: str, expected: Reason) -> None:
    assert reason(NAME, typed) is expected


@pytest.mark.parametrize(
    "asked",
    [
        WORDS,
        NAME,
        VILLAGE,
        question(reader="id_number"),
        question(reader="phone"),
        question("integer", "money"),
        question("select_one", choices=choices("是", "不是")),
    ],
)
@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", Reason.EMPTY),
        (" \n\u3000", Reason.EMPTY),
        ("啊" * 10_000, Reason.TOO_LONG),
        ("😀👍🏽", Reason.ONLY_EMOJI),
        ("🇨🇳", Reason.ONLY_EMOJI),
        ("\x00\x1b\u200b\u202e", Reason.INVISIBLE),
        ("\ud800", Reason.INVISIBLE),
    ],
)
def test_what_nobody_could_read_has_its_own_reason(
    asked: Question, typed: str, expected: Reason
) -> None:
    assert reason(asked, typed) is expected


def test_free_words_lose_controls_and_line_breaks_only() -> None:
    assert value(WORDS, " 想学\n电焊\x07， 谢谢👍 ") == "想学 电焊， 谢谢👍"


def test_nothing_to_say_clears_an_optional_answer() -> None:
    assert value(REMARK, "没有了。") == ""
    assert reason(WORDS, "没有") is Reason.REQUIRED


def test_a_village_needs_a_name() -> None:
    assert value(VILLAGE, "东张村。") == "东张村"
    assert reason(VILLAGE, "12") is Reason.VILLAGE_UNCLEAR
    assert reason(VILLAGE, "dongzhang") is Reason.VILLAGE_UNCLEAR


@pytest.mark.parametrize(
    ("typed", "name"),
    [("东张", "东张村"), ("东张村村委会", "东张村"), ("南关", "南关居委会"), ("张", None)],
)
def test_a_village_is_recognised_without_its_ending(typed: str, name: str | None) -> None:
    assert matched(typed, VILLAGES) == name
