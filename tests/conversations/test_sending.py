"""Whether a prompt goes out: ladder, budget, holidays, ages, and the other kinds of prompts."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.holidays import load_holidays
from bot.ladders import load_ladders
from conversations.holidays import pure_brightness, statutory
from conversations.hours import Hours, Span, read_weekdays
from conversations.ladder import Ladder, LadderError, Rung, ladders_of
from conversations.reminders import Delay, Preference, due_at, put_off_until
from conversations.sending import (
    Budget,
    Contacts,
    Facts,
    Prompt,
    Rules,
    decide,
    free_at,
    is_past_age,
)

ZONE: Final = ZoneInfo("Asia/Shanghai")
ZONES: Final = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Shanghai")
# A Wednesday.
NOON: Final = datetime(2027, 11, 24, 4, tzinfo=UTC)
DAY: Final = timedelta(days=1)
CALL: Final = Rung("")
INVITATION: Final = Rung("yearly", 7 * DAY)
NUDGE: Final = Rung("nudge", 7 * DAY, only_opened=True)
PROMPT: Final = Prompt(2027, NOON + 30 * DAY, rung=INVITATION)
READY: Final = Facts(2026, True, True, False, None)
RULES: Final = Rules(Hours(), ZONE)


@pytest.mark.parametrize(
    ("rung", "facts", "course", "then"),
    [
        (INVITATION, {}, "sending", ""),
        (INVITATION, {"can_prompt": False}, "blocked", "call"),
        (INVITATION, {"is_blocked": True}, "blocked", "call"),
        (NUDGE, {}, "cleared", "next"),
        (NUDGE, {"was_opened": True}, "sending", ""),
        (NUDGE, {"was_opened": True, "is_blocked": True}, "blocked", "call"),
        (CALL, {}, "cleared", "call"),
        (CALL, {"can_prompt": False}, "cleared", "call"),
        (CALL, {"reported_cycle": 2027}, "answered", ""),
        (CALL, {"is_active": False}, "cleared", ""),
        (CALL, {"preference": Preference(paused_until=date.max)}, "muted", ""),
    ],
)
def test_each_step_of_the_ladder_has_its_course(
    rung: Rung, facts: dict[str, object], course: str, then: str
) -> None:
    known = replace(READY, **facts)  # type: ignore[arg-type]
    decision = decide(replace(PROMPT, rung=rung), known, NOON, RULES)
    assert (decision.course, decision.then) == (course, then)


def test_a_yearly_prompt_whose_time_went_by_leads_to_a_call() -> None:
    decision = decide(PROMPT, READY, PROMPT.not_after + DAY, RULES)
    assert (decision.course, decision.then) == ("expired", "call")


BUDGET: Final = Budget()
TODAY: Final = Contacts(1, NOON - timedelta(hours=1), NOON - timedelta(hours=1))
YESTERDAY: Final = Contacts(1, NOON - DAY, NOON - DAY)
THREE: Final = Contacts(3, NOON - 10 * DAY, NOON - 2 * DAY)
TWO: Final = Contacts(2, NOON - 10 * DAY, NOON - 2 * DAY)


@pytest.mark.parametrize(
    ("chat", "person", "free"),
    [
        (Contacts(), Contacts(), None),
        (YESTERDAY, YESTERDAY, None),
        (TWO, TWO, None),
        (TODAY, Contacts(), datetime(2027, 11, 25, tzinfo=ZONE)),
        (THREE, Contacts(), NOON + 4 * DAY),
        (Contacts(), THREE, NOON + 4 * DAY),
        (TODAY, THREE, NOON + 4 * DAY),
    ],
)
def test_nobody_hears_from_us_too_often(
    chat: Contacts, person: Contacts, free: datetime | None
) -> None:
    assert free_at(BUDGET, chat, person, NOON, ZONE) == free


def test_a_prompt_over_the_budget_waits_for_the_next_open_moment() -> None:
    facts = replace(READY, chat=replace(TODAY, last_at=NOON))
    decision = decide(PROMPT, facts, NOON, RULES)
    assert (decision.course, decision.reason) == ("planned", "contact budget used up")
    assert decision.until == datetime(2027, 11, 25, 9, tzinfo=ZONE)


def test_what_somebody_asked_for_is_no_matter_of_the_budget() -> None:
    facts = replace(READY, chat=TODAY, person=THREE)
    assert decide(replace(PROMPT, is_promised=True), facts, NOON, RULES).course == "sending"


@given(
    some.lists(some.integers(0, 60 * 24 * 60), max_size=60),
    some.integers(1, 4),
)
def test_whatever_comes_a_chat_never_hears_more_than_its_budget(
    minutes: list[int], most: int
) -> None:
    budget, sent = Budget(most), list[datetime]()
    for minute in sorted(minutes):
        now = NOON + timedelta(minutes=minute)
        lately = [at for at in sent if at > now - budget.within]
        heard = Contacts(len(lately), lately[0], lately[-1]) if lately else Contacts()
        if free_at(budget, heard, heard, now, ZONE) is None:
            sent.append(now)
    days = [at.astimezone(ZONE).date() for at in sent]
    assert len(set(days)) == len(days)
    for at in sent:
        assert sum(at - budget.within < other <= at for other in sent) <= most


CLOSED: Final = Hours(closed=frozenset((date(2027, 11, 24), date(2027, 11, 25))))
WEEK: Final = Hours(weekdays=read_weekdays("6 10:00-12:00; 7 closed"))


def test_on_a_closed_day_people_are_left_alone_unless_they_chose_it() -> None:
    rules = replace(RULES, hours=CLOSED)
    decision = decide(PROMPT, READY, NOON, rules)
    assert decision.course == "planned"
    assert decision.until == datetime(2027, 11, 26, 9, tzinfo=ZONE)
    assert decide(replace(PROMPT, is_promised=True), READY, NOON, rules).course == "sending"


def test_each_weekday_has_its_own_hours() -> None:
    saturday, sunday, monday = date(2027, 11, 27), date(2027, 11, 28), date(2027, 11, 29)
    assert WEEK.on(saturday) == Span(time(10), time(12))
    assert WEEK.on(sunday) is None
    assert WEEK.open_day(sunday) == monday
    evening = datetime(2027, 11, 27, 12, tzinfo=ZONE)
    assert WEEK.next_opening(evening, ZONE) == datetime(2027, 11, 29, 9, tzinfo=ZONE)


@given(some.uuids(), some.dates(date(2026, 1, 1), date(2039, 12, 1)))
def test_what_is_due_is_due_on_an_open_day_in_its_hours(person: object, on: date) -> None:
    hours = Hours(weekdays=WEEK.weekdays, closed=load_holidays())
    local = due_at(on, str(person), hours, ZONE).astimezone(ZONE)
    assert local.date() >= on
    assert hours.hold(local)


@given(some.uuids(), some.dates(date(2026, 1, 1), date(2039, 12, 1)), some.sampled_from(ZONES))
def test_where_clocks_are_changed_the_day_and_its_hours_are_still_kept(
    person: object, on: date, name: str
) -> None:
    zone, hours = ZoneInfo(name), Hours(time(0), time(23, 59))
    local = due_at(on, str(person), hours, zone).astimezone(zone)
    # An hour that a spring night leaves out is the hour after it.
    assert local.date() == on
    day = Hours()
    assert day.hold(due_at(on, str(person), day, zone).astimezone(zone))


def test_who_puts_it_off_to_the_feast_hears_in_the_feast() -> None:
    hours = Hours(closed=load_holidays())
    at = put_off_until(Delay.SPRING_FESTIVAL, NOON, "somebody", hours, ZONE)
    assert at.astimezone(ZONE).date() == date(2028, 1, 29)


@pytest.mark.parametrize("text", ["8 09:00-10:00", "1 10:00-09:00", "1", "1234567 closed", "x"])
def test_hours_that_make_no_sense_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_weekdays(text)


def test_the_announced_holidays_hold_every_day_that_the_rule_fixes() -> None:
    announced = {day for day in load_holidays() if day.year == 2026}
    assert statutory(2026) <= announced
    assert len(announced) == 33
    assert len(statutory(2027)) == 13


@pytest.mark.parametrize(
    ("year", "day"), [(2020, 4), (2023, 5), (2024, 4), (2026, 5), (2027, 5), (2028, 4)]
)
def test_the_day_of_the_dead_is_where_almanacs_have_it(year: int, day: int) -> None:
    assert pure_brightness(year) == date(year, 4, day)


def test_only_who_surely_is_past_the_age_is_left_out() -> None:
    today = date(2027, 11, 24)
    assert is_past_age(1966, today, 60)
    assert not is_past_age(1967, today, 60)
    assert not is_past_age(None, today, 60)
    assert not is_past_age(1900, today, 0)
    old = replace(READY, birth_year=1950)
    assert decide(PROMPT, old, NOON, replace(RULES, age_limit=60)).course == "cleared"


def test_an_unfinished_interview_is_asked_about_while_it_is_open() -> None:
    prompt = Prompt(2027, NOON + DAY, kind="unfinished")
    new = replace(READY, reported_cycle=None)
    assert decide(prompt, replace(new, has_open=True), NOON, RULES).course == "sending"
    assert decide(prompt, new, NOON, RULES).course == "cleared"


def test_a_follow_up_is_answered_by_a_report_that_came_after_it_began() -> None:
    prompt = Prompt(2027, NOON + DAY, kind="follow_up", since=NOON - DAY)
    before, after = (replace(READY, reported_at=NOON - DAY * days) for days in (2, 0.5))
    assert decide(prompt, before, NOON, RULES).course == "sending"
    assert decide(prompt, after, NOON, RULES).course == "answered"
    nobody_yet = replace(READY, reported_cycle=None)
    assert decide(prompt, nobody_yet, NOON, RULES).course == "sending"


def test_the_shipped_ladder_ends_at_the_call_list() -> None:
    ladder = load_ladders().current
    assert [rung.wording for rung in ladder.rungs] == ["yearly", "nudge", "another", ""]
    assert ladder.rung(9).is_call


@pytest.mark.parametrize(
    "ladders",
    [
        (),
        (Ladder("1", (INVITATION,)),),
        (Ladder("1", (NUDGE, CALL)),),
        (Ladder("1", (INVITATION, CALL)), Ladder("1", (INVITATION, CALL))),
    ],
)
def test_a_ladder_that_leads_nowhere_is_refused(ladders: tuple[Ladder, ...]) -> None:
    with pytest.raises(LadderError):
        ladders_of(ladders)


def test_who_is_on_an_old_ladder_stays_on_it() -> None:
    old, new = Ladder("1", (INVITATION, CALL)), Ladder("2", (INVITATION, NUDGE, CALL))
    both = ladders_of((old, new))
    assert both.named("1") is old
    assert both.named("") is both.current is new
