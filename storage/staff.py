"""Staff: who works where, the chats they use, and the one-time codes that let them in."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal

from storage.ids import new_id, new_return_code, tidy_code
from storage.times import from_micros, maybe_from_micros, to_micros
from storage.transaction import Reading, Row, Transaction

Role = Literal["station", "county", "city", "province", "operator", "auditor"]
State = Literal["invited", "active", "suspended"]

NAME: Final = "staff.name"
USE: Final = "staff_code"


@dataclass(frozen=True, slots=True)
class Staff:
    """One account; `scope_id` is the place that it looks after. The name is sealed at rest."""

    id: str
    role: Role
    scope_id: str
    state: State
    name: str = field(repr=False)
    created_at: datetime
    suspended_at: datetime | None


@dataclass(frozen=True, slots=True)
class StaffChat:
    """Where somebody of the staff is reached."""

    chat_id: str
    staff_id: str
    scope_id: str


async def invite(
    tx: Transaction,
    *,
    role: Role,
    scope_id: str,
    name: str,
    expires_at: datetime,
    now: datetime,
) -> tuple[str, str]:
    """Make an account and return its id and the one-time code; only the code's digest is kept."""
    staff_id, code = new_id(now), new_return_code()
    await tx.one(
        "staff.add",
        id=staff_id,
        role=role,
        scope_id=scope_id,
        name=tx.system.seal(NAME, name) if name else None,
        created_at=to_micros(now),
    )
    await tx.one(
        "staff.add_invitation",
        digest=tx.vault.digest(USE, code),
        staff_id=staff_id,
        created_at=to_micros(now),
        expires_at=to_micros(expires_at),
    )
    return staff_id, code


async def accept(tx: Transaction, code: str, chat_id: str, now: datetime) -> Staff | None:
    """Make a chat that of the account which the code invites; None for a code that does not work.

    A code works once, until it expires, and not for a suspended account.
    """
    digest = tx.vault.digest(USE, tidy_code(code))
    row = await tx.one("staff.use_invitation", digest=digest, now=to_micros(now))
    if row is None or await tx.one("staff.activate", id=row["staff_id"]) is None:
        return None
    await tx.one("chats.set_staff", id=chat_id, staff_id=row["staff_id"])
    return await get(tx, row["staff_id"])


async def get(reading: Reading, staff_id: str) -> Staff | None:
    """Return an account by its id."""
    row = await reading.one("staff.get", id=staff_id)
    return None if row is None else _staff(reading, row)


async def everybody(reading: Reading) -> list[Staff]:
    """Return all accounts, oldest first."""
    return [_staff(reading, row) for row in await reading.all("staff.everybody")]


async def suspend(tx: Transaction, staff_id: str, now: datetime) -> bool:
    """Take away what an account may do, at once; False when it was suspended before."""
    row = await tx.one("staff.suspend", id=staff_id, now=to_micros(now))
    await tx.all("staff.drop_invitations", staff_id=staff_id)
    return row is not None


async def is_any_reachable(reading: Reading) -> bool:
    """Tell whether there is any chat of the staff at all that can be written to."""
    return await reading.one("staff.any_reachable") is not None


async def reachable(reading: Reading, places: Iterable[str]) -> list[StaffChat]:
    """Return the chats of the active staff of these places that can be written to."""
    rows = await reading.all("staff.reachable", places=json.dumps(list(places)))
    return [StaffChat(row["chat_id"], row["staff_id"], row["scope_id"]) for row in rows]


async def operator_chats(reading: Reading) -> list[str]:
    """Return the chats of those who look after the program."""
    return [row["chat_id"] for row in await reading.all("staff.operator_chats")]


def _staff(reading: Reading, row: Row) -> Staff:
    """Return the account of a row."""
    return Staff(
        id=row["id"],
        role=row["role"],
        scope_id=row["scope_id"],
        state=row["state"],
        name="" if row["name"] is None else reading.system.open(NAME, row["name"]),
        created_at=from_micros(row["created_at"]),
        suspended_at=maybe_from_micros(row["suspended_at"]),
    )
