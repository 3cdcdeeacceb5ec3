"""Months and dates, told on 23 November 2026."""

import pytest

from conversations.replies.outcome import Reason
from tests.replies.asked import question, reason, value

MONTH = question(reader="month")
PAST_MONTH = question(reader="past_month")
DATE = question("date")


@pytest.mark.parametrize(
    ("typed", "month"),
    [
        ("2027-03", "2027-03"),
        ("2027.3", "2027-03"),
        ("2027/3", "2027-03"),
        ("27.3", "2027-03"),
        ("202703", "2027-03"),
        ("2027年3月", "2027-03"),
        ("２０２７年３月", "2027-03"),
        ("27年3月份", "2027-03"),
        ("二〇二七年三月", "2027-03"),
        ("3月2027", "2027-03"),
        ("2027年3月5日", "2027-03"),
        ("明年三月", "2027-03"),
        ("明年的三月", "2027-03"),
        ("后年十二月", "2028-12"),
        ("三月", "2027-03"),
        ("十二月", "2026-12"),
        ("11月", "2026-11"),
        ("下个月", "2026-12"),
        ("下下个月", "2027-01"),
        ("这个月", "2026-11"),
        ("尽快", "2026-11"),
        ("三个月后", "2027-02"),
        ("过两个月", "2027-01"),
        ("半年后", "2027-05"),
        ("年底", "2026-12"),
        ("明年底", "2027-12"),
        ("明年年底", "2027-12"),
        ("明年正月", "2027-02"),
    ],
)
def test_a_month_is_read_as_people_say_it(typed: str, month: str) -> None:
    assert value(MONTH, typed) == month


@pytest.mark.parametrize(
    ("typed", "month"),
    [("三月", "2026-03"), ("十二月", "2025-12"), ("去年八月", "2025-08"), ("两年前", "2024-11")],
)
def test_a_bare_month_looks_back_where_the_question_does(typed: str, month: str) -> None:
    assert value(PAST_MONTH, typed) == month


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("有空的时候", Reason.MONTH_UNCLEAR),
        ("明年", Reason.MONTH_MISSING),
        ("2027年", Reason.MONTH_MISSING),
        ("2027-13", Reason.MONTH_IMPOSSIBLE),
        ("0年0月", Reason.MONTH_UNCLEAR),
    ],
)
def test_each_fault_of_a_month_has_its_own_reason(typed: str, expected: Reason) -> None:
    assert reason(MONTH, typed) is expected


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2027-03-05", "2027-03-05"),
        ("2027.3.5", "2027-03-05"),
        ("2027年3月5日", "2027-03-05"),
        ("二〇二七年十二月二十五号", "2027-12-25"),
        ("20270305", "2027-03-05"),
        ("25/3/2027", "2027-03-25"),
        ("3/25/2027", "2027-03-25"),
        ("明天", "2026-11-24"),
        ("三月五号", "2026-03-05"),
    ],
)
def test_a_date_is_read_in_several_orders(typed: str, day: str) -> None:
    assert value(DATE, typed) == day


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("以后再说", Reason.DATE_UNCLEAR),
        ("5/3/2027", Reason.DATE_AMBIGUOUS),
        ("2027-02-30", Reason.DATE_IMPOSSIBLE),
    ],
)
def test_each_fault_of_a_date_has_its_own_reason(typed: str, expected: Reason) -> None:
    assert reason(DATE, typed) is expected
