"""Personal codes for the slips of a township: made, noted in the audit, known to nobody after."""

import json
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Final

from bot.opening import Opened
from bot.places import Place
from bot.posters.slips import Slip
from storage import audits, personal_codes, roster

_CHUNK: Final = 200
_LASTS: Final = personal_codes.LASTS["roster"]


@dataclass(frozen=True, slots=True)
class Made:
    """The slips, in the order in which a village hands them out; `had` had a code before."""

    slips: tuple[Slip, ...]
    had: int


async def print_codes(
    parts: Opened,
    township: Place,
    actor: str,
    reason: str,
    on_paper: Callable[[Sequence[Slip]], None],
    *,
    renew: bool,
) -> Made:
    """Make a code for everybody of a township who is waited for and has none, and print them.

    Args:
        on_paper: prints; when it fails, the codes are taken back, for nobody can read them.
        renew: make new ones for all; the older ones do not work any more.
    """
    now = parts.world.clock()
    await _note(parts, township, actor, reason, now, renew=renew)
    async with parts.database.reading() as reading:
        today = now.astimezone(parts.world.zone).date()
        known = await roster.of_township(reading, township.id, today)
    codes: dict[str, str] = {}
    async with AsyncExitStack() as undo:
        undo.push_async_callback(_withdraw, parts, codes)
        async for made in _issued(parts, known, now, renew=renew):
            codes |= made
        slips = _slips(known, codes, (now + _LASTS).astimezone(parts.world.zone).date())
        if slips:
            on_paper(slips)
        undo.pop_all()
    return Made(slips, len(known) - len(codes))


async def _issued(
    parts: Opened, persons: Iterable[str], now: datetime, *, renew: bool
) -> AsyncIterator[dict[str, str]]:
    """Yield the new codes by person, after each transaction: a long one would hold up replies."""
    waiting = iter(persons)
    while chunk := tuple(islice(waiting, _CHUNK)):
        async with parts.database.transaction() as tx:
            made = {one: await roster.code_for(tx, one, now, renew=renew) for one in chunk}
        yield {one: code for one, code in made.items() if code}


async def _withdraw(parts: Opened, codes: Iterable[str]) -> None:
    async with parts.database.transaction() as tx:
        for person_id in codes:
            await personal_codes.withdraw(tx, "roster", person_id)


def _slips(
    known: Mapping[str, Mapping[str, str]], codes: Mapping[str, str], until: date
) -> tuple[Slip, ...]:
    slips = (_slip(known[person_id], code, until) for person_id, code in codes.items())
    return tuple(sorted(slips, key=_in_order))


def _slip(known: Mapping[str, str], code: str, until: date) -> Slip:
    return Slip(known["name"], known["id_number"], known.get("village", ""), code, until)


def _in_order(slip: Slip) -> tuple[str, str]:
    return slip.village, slip.name


async def _note(
    parts: Opened, township: Place, actor: str, reason: str, now: datetime, *, renew: bool
) -> None:
    async with parts.database.transaction() as tx:
        await audits.write(
            tx,
            actor=actor,
            action="roster_codes",
            scope=f"township:{township.id}",
            now=now,
            detail=json.dumps({"reason": reason, "renewed": renew}, ensure_ascii=False),
        )
