"""Random workers: whatever they do, they are answered, lose nothing, and can still finish."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from conversations.course import ConsentDeclined, InterviewStopped, RangeLeft, ReportSubmitted
from conversations.interview import Interview, again, first_interview
from tests.conversations.conftest import Begin
from tests.conversations.walking import Walker, finish
from tests.forms import people

SEEDS = some.integers(0, 2**32)
STEPS = 60


def _walk(begin: Begin, seed: int, start: Interview) -> None:
    walker = Walker(begin(start), seed)
    if start.purpose == "first":
        walker.talk.walk(
            people.EMPLOYED_AWAY,
            walker.chance.choice(["", "name", "village", "remark", "consent"]),
        )
    for _ in range(STEPS):
        walker.step()
        ending = walker.talk.turn.events[-1]
        if isinstance(ending, ReportSubmitted | ConsentDeclined | RangeLeft | InterviewStopped):
            return
    finish(walker.talk)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=SEEDS)
def test_a_random_worker_can_always_finish(begin: Begin, seed: int) -> None:
    _walk(begin, seed, first_interview(1))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=SEEDS, purpose=some.sampled_from(["update", "correction"]))
def test_a_random_worker_can_always_finish_next_year(
    begin: Begin, seed: int, purpose: str
) -> None:
    done = begin().walk(people.OUT_OF_WORK)
    start = again(done.form, 1, purpose, dict(done.interview.answers))  # type: ignore[arg-type]
    _walk(begin, seed, start)


@pytest.mark.soak
@settings(max_examples=3000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=SEEDS)
def test_many_random_workers_can_always_finish(begin: Begin, seed: int) -> None:
    _walk(begin, seed, first_interview(1))
