"""How somebody of the staff signs in to the console: name, password, authenticator.

The name is found by its keyed digest, whatever case and width it is typed in.
"""

import json
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from storage.times import from_micros, to_micros
from storage.transaction import Reading, Row, Transaction

USE: Final = "login.name"
NAME: Final = "staff_login.name"
AUTHENTICATOR: Final = "staff_login.totp"


@dataclass(frozen=True, slots=True)
class Login:
    """How one account signs in.

    Args of the constructor, where not plain:
        password: an argon2 hash.
        secret: of the authenticator, in base 32.
        step: the last one of which a code was used.
    """

    staff_id: str
    name: str = field(repr=False)
    password: str = field(repr=False)
    secret: str = field(repr=False)
    step: int
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Failures:
    """How often signing in under a name failed, and until when it is locked."""

    count: int
    locked_until: datetime


def tidy_name(typed: str) -> str:
    """Return a name as it is compared."""
    return unicodedata.normalize("NFKC", typed).strip().casefold()


async def put(tx: Transaction, login: Login) -> None:
    """Let an account sign in this way, and in no other from now on.

    Raises:
        DatabaseRefused: another account has this name.
    """
    await tx.one(
        "logins.put",
        staff_id=login.staff_id,
        name_digest=_digest(tx, login.name),
        name=tx.system.seal(NAME, login.name),
        password=login.password,
        totp=tx.system.seal(AUTHENTICATOR, login.secret),
        totp_step=login.step,
        changed_at=to_micros(login.changed_at),
    )


async def named(reading: Reading, name: str) -> Login | None:
    """Return how the account of this name signs in."""
    row = await reading.one("logins.named", name_digest=_digest(reading, name))
    return None if row is None else _login(reading, row)


async def of_staff(reading: Reading, staff_id: str) -> Login | None:
    """Return how an account signs in; None when it was never set up."""
    row = await reading.one("logins.of_staff", staff_id=staff_id)
    return None if row is None else _login(reading, row)


async def with_login(reading: Reading, staff_ids: Iterable[str]) -> frozenset[str]:
    """Return which of these accounts can sign in."""
    rows = await reading.all("logins.with_login", staff_ids=json.dumps(list(staff_ids)))
    return frozenset(row["staff_id"] for row in rows)


async def use_step(tx: Transaction, staff_id: str, step: int) -> bool:
    """Note that a code of this step was used; False when one of it, or of a later one, was."""
    return await tx.one("logins.use_step", staff_id=staff_id, step=step) is not None


async def set_password(tx: Transaction, staff_id: str, password: str, now: datetime) -> None:
    """Change the hash of the password."""
    await tx.one(
        "logins.set_password", staff_id=staff_id, password=password, changed_at=to_micros(now)
    )


async def drop(tx: Transaction, staff_id: str) -> bool:
    """Let an account sign in no more; False when it could not."""
    return await tx.one("logins.drop", staff_id=staff_id) is not None


async def failures(reading: Reading, name: str) -> Failures | None:
    """Return how often signing in under this name failed, None for never."""
    row = await reading.one("logins.failures", name_digest=_digest(reading, name))
    return None if row is None else Failures(row["failed"], from_micros(row["locked_until"]))


async def fail(tx: Transaction, name: str, locked_until: datetime, now: datetime) -> None:
    """Count one more failure under a name, whether anybody has it or not."""
    await tx.one(
        "logins.fail",
        name_digest=_digest(tx, name),
        locked_until=to_micros(locked_until),
        failed_at=to_micros(now),
    )


async def forgive(tx: Transaction, name: str) -> None:
    """Forget the failures under a name."""
    await tx.one("logins.forgive", name_digest=_digest(tx, name))


async def purge_failures(tx: Transaction, before: datetime) -> None:
    """Forget the failures that are over since then."""
    await tx.all("logins.purge_failures", before=to_micros(before))


def _digest(reading: Reading, name: str) -> bytes:
    return reading.vault.digest(USE, tidy_name(name))


def _login(reading: Reading, row: Row) -> Login:
    return Login(
        row["staff_id"],
        reading.system.open(NAME, row["name"]),
        row["password"],
        reading.system.open(AUTHENTICATOR, row["totp"]),
        row["totp_step"],
        from_micros(row["changed_at"]),
    )
