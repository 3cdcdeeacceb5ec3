"""Leaving the range: what the buttons offer on which day, and what a forged one comes to."""

from datetime import date

import pytest

from conversations.leaving import read_since, times_offered

TODAY = date(2027, 1, 5)


def test_the_buttons_name_the_month_and_year_themselves() -> None:
    assert times_offered(date(2026, 11, 24)) == (
        ("this_month", "2026-11"),
        ("last_month", "2026-10"),
        ("this_year", "2026"),
        ("last_year", "2025"),
        ("unknown", "none"),
    )


def test_in_january_last_month_is_of_last_year_and_nothing_is_earlier_this_year() -> None:
    assert times_offered(TODAY) == (
        ("this_month", "2027-01"),
        ("last_month", "2026-12"),
        ("last_year", "2026"),
        ("unknown", "none"),
    )


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("2027-01", "2027-01"),
        ("2026", "2026"),
        ("none", ""),
        ("2027-02", None),
        ("2028", None),
        ("2026-13", None),
        ("2026-1", None),
        ("0001", None),
        ("", None),
        ("２０２６", None),
        ("2026-10-01", None),
    ],
)
def test_only_a_past_month_or_year_is_kept(value: str, kept: str | None) -> None:
    assert read_since(value, TODAY) == kept


def test_every_time_that_is_offered_can_be_kept() -> None:
    for month in range(1, 13):
        today = date(2028, month, 29)
        assert all(read_since(value, today) is not None for _, value in times_offered(today))
