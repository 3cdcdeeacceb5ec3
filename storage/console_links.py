"""One-time links to the console; only the keyed digest of their token is kept."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from storage.times import from_micros, to_micros
from storage.transaction import Reading, Row, Transaction

Kind = Literal["lists", "setup"]
USE: Final = "console.link"


@dataclass(frozen=True, slots=True)
class Link:
    """A link that works: for whom, to what (`lists` or `setup`), until when."""

    staff_id: str
    kind: Kind
    expires_at: datetime


async def issue(
    tx: Transaction, staff_id: str, kind: Kind, now: datetime, lasts: timedelta
) -> str:
    """Return the token of a new link; an older unused one of this kind works no more."""
    token = secrets.token_urlsafe(32)
    await tx.all("console_links.drop_unused", staff_id=staff_id, kind=kind)
    await tx.one(
        "console_links.add",
        digest=tx.vault.digest(USE, token),
        staff_id=staff_id,
        kind=kind,
        created_at=to_micros(now),
        expires_at=to_micros(now + lasts),
    )
    return token


async def find(reading: Reading, token: str, now: datetime) -> Link | None:
    """Return where a token leads, without using it up."""
    digest = reading.vault.digest(USE, token)
    row = await reading.one("console_links.find", digest=digest, now=to_micros(now))
    return None if row is None else _link(row)


async def use(tx: Transaction, token: str, now: datetime) -> Link | None:
    """Use a link up and return it; None when it was used, is too old, or never was."""
    digest = tx.vault.digest(USE, token)
    row = await tx.one("console_links.use", digest=digest, now=to_micros(now))
    return None if row is None else _link(row)


async def drop_of_staff(tx: Transaction, staff_id: str) -> None:
    """Let no link of an account work any more."""
    await tx.all("console_links.drop_of_staff", staff_id=staff_id)


async def purge(tx: Transaction, before: datetime) -> None:
    """Forget the links that expired before then."""
    await tx.all("console_links.purge", before=to_micros(before))


def _link(row: Row) -> Link:
    return Link(row["staff_id"], row["kind"], from_micros(row["expires_at"]))
