"""The farmers' calendar, against days that were published and against itself."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.replies.lunar import FIRST_YEAR, day_of, lunar_year_of, spring_festival

YEARS = st.integers(FIRST_YEAR, 2055)


@pytest.mark.parametrize(
    ("year", "on"),
    [
        (1990, date(1990, 1, 27)),
        (2000, date(2000, 2, 5)),
        (2008, date(2008, 2, 7)),
        (2020, date(2020, 1, 25)),
        (2024, date(2024, 2, 10)),
        (2026, date(2026, 2, 17)),
        (2027, date(2027, 2, 6)),
    ],
)
def test_spring_festival_falls_on_the_published_day(year: int, on: date) -> None:
    assert spring_festival(year) == on


@pytest.mark.parametrize(
    ("year", "month", "day", "on"),
    [
        (2023, 8, 15, date(2023, 9, 29)),
        (2024, 5, 5, date(2024, 6, 10)),
        (2025, 8, 15, date(2025, 10, 6)),
        (2026, 12, 30, date(2027, 2, 5)),
    ],
)
def test_festivals_fall_on_the_published_day(year: int, month: int, day: int, on: date) -> None:
    assert day_of(year, month, day) == on


def test_a_month_that_comes_twice_moves_the_later_ones() -> None:
    first, again = day_of(2025, 6, 1), day_of(2025, 6, 1, is_leap=True)
    assert (first, again) == (date(2025, 6, 25), date(2025, 7, 25))
    assert day_of(2026, 6, 1, is_leap=True) is None


@given(YEARS)
def test_each_year_ends_where_the_next_begins(year: int) -> None:
    last = day_of(year, 12, 30)
    assert last is not None
    assert spring_festival(year + 1) == last + timedelta(days=1)
    assert (lunar_year_of(last), lunar_year_of(last + timedelta(days=1))) == (year, year + 1)


@given(YEARS, st.integers(1, 12))
def test_a_month_has_29_or_30_days(year: int, month: int) -> None:
    first, last = day_of(year, month, 1), day_of(year, month, 30)
    assert first is not None
    assert last is not None
    assert (last - first).days in (28, 29)


def test_nothing_is_known_outside_of_the_table() -> None:
    assert spring_festival(1900) is None
    assert day_of(2200, 1, 1) is None
    assert day_of(2026, 13, 1) is None
