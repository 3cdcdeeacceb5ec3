"""Waves: which days they have, who stands where in them, and when they cannot be planned."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.hours import Hours
from conversations.hours import Span as HoursSpan
from conversations.waves import (
    Opening,
    Problem,
    Span,
    anniversary,
    asked_on,
    days_needed,
    feast_span,
    opening_of,
    place,
    problem_with,
    room,
    wave_days,
    year_days,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
TODAY = date(2027, 1, 4)
SUNDAYS_OFF = Hours(weekdays={6: None}, closed=frozenset({date(2027, 3, 3)}))
OPENINGS = opening_of(SUNDAYS_OFF, SHANGHAI)


def test_the_weeks_around_the_feast_leave_out_the_days_of_the_family() -> None:
    span = feast_span(2027)
    assert span == (date(2027, 1, 23), date(2027, 2, 20))
    days = {day.on for day in wave_days(span, opening_of(Hours(), SHANGHAI))}
    assert not days & {date(2027, 2, 5) + timedelta(days=n) for n in range(4)}
    assert {date(2027, 2, 4), date(2027, 2, 9)} <= days
    assert feast_span(1950) is None


def test_a_wave_has_open_days_only_and_none_after_its_last() -> None:
    span = Span(date(2027, 3, 1), date(2027, 3, 7))
    assert [day.on.day for day in wave_days(span, OPENINGS)] == [1, 2, 4, 5, 6]


@pytest.mark.parametrize(
    ("first", "last", "people", "problem"),
    [
        (date(2027, 3, 2), date(2027, 3, 1), 1, Problem.BACKWARDS),
        (date(2027, 1, 3), date(2027, 3, 1), 1, Problem.PAST),
        (date(2027, 1, 4), date(2028, 1, 6), 1, Problem.TOO_LONG),
        (date(2027, 3, 3), date(2027, 3, 3), 1, Problem.CLOSED),
        (date(2027, 3, 1), date(2027, 3, 1), 396_001, Problem.CROWDED),
        (date(2027, 3, 1), date(2027, 3, 1), 396_000, None),
        (date(2027, 1, 4), date(2027, 1, 4), 1, None),
    ],
)
def test_what_is_wrong_with_a_wave_is_named(
    first: date, last: date, people: int, problem: Problem | None
) -> None:
    assert problem_with(Span(first, last), TODAY, OPENINGS, people, 10) is problem


def test_so_many_days_are_needed_as_the_pace_allows() -> None:
    day = OPENINGS(date(2027, 3, 1))
    assert [days_needed(people, day, 10) for people in (0, 396_000, 396_001)] == [1, 1, 2]


@given(st.lists(st.integers(1, 50_000), min_size=1, max_size=40), st.integers(0, 99_999))
def test_everybody_has_a_place_within_an_open_day(lengths: list[int], slot: int) -> None:
    first = datetime(2027, 3, 1, 1, tzinfo=UTC)
    days = tuple(
        Opening(first.date() + timedelta(days=n), first + timedelta(days=n), length)
        for n, length in enumerate(lengths)
    )
    placed = place(days, slot, 39_600)
    assert placed.day in days
    assert 0 <= placed.second < placed.day.seconds


def test_people_are_spread_over_the_days_by_how_long_they_are_open() -> None:
    first = datetime(2027, 3, 1, 1, tzinfo=UTC)
    days = (Opening(date(2027, 3, 1), first, 300), Opening(date(2027, 3, 2), first, 100))
    placed = [place(days, slot, 1000) for slot in range(1000)]
    assert room(days) == 400
    assert sum(one.day is days[0] for one in placed) == 750
    assert placed[0].second == 0
    assert placed[999] == place(days, 999, 1000)
    assert placed[999].second == 99


def test_the_anniversary_of_29_february_is_the_28th_where_there_is_none() -> None:
    leap_day = date(2028, 2, 29)
    assert [anniversary(leap_day, year).day for year in (2028, 2029)] == [29, 28]


def test_a_day_that_went_by_is_made_up_for_within_four_weeks() -> None:
    asked = {asked_on(TODAY - timedelta(days=ago), TODAY) for ago in range(1, 29)}
    assert asked == {TODAY + timedelta(days=ahead) for ahead in range(1, 29)}
    assert asked_on(TODAY, TODAY) == TODAY


def test_every_day_of_a_year_is_asked_on_an_open_day() -> None:
    days = dict(year_days(2027, TODAY, OPENINGS))
    assert len(days) == 366
    assert days["03-03"].on == date(2027, 3, 4)
    assert days["02-29"] == days["02-28"] == OPENINGS(date(2027, 3, 1))
    assert all(day.on >= TODAY and OPENINGS(day.on) == day for day in days.values())


def test_a_day_opens_by_the_clock_of_the_place_in_summer_and_winter() -> None:
    hours = Hours(time(9), time(20), {5: HoursSpan(time(10), time(12))})
    opening = opening_of(hours, ZoneInfo("Europe/Berlin"))
    before, after = opening(date(2027, 3, 26)), opening(date(2027, 3, 29))
    assert (before.opens_at.hour, after.opens_at.hour) == (8, 7)
    assert opening(date(2027, 3, 27)).seconds == 7200
