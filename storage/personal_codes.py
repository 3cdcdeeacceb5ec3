"""Personal codes: what a station hands to a person; only a keyed digest is kept.

A code of the roster opens that person's first interview and works until it is submitted, because
a phone may get lost in between. A code to take over works once. Both expire.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, Literal

from storage.ids import new_return_code, tidy_code
from storage.times import from_micros, to_micros
from storage.transaction import Reading, Transaction

Kind = Literal["roster", "take_over"]

USE: Final = "personal_code"
LASTS: Final[dict[Kind, timedelta]] = {
    "roster": timedelta(days=365),
    "take_over": timedelta(days=14),
}


@dataclass(frozen=True, slots=True)
class PersonalCode:
    """A code that is valid now, and whose it is."""

    kind: Kind
    person_id: str
    digest: bytes = field(repr=False)


async def issue(tx: Transaction, kind: Kind, person_id: str, now: datetime) -> str:
    """Return a new code; an older one of this kind does not work any more."""
    code = new_return_code()
    await tx.all("personal_codes.drop", kind=kind, person_id=person_id)
    await tx.one(
        "personal_codes.add",
        digest=tx.vault.digest(USE, code),
        kind=kind,
        person_id=person_id,
        created_at=to_micros(now),
        expires_at=to_micros(now + LASTS[kind]),
    )
    return code


async def withdraw(tx: Transaction, kind: Kind, person_id: str) -> None:
    """Take a person's code back, because nobody was given it."""
    await tx.all("personal_codes.drop", kind=kind, person_id=person_id)


async def is_issued(reading: Reading, kind: Kind, person_id: str) -> bool:
    """Return whether a person has a code of this kind that was not used."""
    return await reading.one("personal_codes.has", kind=kind, person_id=person_id) is not None


async def find(reading: Reading, typed: str, now: datetime) -> PersonalCode | None:
    """Return a code that is valid now; used, expired and unknown ones are looked up alike.

    Wrong tries are to be limited by `attempts` before this is asked.
    """
    found: PersonalCode | None = None
    for digest in reading.vault.digests(USE, tidy_code(typed)).values():
        row = await reading.one("personal_codes.find", digest=digest)
        if row is None or row["used_at"] is not None or from_micros(row["expires_at"]) <= now:
            continue
        found = PersonalCode(row["kind"], row["person_id"], digest)
    return found


async def use(tx: Transaction, code: PersonalCode, now: datetime) -> bool:
    """Spend a code that works once; False when somebody was quicker."""
    row = await tx.one("personal_codes.use", digest=code.digest, now=to_micros(now))
    return row is not None
