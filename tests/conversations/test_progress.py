"""Rates, the fair order of places, and targets that add up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.progress import REACHED, cumulated, in_order, reached, wilson
from conversations.targets import read_people, split, summed


def test_a_rate_from_few_is_known_less_well_than_one_from_many() -> None:
    few, many = wilson(38, 40), wilson(3800, 4000)
    assert few is not None
    assert many is not None
    assert few.rate == many.rate == 0.95
    assert few.low < many.low < 0.95 < many.high < few.high
    # Newcombe 1998, example of 81 of 263, computed by hand with z = 1.96.
    known = wilson(81, 263)
    assert known is not None
    assert (round(known.low, 4), round(known.high, 4)) == (0.2553, 0.3662)


@given(st.integers(0, 10**7), st.integers(1, 10**7))
def test_a_rate_lies_in_its_interval_and_that_between_nothing_and_all(done: int, of: int) -> None:
    interval = wilson(done, of)
    assert interval is not None
    assert 0 <= interval.low <= min(interval.rate, 1) + 1e-9
    assert min(interval.rate, 1) - 1e-9 <= interval.high <= 1


def test_nobody_to_count_is_no_rate() -> None:
    assert wilson(3, 0) is None
    (only,) = in_order([("t1", 3, 0)])
    assert (only.rank, only.interval) == (0, None)


def test_a_small_place_does_not_win_by_luck() -> None:
    order = in_order([("small", 20, 20), ("large", 5940, 6000), ("late", 3000, 6000)])
    assert [(one.place_id, one.rank, one.is_tied) for one in order] == [
        ("small", 1, True),
        ("large", 1, True),
        ("late", 3, False),
    ]
    clear = in_order([("small", 2, 20), ("large", 5940, 6000), ("late", 3000, 6000)])
    assert [one.place_id for one in clear] == ["large", "late", "small"]


def test_places_that_differ_for_certain_have_ranks_of_their_own() -> None:
    order = in_order([("c", 40_000, 100_000), ("a", 60_000, 100_000), ("b", 50_000, 100_000)])
    assert [(one.place_id, one.rank) for one in order] == [("a", 1), ("b", 2), ("c", 3)]


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500)), min_size=1, max_size=30))
def test_every_place_stands_once_and_ranks_only_grow(counted: list[tuple[int, int]]) -> None:
    places = [(f"t{number}", done, of) for number, (done, of) in enumerate(counted)]
    order = in_order(places)
    assert sorted(one.place_id for one in order) == sorted(place for place, _, _ in places)
    ranks = [one.rank for one in order if one.rank]
    assert ranks == sorted(ranks)
    for rank in set(ranks):
        assert ranks.index(rank) == rank - 1
        assert {one.is_tied for one in order if one.rank == rank} == {ranks.count(rank) > 1}


def test_whoever_went_further_was_there_before() -> None:
    stages = {"submitted": 1, "verified": 2, "returned": 4, "exported": 8, "accepted": 16}
    stages |= {"rejected": 32, "left_out": 64}
    assert [reached(stages, measure) for measure in REACHED] == [63, 58, 56, 16]
    assert REACHED["accepted"] == ("accepted",)


def test_a_trend_adds_up_day_by_day() -> None:
    days = {
        "2026-01-02": {"submitted": -1, "verified": 1},
        "2026-01-01": {"submitted": 3},
        "2026-01-05": {"left_out": 1, "verified": -1},
    }
    assert cumulated(days, "submitted") == [
        ("2026-01-01", 3),
        ("2026-01-02", 3),
        ("2026-01-05", 2),
    ]


@given(
    st.integers(0, 10**7),
    st.dictionaries(st.text("abcd", min_size=1), st.integers(0, 10**6), min_size=1),
)
def test_a_split_target_adds_up_and_is_fair(total: int, weights: dict[str, int]) -> None:
    parts = split(total, weights)
    assert sum(parts.values()) == total
    assert set(parts) == set(weights)
    whole = sum(weights.values())
    if whole:
        assert all(abs(parts[place] - total * weights[place] / whole) < 1 for place in weights)


def test_targets_below_are_held_against_the_one_above() -> None:
    assert summed(100, {"a": 60, "b": 40}).is_right
    assert summed(100, {"a": 60, "b": 50}).difference == 10
    open_one = summed(100, {"a": 100, "b": None})
    assert (open_one.is_right, open_one.missing) == (False, 1)


@pytest.mark.parametrize(
    ("said", "people"),
    [
        *(("12000", 12000), ("12,000", 12000), ("1.2万", 12000), ("37万人", 370000)),
        *(("0", 0), ("１２", 12)),
        *(("", None), ("-3", None), ("1.5", None), ("很多", None), ("inf", None), ("1e12", None)),
    ],
)
def test_a_target_is_read_as_people_write_it(said: str, people: int | None) -> None:
    assert read_people(said) == people
