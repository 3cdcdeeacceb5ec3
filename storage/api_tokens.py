"""Tokens of other systems that read the statistics: only a keyed digest is kept."""

import secrets
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from storage.ids import new_id
from storage.times import from_micros, to_micros
from storage.transaction import Reading, Row, Transaction

# By this somebody who finds a token in a file knows whose it is.
PREFIX: Final = "xw_"
_USE: Final = "api.token"
_BYTES: Final = 32
_STAFF: Final = "staff:"


@dataclass(frozen=True, slots=True)
class ApiToken:
    """A token, without what opens with it.

    Args of the constructor, where not plain:
        scope_id: the place whose numbers it reads.
        created_by: `staff:ID` of its maker, or who ran the command.
        ended_with_maker: it was revoked because the account of its maker was suspended.
    """

    id: str
    scope_id: str
    name: str
    created_by: str
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    used_on: str | None
    ended_with_maker: bool

    @property
    def maker_id(self) -> str:
        """Return the account that made it; "" where that was the operator."""
        return self.created_by.removeprefix(_STAFF) if self.created_by.startswith(_STAFF) else ""

    def is_good(self, now: datetime) -> bool:
        """Tell whether it is neither revoked nor expired; its maker is another matter."""
        return self.revoked_at is None and now < self.expires_at


@dataclass(frozen=True, slots=True)
class Made:
    """A new token; the secret is shown once and kept nowhere."""

    id: str
    secret: str = field(repr=False)


async def make(
    tx: Transaction,
    *,
    scope_id: str,
    name: str,
    created_by: str,
    expires_at: datetime,
    now: datetime,
) -> Made:
    """Make a token."""
    secret = PREFIX + secrets.token_urlsafe(_BYTES)
    token_id = new_id(now)
    await tx.one(
        "api_tokens.add",
        id=token_id,
        digest=tx.vault.digest(_USE, secret),
        scope_id=scope_id,
        name=name,
        created_by=created_by,
        now=to_micros(now),
        expires_at=to_micros(expires_at),
    )
    return Made(token_id, secret)


async def find(reading: Reading, secret: str) -> ApiToken | None:
    """Return the token that this secret is of, good or not; None for any other words."""
    digest = reading.vault.digest(_USE, secret)
    row = await reading.one("api_tokens.of_digest", digest=digest)
    return None if row is None else _token(row)


async def everywhere(reading: Reading) -> list[ApiToken]:
    """Return all tokens, the newest first."""
    return [_token(row) for row in await reading.all("api_tokens.everywhere")]


async def revoke(tx: Transaction, token_id: str, now: datetime) -> bool:
    """End a token at once; False where it was ended before, or never was."""
    return await tx.one("api_tokens.revoke", id=token_id, now=to_micros(now)) is not None


async def revoke_of_staff(tx: Transaction, staff_id: str, now: datetime) -> None:
    """End all tokens that an account made."""
    created_by = f"{_STAFF}{staff_id}"
    await tx.all("api_tokens.revoke_of_maker", created_by=created_by, now=to_micros(now))


async def note_used(tx: Transaction, token_id: str, today: date) -> bool:
    """Note that it was used today; True for the first time that day."""
    row = await tx.one("api_tokens.note_used", id=token_id, today=today.isoformat())
    return row is not None


def _token(row: Row) -> ApiToken:
    revoked = row["revoked_at"]
    return ApiToken(
        row["id"],
        row["scope_id"],
        row["name"],
        row["created_by"],
        from_micros(row["created_at"]),
        from_micros(row["expires_at"]),
        None if revoked is None else from_micros(revoked),
        row["used_on"],
        bool(row["ended_with_maker"]),
    )
