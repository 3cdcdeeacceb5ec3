"""Staff: who works where, the chats they use, and the one-time codes that let them in.

Who stands in for whom is in deputies.py, who looks over whose shoulder in views.py.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, Literal

from conversations.scope import Mandate
from storage import chats
from storage.ids import new_id, new_return_code, tidy_code
from storage.times import from_micros, maybe_from_micros, to_micros
from storage.transaction import Reading, Row, Transaction

Role = Literal["station", "county", "city", "province", "operator", "auditor"]
State = Literal["invited", "active", "suspended"]

NAME: Final = "staff.name"
USE: Final = "staff_code"


@dataclass(frozen=True, slots=True)
class Staff:
    """One account, and what it may act by at the moment. The name is sealed at rest.

    Args of the constructor, where not plain:
        scope_id: the place that it looks after.
        invited_by: the account's id, or who ran the command; "" when that is not known.
        seen_on: the last local day on which it was used, in ISO form.
        lent: the accounts that it stands in for today.
        viewer_id: who looks over the shoulder of this account at this desk; "" for nobody.
        viewed_until: when that ends.
    """

    id: str
    role: Role
    scope_id: str
    state: State
    name: str = field(repr=False)
    created_at: datetime
    suspended_at: datetime | None
    invited_by: str = ""
    seen_on: str = ""
    lent: tuple[Mandate, ...] = ()
    viewer_id: str = ""
    viewed_until: datetime | None = None

    @property
    def own(self) -> Mandate:
        """Return what the account may act by itself."""
        return Mandate(self.id, self.role, self.scope_id)

    @property
    def mandates(self) -> tuple[Mandate, ...]:
        """Return all that it may act by, its own first."""
        return (self.own, *self.lent)


@dataclass(frozen=True, slots=True)
class StaffChat:
    """Where somebody of the staff is reached."""

    chat_id: str
    staff_id: str


@dataclass(frozen=True, slots=True)
class Device:
    """A chat that belongs to an account; `since` is None for those that joined long ago."""

    chat_id: str
    channel: str
    since: datetime | None


async def invite(
    tx: Transaction,
    *,
    role: Role,
    scope_id: str,
    name: str,
    expires_at: datetime,
    now: datetime,
    invited_by: str = "",
) -> tuple[str, str]:
    """Make an account and return its id and the one-time code; only the code's digest is kept."""
    staff_id = new_id(now)
    await tx.one(
        "staff.add",
        id=staff_id,
        role=role,
        scope_id=scope_id,
        name=tx.system.seal(NAME, name) if name else None,
        invited_by=invited_by or None,
        created_at=to_micros(now),
    )
    return staff_id, await code_for(tx, staff_id, expires_at, now)


async def code_for(tx: Transaction, staff_id: str, expires_at: datetime, now: datetime) -> str:
    """Return a one-time code that lets one more chat in; an older unused one works no more."""
    code = new_return_code()
    await tx.all("staff.drop_unused", staff_id=staff_id)
    await tx.one(
        "staff.add_invitation",
        digest=tx.vault.digest(USE, code),
        staff_id=staff_id,
        created_at=to_micros(now),
        expires_at=to_micros(expires_at),
    )
    return code


async def accept(tx: Transaction, code: str, chat_id: str, now: datetime) -> Staff | None:
    """Make a chat that of the account which the code invites; None for a code that does not work.

    A code works once, until it expires, and not for a suspended account.
    """
    digest = tx.vault.digest(USE, tidy_code(code))
    row = await tx.one("staff.use_invitation", digest=digest, now=to_micros(now))
    if row is None or await tx.one("staff.activate", id=row["staff_id"]) is None:
        return None
    await chats.make_staff(tx, chat_id, row["staff_id"], now)
    return await get(tx, row["staff_id"])


async def get(reading: Reading, staff_id: str) -> Staff | None:
    """Return an account by its id."""
    row = await reading.one("staff.get", id=staff_id)
    return None if row is None else _staff(reading, row)


async def everybody(reading: Reading) -> list[Staff]:
    """Return all accounts, oldest first."""
    return [_staff(reading, row) for row in await reading.all("staff.everybody")]


async def of_places(reading: Reading, places: Iterable[str]) -> list[Staff]:
    """Return the accounts of exactly these places, oldest first."""
    rows = await reading.all("staff.of_places", places=json.dumps(list(places)))
    return [_staff(reading, row) for row in rows]


async def suspend(tx: Transaction, staff_id: str, now: datetime) -> bool:
    """Take away what an account may do, at once; False when it was suspended before.

    Its chats are chats like any other from now on, and whoever looks through it or at it stops.
    """
    row = await tx.one("staff.suspend", id=staff_id, now=to_micros(now))
    await tx.all("staff.drop_invitations", staff_id=staff_id)
    await tx.all("views.drop_about", staff_id=staff_id)
    await tx.all("staff.drop_devices", staff_id=staff_id)
    return row is not None


async def activate(tx: Transaction, staff_id: str) -> bool:
    """Let an account that was invited be used without a chat; False for a suspended one."""
    return await tx.one("staff.activate", id=staff_id) is not None


async def resume(tx: Transaction, staff_id: str) -> bool:
    """Let a suspended account be joined again, by a new code; False when it was not suspended."""
    return await tx.one("staff.resume", id=staff_id) is not None


async def note_seen(tx: Transaction, staff_id: str, on: str) -> None:
    """Note on which local day an account was last used."""
    await tx.one("staff.saw", id=staff_id, seen_on=on)


async def devices(reading: Reading, staff_id: str) -> list[Device]:
    """Return the chats of an account, the first one first."""
    rows = await reading.all("staff.devices", staff_id=staff_id)
    return [
        Device(row["chat_id"], row["channel"], maybe_from_micros(row["staff_since"]))
        for row in rows
    ]


async def drop_device(tx: Transaction, staff_id: str, chat_id: str) -> bool:
    """Let a chat be no device of an account any more; False when it was none."""
    row = await tx.one("staff.drop_device", staff_id=staff_id, chat_id=chat_id)
    if row is not None:
        await tx.all("views.drop", chat_id=chat_id)
    return row is not None


async def is_any_reachable(reading: Reading) -> bool:
    """Tell whether any chat of those who talk to workers can be written to at all."""
    return await reading.one("staff.any_reachable") is not None


async def reachable(reading: Reading, places: Iterable[str], today: date) -> list[StaffChat]:
    """Return the chats, each once, of those who work at these places, or stand in for one today.

    Only those who talk to workers, and only chats that can be written to.
    """
    rows = await reading.all(
        "staff.reachable", places=json.dumps(list(places)), today=today.isoformat()
    )
    return [StaffChat(row["chat_id"], row["staff_id"]) for row in rows]


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
        invited_by=row["invited_by"] or "",
        seen_on=row["seen_on"] or "",
    )
