"""When a reminder goes out, and why it does not; days and hours are those of the station."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from conversations.hours import Hours, full_hours
from conversations.reminders import (
    NEVER,
    Delay,
    Preference,
    due_at,
    next_update_on,
    put_off_until,
    slot,
)
from conversations.sending import Facts, Prompt, Rules, decide

ZONE: Final = ZoneInfo("Asia/Shanghai")
HOURS: Final = Hours()
NOON: Final = datetime(2027, 11, 24, 12, tzinfo=ZONE)
PROMPT: Final = Prompt(2027, NOON + timedelta(days=30))
READY: Final = Facts(2026, True, True, False, None)
RULES: Final = Rules(HOURS, ZONE)


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
    decision = decide(PROMPT, facts, now.astimezone(UTC), RULES)
    assert decision.course == course
    assert decision.reason


@given(some.integers(0, 366 * 24 * 60), some.booleans())
def test_what_waits_is_looked_at_again_later_and_never_in_quiet_hours(
    minutes: int, talks: bool
) -> None:
    now = NOON.astimezone(UTC) + timedelta(minutes=minutes)
    facts = replace(READY, last_turn_at=now) if talks else READY
    decision = decide(Prompt(2027, now + timedelta(days=1)), facts, now, RULES)
    if decision.course != "planned":
        return
    again = decision.until
    assert again is not None
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


def _local(*numbers: int) -> datetime:
    return datetime(*numbers, tzinfo=ZONE)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("delay", "pressed", "comes"),
    [
        (Delay.TONIGHT, _local(2027, 11, 24, 12), _local(2027, 11, 24, 19)),
        (Delay.TONIGHT, _local(2027, 11, 24, 19), _local(2027, 11, 25, 19)),
        (Delay.TONIGHT, _local(2027, 11, 24, 23, 30), _local(2027, 11, 25, 19)),
        (Delay.TONIGHT, _local(2027, 11, 24, 0, 30), _local(2027, 11, 24, 19)),
        (Delay.SUNDAY, _local(2027, 11, 24, 12), date(2027, 11, 28)),
        (Delay.SUNDAY, _local(2027, 11, 28, 10), date(2027, 12, 5)),
        (Delay.SUNDAY, _local(2027, 11, 27, 23, 59), date(2027, 11, 28)),
        (Delay.MID_MONTH, _local(2027, 11, 14, 12), date(2027, 11, 15)),
        (Delay.MID_MONTH, _local(2027, 11, 15, 12), date(2027, 12, 15)),
        (Delay.MID_MONTH, _local(2027, 11, 20, 12), date(2027, 12, 15)),
        (Delay.MID_MONTH, _local(2027, 12, 31, 12), date(2028, 1, 15)),
        (Delay.MID_MONTH, _local(2028, 1, 31, 12), date(2028, 2, 15)),
        (Delay.SPRING_FESTIVAL, _local(2027, 11, 24, 12), date(2028, 1, 29)),
        (Delay.SPRING_FESTIVAL, _local(2028, 1, 26, 12), date(2028, 1, 29)),
        (Delay.SPRING_FESTIVAL, _local(2028, 1, 29, 12), date(2029, 2, 16)),
        (Delay.SPRING_FESTIVAL, _local(2199, 5, 1, 12), date(2200, 2, 10)),
    ],
)
def test_a_reminder_is_put_off_to_the_day_that_was_meant(
    delay: Delay, pressed: datetime, comes: datetime | date
) -> None:
    at = put_off_until(delay, pressed.astimezone(UTC), "somebody", HOURS, ZONE).astimezone(ZONE)
    assert at == comes if isinstance(comes, datetime) else at.date() == comes


@given(some.sampled_from(Delay), some.integers(0, 30 * 366 * 24 * 60), some.uuids())
def test_what_is_put_off_comes_later_and_in_the_open_hours(
    delay: Delay, minutes: int, person: object
) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    at = put_off_until(delay, now, str(person), HOURS, ZONE)
    assert now < at < now + timedelta(days=400)
    assert HOURS.hold(at.astimezone(ZONE))


@pytest.mark.parametrize(
    ("preference", "comes"),
    [
        (Preference(weekday=6), date(2027, 11, 28)),
        (Preference(weekday=2), date(2027, 11, 24)),
        (Preference(paused_until=date(2028, 1, 29)), date(2028, 1, 29)),
        (Preference(weekday=6, paused_until=date(2028, 1, 29)), date(2028, 1, 30)),
        (Preference(paused_until=date(2027, 1, 1)), date(2027, 11, 24)),
        (Preference(paused_until=NEVER), date(2027, 11, 24)),
    ],
)
def test_a_chosen_day_is_kept(preference: Preference, comes: date) -> None:
    at = due_at(date(2027, 11, 24), "somebody", HOURS, ZONE, preference).astimezone(ZONE)
    assert at.date() == comes
    assert HOURS.hold(at)


def test_a_chosen_hour_is_kept_unless_the_station_has_closed_it_since() -> None:
    day = date(2027, 11, 24)
    chosen = due_at(day, "somebody", HOURS, ZONE, Preference(hour=19)).astimezone(ZONE)
    assert chosen.hour == 19
    closed = due_at(day, "somebody", HOURS, ZONE, Preference(hour=21))
    assert closed == due_at(day, "somebody", HOURS, ZONE)


def test_only_hours_that_are_open_to_the_end_can_be_chosen() -> None:
    assert full_hours(HOURS) == tuple(range(9, 20))
    assert full_hours(Hours(time(8, 30), time(11, 30))) == (9, 10)


@pytest.mark.parametrize(
    ("until", "course"),
    [(NEVER, "muted"), (date(2027, 12, 24), "planned"), (date(2027, 11, 24), "sending")],
)
def test_a_pause_is_kept_to_even_by_what_was_planned_before(until: date, course: str) -> None:
    facts = replace(READY, preference=Preference(paused_until=until))
    decision = decide(PROMPT, facts, NOON.astimezone(UTC), RULES)
    assert decision.course == course
    if course == "planned":
        assert decision.until is not None
        assert decision.until.astimezone(ZONE).date() == until


def test_who_chose_the_hour_is_kept_waiting_by_a_conversation_for_an_hour_only() -> None:
    now = NOON.astimezone(UTC)
    promised = replace(PROMPT, is_promised=True)
    two_hours_ago = replace(READY, last_turn_at=now - timedelta(hours=2))
    assert decide(PROMPT, two_hours_ago, now, RULES).course == "planned"
    assert decide(promised, two_hours_ago, now, RULES).course == "sending"
