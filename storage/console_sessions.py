"""Who is signed in to the console. Of a session's token only the keyed digest is kept.

A session ends when it expires, when nobody came for too long, and when its account ends it: a
session that ended is not found any more, whether its row is still there or not.
"""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, Literal

from storage.times import from_micros, to_micros
from storage.transaction import Reading, Row, Transaction

Level = Literal["link", "full"]
USE: Final = "console.session"


@dataclass(frozen=True, slots=True)
class Lifetime:
    """How long a session lasts: without anybody coming, and at most."""

    idle: timedelta
    absolute: timedelta


@dataclass(frozen=True, slots=True)
class Session:
    """One browser in which somebody is signed in; `level` is what was proved."""

    digest: bytes = field(repr=False)
    staff_id: str
    level: Level
    created_at: datetime
    seen_at: datetime
    expires_at: datetime


def new_token() -> str:
    """Return a fresh token for a browser's cookie: 32 random bytes, URL-safe."""
    return secrets.token_urlsafe(32)


async def begin(
    tx: Transaction, staff_id: str, level: Level, now: datetime, lifetime: Lifetime
) -> str:
    """Sign somebody in and return the token that their browser keeps; it was never used before."""
    token = new_token()
    await tx.one(
        "console_sessions.add",
        digest=tx.vault.digest(USE, token),
        staff_id=staff_id,
        level=level,
        created_at=to_micros(now),
        expires_at=to_micros(now + lifetime.absolute),
    )
    return token


async def find(reading: Reading, token: str, now: datetime, lifetime: Lifetime) -> Session | None:
    """Return the session of a token, None when there is none or it ended."""
    row = await reading.one(
        "console_sessions.find",
        digest=reading.vault.digest(USE, token),
        now=to_micros(now),
        idle_since=to_micros(now - lifetime.idle),
    )
    return None if row is None else _session(row)


async def of_staff(
    reading: Reading, staff_id: str, now: datetime, lifetime: Lifetime
) -> list[Session]:
    """Return the sessions of an account, the oldest first."""
    rows = await reading.all(
        "console_sessions.of_staff",
        staff_id=staff_id,
        now=to_micros(now),
        idle_since=to_micros(now - lifetime.idle),
    )
    return [_session(row) for row in rows]


async def touch(tx: Transaction, digest: bytes, now: datetime) -> None:
    """Note that somebody came."""
    await tx.one("console_sessions.touch", digest=digest, now=to_micros(now))


async def end(tx: Transaction, digest: bytes) -> None:
    """End one session."""
    await tx.one("console_sessions.drop", digest=digest)


async def end_of_staff(tx: Transaction, staff_id: str, *, but: bytes | None = None) -> None:
    """End the sessions of an account; all, or all but one."""
    if but is None:
        await tx.all("console_sessions.drop_of_staff", staff_id=staff_id)
    else:
        await tx.all("console_sessions.drop_others", staff_id=staff_id, digest=but)


async def purge(tx: Transaction, before: datetime) -> None:
    """Forget the sessions that expired before then."""
    await tx.all("console_sessions.purge", before=to_micros(before))


def _session(row: Row) -> Session:
    return Session(
        row["digest"],
        row["staff_id"],
        row["level"],
        from_micros(row["created_at"]),
        from_micros(row["seen_at"]),
        from_micros(row["expires_at"]),
    )
