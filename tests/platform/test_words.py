"""What the platform's words mean, as far as anybody can guess."""

import pytest

from bot.platform.work import load_words
from conversations.platform.mapping import AnswerMapping, guess
from conversations.platform.words import group_of, result_word

WORDS = load_words()


@pytest.mark.parametrize(
    ("cell", "verdict"),
    [
        ("成功", "accepted"),
        ("导入成功", "accepted"),
        ("校验通过。", "accepted"),
        ("１", "accepted"),
        ("失败", "rejected"),
        ("未导入成功", "rejected"),
        ("审核未通过", "rejected"),
        ("导入失败：手机号错误", "rejected"),
        ("", None),
        ("已受理", None),
    ],
)
def test_a_result_is_told_and_what_is_denied_is_no_success(cell: str, verdict: str) -> None:
    assert WORDS.verdict_of(cell) == verdict


@pytest.mark.parametrize(
    ("reason", "key", "roles", "who"),
    [
        ("手机号码格式不正确", "answer", ("phone",), "worker"),
        (
            "就业状态、月平均收入不能为空",
            "answer",
            ("employment_status", "monthly_income"),
            "worker",
        ),
        ("身份证号格式错误", "answer", ("id_number",), "station"),
        ("姓名与身份证号不一致（公安库）", "identity", ("name", "id_number"), "station"),
        ("该身份证号重复导入", "duplicate", ("id_number",), "county"),
        ("系统异常", "system", (), "county"),
        ("X-17", "", (), "station"),
    ],
)
def test_a_reason_is_matched_to_answers_and_to_who_can_mend_it(
    reason: str, key: str, roles: tuple[str, ...], who: str
) -> None:
    found = WORDS.refused(reason)
    assert (found.key, found.roles, found.who) == (key, roles, who)


def test_reasons_that_differ_in_numbers_are_one_and_show_none() -> None:
    first = group_of("第3行：手机号 19900000003 错误")
    assert first == group_of("第12行：手机号 19900000077 错误")
    assert not any(char.isdigit() for char in first)
    assert result_word("失败 140824197803150027") == "失败#"


def test_the_columns_are_found_below_a_caption() -> None:
    lines = [
        (1, ["2026年导入结果"]),
        (3, ["序号", "姓名", "公民身份号码", "导入状态", "失败原因"]),
        (4, ["1", "甲", "x", "成功", ""]),
    ]
    mapping = guess(lines, WORDS)
    assert mapping == AnswerMapping(heading=3, number=2, line=0, status=3, reason=4)
    assert mapping.fault == ""


def test_without_a_result_column_an_empty_reason_is_success() -> None:
    lines = [(1, ["身份证号", "错误信息"]), (2, ["x", ""]), (3, ["y", "手机号错误"])]
    mapping = guess(lines, WORDS)
    assert mapping.how == "reason"
    assert [mapping.verdict_of(cells, WORDS) for _, cells in lines[1:]] == ["accepted", "rejected"]


def test_reasons_everywhere_are_a_file_of_failures_and_need_a_batch() -> None:
    mapping = guess([(1, ["身份证号", "错误信息"]), (2, ["y", "手机号错误"])], WORDS)
    assert (mapping.how, mapping.fault) == ("failures", "no_batch")


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"number": None, "line": None}, "no_key"),
        ({"status": 2}, "twice"),
        ({"status": None}, "no_status"),
        ({"how": "reason", "reason": None}, "no_reason"),
        ({"number": None}, "no_batch"),
        ({}, ""),
    ],
)
def test_what_is_missing_is_named(changes: dict[str, object], fault: str) -> None:
    whole = AnswerMapping(number=2, line=0, status=3, reason=4)
    assert whole.model_copy(update=changes).fault == fault
