"""Filters as values, whom they leave out, and when each prompt goes out."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from conversations.followups import (
    Facts,
    Filter,
    FollowUpRules,
    Reason,
    Term,
    ages_in,
    sift,
    terms,
)
from conversations.hours import Hours
from conversations.pacing import finish_at, opening, spread

ZONE = ZoneInfo("Asia/Shanghai")
TODAY = date(2026, 11, 24)
HOURS = Hours(time(9), time(20))
MORNING = datetime(2026, 11, 24, 2, tzinfo=UTC)
EVERYTHING = Filter(
    not_started=True,
    stuck_for=3,
    stuck_in="employment",
    unconfirmed=True,
    training="1",
    trade="02",
    job="1",
    industry="C",
    place="5",
    village="东张村",
    age_from=40,
    age_to=55,
    answered_before=date(2026, 8, 1),
    sex="2",
    status="3",
)


def test_a_filter_comes_back_from_its_json_and_tells_every_condition() -> None:
    assert Filter.model_validate_json(EVERYTHING.model_dump_json()) == EVERYTHING
    assert len({term.kind for term in terms(EVERYTHING)}) == 14
    assert Term("age", "40", "55") in terms(EVERYTHING)
    assert terms(Filter()) == ()
    assert Filter().is_empty
    assert not Filter(sex="1").is_empty


def test_a_condition_that_makes_no_sense_is_refused() -> None:
    for wrong in ({"age_from": 500}, {"stuck_for": -1}, {"nonsense": 1}):
        with pytest.raises(ValidationError):
            Filter().but(**wrong)


@pytest.mark.parametrize(
    ("said", "ages"),
    [
        ("40-55", (40, 55)),
        ("55到40岁", (40, 55)),
        ("55以上", (55, 0)),
        ("30岁以下", (0, 30)),
        ("45", (45, 45)),
        ("没有", None),
        ("0", None),
        ("400", None),
        ("40-50-60", None),
    ],
)
def test_typed_ages_are_read(said: str, ages: tuple[int, int] | None) -> None:
    assert ages_in(said) == ages


def _facts(person_id: str = "a", **changes: Any) -> Facts:
    plain: dict[str, Any] = {
        "township_id": "t1",
        "is_active": True,
        "reported_cycle": 2025,
        "chat_id": f"chat-{person_id}",
        "is_own": True,
        "is_blocked": False,
        "paused_until": None,
        "in_wave": False,
        "sent": 0,
        "sent_today": 0,
    }
    return Facts(person_id, **(plain | changes))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"is_active": False}, Reason.LEFT),
        ({"reported_cycle": 2026}, Reason.ANSWERED),
        ({"chat_id": None}, Reason.NO_CHANNEL),
        ({"is_blocked": True}, Reason.BLOCKED),
        ({"paused_until": date.max}, Reason.MUTED),
        ({"paused_until": TODAY + timedelta(days=1)}, Reason.MUTED),
        ({"in_wave": True}, Reason.IN_WAVE),
        ({"sent": 3}, Reason.BUDGET),
        ({"sent": 1, "sent_today": 1}, Reason.TODAY),
    ],
)
def test_each_reason_leaves_somebody_out(changes: dict[str, Any], reason: Reason) -> None:
    sifted = sift(Filter(unconfirmed=True), [_facts(**changes)], 2026, TODAY, FollowUpRules())
    assert sifted.chosen == ()
    assert dict(sifted.excluded) == {reason: 1}
    assert len(sifted.to_call) == (reason is Reason.NO_CHANNEL)


def test_whoever_paused_until_today_is_prompted_again() -> None:
    people = [_facts(paused_until=TODAY)]
    assert len(sift(Filter(unconfirmed=True), people, 2026, TODAY, FollowUpRules()).chosen) == 1


def test_this_years_report_speaks_against_nothing_but_an_update() -> None:
    people = [_facts(reported_cycle=2026)]
    assert len(sift(Filter(training="1"), people, 2026, TODAY, FollowUpRules()).chosen) == 1


def test_of_one_chat_its_owner_is_prompted_and_the_budget_is_counted() -> None:
    family = [
        _facts("a", chat_id="c", is_own=False),
        _facts("b", chat_id="c"),
        _facts("d", sent=2),
    ]
    sifted = sift(Filter(unconfirmed=True), family, 2026, TODAY, FollowUpRules())
    assert [one.person_id for one in sifted.chosen] == ["b", "d"]
    assert dict(sifted.excluded) == {Reason.SAME_CHAT: 1}
    assert sifted.could_get_more == 1


def test_the_budget_is_what_the_rules_say() -> None:
    rules = FollowUpRules(most=1, per_day=2)
    assert not sift(Filter(), [_facts(sent=1)], 2026, TODAY, rules).chosen


def test_prompts_go_out_at_the_pace_and_jump_over_the_night() -> None:
    evening = datetime(2026, 11, 24, 11, 59, 59, tzinfo=UTC)
    moments = list(spread(evening, 60, 25, HOURS, ZONE))
    assert moments[0] == evening
    assert moments[24] < datetime(2026, 11, 24, 12, tzinfo=UTC)
    assert moments[25] == datetime(2026, 11, 25, 1, tzinfo=UTC)
    assert moments == sorted(set(moments))
    assert all(HOURS.hold(moment.astimezone(ZONE)) for moment in moments)


@pytest.mark.parametrize("count", [0, 1, 2, 26, 60, 5_000])
def test_the_finish_time_is_that_of_the_last_prompt(count: int) -> None:
    evening = datetime(2026, 11, 24, 11, 59, 58, tzinfo=UTC)
    moments = list(spread(evening, count, 25, HOURS, ZONE))
    expected = moments[-1] if moments else evening
    assert finish_at(evening, count, 25, HOURS, ZONE) == expected


def test_at_night_the_next_opening_is_waited_for() -> None:
    night = datetime(2026, 11, 24, 20, tzinfo=UTC)
    assert opening(night, HOURS, ZONE) == datetime(2026, 11, 25, 1, tzinfo=UTC)
    assert opening(MORNING, HOURS, ZONE) == MORNING
