"""The work list's rules: what comes first, and when somebody is looked at again."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from conversations.cases import (
    NEXT,
    Look,
    Outcome,
    Weight,
    look_again_at,
    masked_name,
    next_of,
    offered,
    rank,
)
from conversations.hours import Hours

NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Shanghai")


def _weight(
    kind: str, *, wants: bool = False, confirmed: bool = True, days: int = 0, extra: int = 0
) -> Weight:
    return Weight(kind, extra, wants, confirmed, NOW - timedelta(days=days))


def test_the_most_urgent_comes_first() -> None:
    expected = [
        _weight("human"),
        _weight("returned"),
        _weight("silent", wants=True),
        _weight("unreachable", confirmed=False),
        _weight("unreachable", days=3),
        _weight("unreachable"),
        _weight("silent", confirmed=False),
        _weight("silent", days=9),
        _weight("silent"),
    ]
    shuffled = [*expected[4:], *expected[:4]]
    assert sorted(shuffled, key=rank) == expected


def test_whoever_opened_a_case_can_raise_it() -> None:
    assert rank(_weight("silent", extra=100)) < rank(_weight("human"))


@pytest.mark.parametrize(
    ("look", "at", "expected"),
    [
        ("tomorrow", NOW, datetime(2026, 11, 25, 1, tzinfo=UTC)),
        # After the last open hour tonight is tomorrow's evening.
        ("tomorrow", NOW + timedelta(hours=10), datetime(2026, 11, 26, 1, tzinfo=UTC)),
        ("evening", NOW, datetime(2026, 11, 24, 11, tzinfo=UTC)),
        ("evening", NOW + timedelta(hours=10), datetime(2026, 11, 25, 11, tzinfo=UTC)),
        ("after_feast", NOW, datetime(2027, 2, 9, 1, tzinfo=UTC)),
        ("week", NOW, datetime(2026, 12, 1, 1, tzinfo=UTC)),
        ("now", NOW, None),
        ("on_day", NOW, None),
    ],
)
def test_a_case_comes_up_again_when_it_makes_sense(
    look: Look, at: datetime, expected: datetime | None
) -> None:
    assert look_again_at(look, at, Hours(), ZONE) == expected


def test_every_outcome_says_what_follows_and_only_three_end_a_case() -> None:
    assert set(NEXT) == set(Outcome)
    ends = {outcome for outcome, follows in NEXT.items() if follows.look is None}
    assert ends == {Outcome.REFUSES, Outcome.MOVED, Outcome.DIED}


def test_no_outcome_but_leaving_takes_a_refused_report_off_the_list() -> None:
    ends = {one for one in offered("rejected") if next_of(one, "rejected").look is None}
    assert ends == {Outcome.MOVED, Outcome.DIED}
    assert set(offered("rejected")) - set(offered("silent")) == {Outcome.COUNTY}
    assert all(next_of(one, "silent") == NEXT[one] for one in offered("silent"))


def test_of_a_name_only_the_surname_is_shown() -> None:
    assert masked_name("王山河") == "王某"
    assert masked_name("") == ""
