"""Random conversations on the real turns and a real database: no dead end, nothing lost."""

import asyncio
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from tests.forms import people
from tests.transcripts.stage import Stage
from tests.turns.chat import Chat
from tests.turns.random_worker import RandomWorker

SEEDS = some.integers(0, 2**32)
STEPS = 70


async def _converse(seed: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(Path(folder))
        await stage.open()
        worker = RandomWorker(Chat(stage), seed)
        try:
            if worker.chance.random() < 0.5:
                await worker.chat.report(people.OUT_OF_WORK)
            for _ in range(STEPS):
                await worker.step()
                if worker.chance.random() < 0.01:
                    stage.clock.wait(worker.chance.choice([1, 30, 366]))
            await worker.finish()
        finally:
            await stage.close()


@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
@given(seed=SEEDS)
def test_whoever_talks_at_random_is_answered_and_can_finish(seed: int) -> None:
    asyncio.run(_converse(seed))


@pytest.mark.soak
@pytest.mark.timeout(0)
@settings(max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=SEEDS)
def test_a_thousand_random_conversations(seed: int) -> None:
    asyncio.run(_converse(seed))
