"""Money and numbers."""

import pytest

from conversations.replies.outcome import Reason
from tests.replies.asked import question, reason, value

MONEY = question("integer", "money")


@pytest.mark.parametrize(
    ("typed", "yuan"),
    [
        ("3500", "3500"),
        ("３５００", "3500"),
        ("3,500", "3500"),
        ("3500.50", "3500"),
        ("3500元", "3500"),
        ("3500块钱", "3500"),
        ("3500元左右", "3500"),
        ("大概三千五", "3500"),
        ("一个月三千五百", "3500"),
        ("每月三千五百元", "3500"),
        ("月薪3500", "3500"),
        ("3500元/月", "3500"),
        ("3.5千", "3500"),
        ("3k", "3000"),
        ("4千多", "4000"),
        ("两千", "2000"),
        ("二百五", "250"),
        ("一百零五", "105"),
        ("1万2", "12000"),
        ("1.2万", "12000"),
        ("一万二", "12000"),
        ("一万二千", "12000"),
        ("1万2000", "12000"),
        ("一万零五百", "10500"),
        ("1w", "10000"),
        ("￥4500", "4500"),
        ("没有", "0"),
        ("0", "0"),
    ],
)
def test_money_is_read_as_people_write_it(typed: str, yuan: str) -> None:
    assert value(MONEY, typed) == yuan


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("挺多的", Reason.MONEY_UNCLEAR),
        ("不知道", Reason.DO_NOT_KNOW),
        ("1000-9000", Reason.MONEY_RANGE),
        ("一天200", Reason.MONEY_PER_DAY),
        ("一小时20", Reason.MONEY_PER_HOUR),
        ("3.5", Reason.MONEY_UNIT),
        ("-500", Reason.NUMBER_NEGATIVE),
        ("99999999999", Reason.NUMBER_TOO_BIG),
        ("万", Reason.MONEY_UNCLEAR),
    ],
)
def test_each_fault_of_money_has_its_own_reason(typed: str, expected: Reason) -> None:
    assert reason(MONEY, typed) is expected


@pytest.mark.parametrize(
    ("typed", "number"),
    [("3", "3"), ("三个", "3"), ("十五岁", "15"), ("6个月", "6"), ("两人", "2")],
)
def test_whole_numbers_may_have_a_counting_word(typed: str, number: str) -> None:
    assert value(question("integer"), typed) == number


def test_a_broken_number_is_no_whole_number() -> None:
    assert reason(question("integer"), "2.5") is Reason.NUMBER_NOT_WHOLE
    assert value(question("decimal"), "2.50") == "2.5"
    assert reason(question("decimal"), "两三个") is Reason.NOT_A_NUMBER
