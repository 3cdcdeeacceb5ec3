"""Personal codes and their paper: there is none without the other."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from bot.config import load_settings
from bot.opening import Opened, opened
from bot.posters.codes import Made, print_codes
from bot.posters.slips import Slip
from storage import personal_codes, roster
from tests.transcripts.stage import FORM, MORNING, ON_ROSTER

STATION = ON_ROSTER.township_id


@pytest.mark.parametrize("renew", [False, True])
async def test_a_code_that_came_on_no_paper_does_not_stay(tmp_path: Path, *, renew: bool) -> None:
    settings = load_settings(
        {
            "XIANGWEN_STORAGE__URL": f"sqlite:///{tmp_path}/data/xiangwen.db",
            "XIANGWEN_KEYS__FILE": str(tmp_path / "keys" / "key"),
            "XIANGWEN_FORM__FILE": str(FORM),
        },
    )
    lost: list[Slip] = []

    def jam(slips: Sequence[Slip]) -> None:
        lost.extend(slips)
        raise OSError("the printer is on fire")

    async with opened(settings, lambda: MORNING) as parts:
        async with parts.database.transaction() as tx:
            await roster.add(tx, ON_ROSTER, MORNING)
        with pytest.raises(OSError, match="on fire"):
            await _print(parts, jam, renew=renew)
        printed: list[Slip] = []
        made = await _print(parts, printed.extend, renew=False)
        assert (len(printed), made.had) == (1, 0)
        async with parts.database.reading() as reading:
            for slips, works in ((lost, False), (printed, True)):
                found = await personal_codes.find(reading, slips[0].code, MORNING)
                assert (found is not None) == works


async def _print(
    parts: Opened, on_paper: Callable[[Sequence[Slip]], None], *, renew: bool
) -> Made:
    place = parts.world.places.by_id[STATION]
    return await print_codes(parts, place, "test", "test", on_paper, renew=renew)
