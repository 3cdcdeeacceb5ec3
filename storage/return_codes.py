"""Return codes: what a person brings to a new phone; only a keyed digest is kept."""

from datetime import datetime
from typing import Final

from storage.ids import new_return_code, tidy_code
from storage.times import from_micros, to_micros
from storage.transaction import Reading, Row, Transaction

USE: Final = "return_code"


async def issue(tx: Transaction, person_id: str, now: datetime) -> str:
    """Return a new code; the person's older one does not work any more."""
    code = new_return_code()
    await tx.all("return_codes.drop", person_id=person_id)
    await tx.one(
        "return_codes.add",
        digest=tx.vault.digest(USE, code),
        person_id=person_id,
        created_at=to_micros(now),
    )
    return code


async def find(reading: Reading, typed: str) -> str | None:
    """Return the person of a code, typed with or without dashes and in any case.

    Wrong tries are to be limited by `attempts` before this is asked.
    """
    row = await _row(reading, typed)
    return None if row is None else row["person_id"]


async def given_at(reading: Reading, typed: str) -> datetime | None:
    """Return when a code was given out, None when it is none."""
    row = await _row(reading, typed)
    return None if row is None else from_micros(row["created_at"])


async def _row(reading: Reading, typed: str) -> Row | None:
    found: Row | None = None
    for digest in reading.vault.digests(USE, tidy_code(typed)).values():
        row = await reading.one("return_codes.find", digest=digest)
        found = found if row is None else row
    return found
