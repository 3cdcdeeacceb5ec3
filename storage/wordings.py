"""Texts of prompts that a station or county wrote: versions, each judged, none ever edited.

They name nobody: what is put in for a person is a placeholder.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from storage.ids import new_id
from storage.times import from_micros, to_micros
from storage.transaction import Reading, Row, Transaction

State = Literal["draft", "approved", "refused", "retired"]


@dataclass(frozen=True, slots=True)
class Wording:
    """One version of a text; `draft` waits for the county's judgement."""

    key: str
    version: int
    scope_id: str
    state: State
    text: str
    created_by: str
    created_at: datetime
    judged_by: str | None = None

    @property
    def name(self) -> str:
        """Return how a wave names it."""
        return f"own:{self.key}:{self.version}"


async def add(
    tx: Transaction,
    *,
    scope_id: str,
    text: str,
    state: State,
    by: str,
    now: datetime,
    key: str = "",
) -> Wording:
    """Keep a text.

    Args:
        key: of the text that this is the next version of, "" for a new one.
    """
    before = await latest(tx, key) if key else None
    wording = Wording(
        key=before.key if before else new_id(now),
        version=before.version + 1 if before else 1,
        scope_id=before.scope_id if before else scope_id,
        state=state,
        text=text,
        created_by=by,
        created_at=now,
    )
    await tx.the(
        "wordings.add",
        key=wording.key,
        version=wording.version,
        scope_id=wording.scope_id,
        state=state,
        text=text,
        by=by,
        now=to_micros(now),
    )
    return wording


async def latest(reading: Reading, key: str) -> Wording | None:
    """Return the last version of a text."""
    row = await reading.one("wordings.latest", key=key)
    return None if row is None else _wording(row)


async def named(reading: Reading, name: str) -> Wording | None:
    """Return the version that a wave names as `own:KEY:VERSION`."""
    _, _, rest = name.partition(":")
    key, _, version = rest.rpartition(":")
    if not version.isdecimal():
        return None
    row = await reading.one("wordings.get", key=key, version=int(version))
    return None if row is None else _wording(row)


async def of_scopes(reading: Reading, scopes: Iterable[str]) -> list[Wording]:
    """Return the last version of each text of these places, newest first."""
    rows = await reading.all("wordings.of_scopes", scopes=json.dumps(list(scopes)))
    return [_wording(row) for row in rows]


async def judge(tx: Transaction, wording: Wording, state: State, by: str, now: datetime) -> bool:
    """Approve, refuse or retire a version; False when its state is another by now."""
    row = await tx.one(
        "wordings.judge",
        key=wording.key,
        version=wording.version,
        was=wording.state,
        state=state,
        by=by,
        now=to_micros(now),
    )
    return row is not None


def _wording(row: Row) -> Wording:
    """Return the text of a row."""
    return Wording(
        key=row["key"],
        version=row["version"],
        scope_id=row["scope_id"],
        state=row["state"],
        text=row["text"],
        created_by=row["created_by"],
        created_at=from_micros(row["created_at"]),
        judged_by=row["judged_by"],
    )
