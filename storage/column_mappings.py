"""Which column meant what, by a keyed digest of the titles: in some files people stand there."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, Literal

from conversations.roster.titles import key_of
from storage.times import to_micros
from storage.transaction import Reading, Transaction

Kind = Literal["roster", "answer"]

TITLES: Final = "column_mapping.titles"


async def find(reading: Reading, kind: Kind, scope_id: str, titles: Sequence[str]) -> str | None:
    """Return what was said last of a file with these titles, as JSON."""
    row = await reading.one(
        "column_mappings.find",
        kind=kind,
        scope_id=scope_id,
        titles_digest=_digest(reading, titles),
    )
    return None if row is None else str(row["mapping"])


async def keep(
    tx: Transaction,
    kind: Kind,
    scope_id: str,
    titles: Sequence[str],
    mapping: str,
    *,
    by: str,
    now: datetime,
) -> None:
    """Remember a mapping in the place of an older one."""
    await tx.the(
        "column_mappings.keep",
        kind=kind,
        scope_id=scope_id,
        titles_digest=_digest(tx, titles),
        mapping=mapping,
        saved_by=by,
        saved_at=to_micros(now),
    )


def _digest(reading: Reading, titles: Sequence[str]) -> str:
    return reading.vault.digest(TITLES, key_of(titles)).hex()
