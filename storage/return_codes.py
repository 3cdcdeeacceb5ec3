"""Return codes: what a person brings to a new phone; only a keyed digest is kept."""

from datetime import datetime
from typing import Final

from storage.ids import new_return_code, tidy_code
from storage.times import to_micros
from storage.transaction import Reading, Transaction

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
    found: str | None = None
    for digest in reading.vault.digests(USE, tidy_code(typed)).values():
        row = await reading.one("return_codes.find", digest=digest)
        if row is not None:
            found = row["person_id"]
    return found
