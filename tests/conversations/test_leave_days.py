"""Days of leave as somebody types them."""

from datetime import date

import pytest

from conversations.leave_days import days_in

TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("12月1日到12月5日", date(2026, 12, 1), date(2026, 12, 5)),
        ("12.1-12.5", date(2026, 12, 1), date(2026, 12, 5)),
        ("１２月１日", date(2026, 12, 1), date(2026, 12, 1)),
        ("12月30日到1月3日", date(2026, 12, 30), date(2027, 1, 3)),
        ("1月3日", date(2027, 1, 3), date(2027, 1, 3)),
        ("11月26日至2026年11月27日", date(2026, 11, 26), date(2026, 11, 27)),
        ("2026-12-01 2026-12-05", date(2026, 12, 1), date(2026, 12, 5)),
    ],
)
def test_days_are_understood(text: str, first: date, last: date) -> None:
    assert days_in(text, TODAY) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        *("", "下周", "12", "13月1日", "2月30日", "2026年11月25日", "12月5日到2026年12月1日"),
        *("12月1日到8月1日", "1 2 3", "2026-12-01 2026-12-05 2026-12-06", "110 112", "2026"),
    ],
)
def test_what_names_no_days_is_asked_again(text: str) -> None:
    assert days_in(text, TODAY) is None
