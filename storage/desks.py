"""What somebody of the staff is in the middle of in their chat: one thing at a time, sealed.

A filter that is being put together, a text that is being written, a day that is asked for. Buttons
carry 64 bytes and typed words carry no button, so the rest waits here until the next reply.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from storage.times import from_micros, to_micros
from storage.transaction import Reading, Transaction

STATE: Final = "desk_state.state"


@dataclass(frozen=True, slots=True)
class DeskState:
    """What is under way; `kind` is a word of whoever began it, `values` are plain JSON."""

    kind: str
    values: Mapping[str, Any] = field(repr=False)
    at: datetime


async def get(reading: Reading, chat_id: str) -> DeskState | None:
    """Return what a chat of the staff is in the middle of; None for nothing."""
    row = await reading.one("desks.get", chat_id=chat_id)
    if row is None:
        return None
    values = json.loads(reading.system.open(STATE, row["state"]))
    return DeskState(row["kind"], values, from_micros(row["at"]))


async def put(
    tx: Transaction, chat_id: str, kind: str, values: Mapping[str, Any], now: datetime
) -> None:
    """Keep what is under way, in the place of what was before."""
    text = json.dumps(dict(values), ensure_ascii=False)
    await tx.one(
        "desks.put",
        chat_id=chat_id,
        kind=kind,
        state=tx.system.seal(STATE, text),
        at=to_micros(now),
    )


async def clear(tx: Transaction, chat_id: str) -> None:
    """Be in the middle of nothing."""
    await tx.all("desks.clear", chat_id=chat_id)


async def purge(tx: Transaction, before: datetime, others_before: datetime) -> None:
    """Forget what nobody went on with.

    Args:
        before: for the follow-up that is put together, which is about nobody.
        others_before: for whatever may hold a name, as a search does.
    """
    await tx.all("desks.purge", before=to_micros(before), others_before=to_micros(others_before))
