"""When a reminder goes out, and why it does not; days and hours are those of the station."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from conversations.reminders import (
    Facts,
    Hours,
    Prompt,
    decide,
    due_at,
    look_again_at,
    next_update_on,
    slot,
)

ZONE: Final = ZoneInfo("Asia/Shanghai")
HOURS: Final = Hours()
NOON: Final = datetime(2027, 11, 24, 12, tzinfo=ZONE)
PROMPT: Final = Prompt(2027, NOON + timedelta(days=30))
READY: Final = Facts(2026, True, True, False, None)


@pytest.mark.parametrize(
    ("change", "now", "course"),
    [
        ({}, NOON, "sending"),
        ({}, NOON.replace(hour=9), "sending"),
        ({}, NOON.replace(hour=8, minute=59), "planned"),
        ({}, NOON.replace(hour=19, minute=59), "sending"),
        ({}, NOON.replace(hour=20), "planned"),
        ({}, PROMPT.not_after, "sending"),
        ({}, PROMPT.not_after + timedelta(seconds=1), "expired"),
        ({"reported_cycle": 2027}, NOON, "answered"),
        ({"reported_cycle": 2028}, NOON, "answered"),
        ({"reported_cycle": None}, NOON, "cleared"),
        ({"is_active": False}, NOON, "cleared"),
        ({"can_prompt": False}, NOON, "blocked"),
        ({"is_blocked": True}, NOON, "blocked"),
        ({"last_turn_at": NOON - timedelta(hours=23)}, NOON, "planned"),
        ({"last_turn_at": NOON - timedelta(hours=25)}, NOON, "sending"),
        ({"is_active": False, "is_blocked": True}, NOON.replace(hour=3), "cleared"),
    ],
)
def test_each_fact_has_its_course(change: dict[str, object], now: datetime, course: str) -> None:
    facts = replace(READY, **change)  # type: ignore[arg-type]
    decision = decide(PROMPT, facts, now.astimezone(UTC), HOURS, ZONE)
    assert decision.course == course
    assert decision.reason


@given(some.integers(0, 366 * 24 * 60), some.booleans())
def test_what_waits_is_looked_at_again_later_and_never_in_quiet_hours(
    minutes: int, talks: bool
) -> None:
    now = NOON.astimezone(UTC) + timedelta(minutes=minutes)
    facts = replace(READY, last_turn_at=now) if talks else READY
    decision = decide(Prompt(2027, now + timedelta(days=1)), facts, now, HOURS, ZONE)
    if decision.course != "planned":
        return
    again = look_again_at(decision, now, HOURS, ZONE)
    assert now < again <= now + timedelta(hours=24)
    assert HOURS.hold(again.astimezone(ZONE))


@pytest.mark.parametrize(
    ("reported", "due"),
    [
        (date(2026, 11, 24), date(2027, 11, 24)),
        (date(2028, 2, 29), date(2029, 2, 28)),
        (date(2027, 2, 28), date(2028, 2, 28)),
        (date(2027, 12, 31), date(2028, 12, 31)),
    ],
)
def test_the_next_update_is_due_a_year_later(reported: date, due: date) -> None:
    assert next_update_on(reported) == due


@given(some.uuids(), some.dates(date(2026, 1, 1), date(2040, 1, 1)))
def test_a_person_is_reminded_on_the_day_inside_the_open_hours(person: object, on: date) -> None:
    at = due_at(on, str(person), HOURS, ZONE)
    local = at.astimezone(ZONE)
    assert local.date() == on
    assert HOURS.hold(local)
    assert at == due_at(on, str(person), HOURS, ZONE)


def test_people_are_spread_over_the_day() -> None:
    slots = {slot(str(number), HOURS) // 3600 for number in range(1000)}
    assert slots == set(range(11))
