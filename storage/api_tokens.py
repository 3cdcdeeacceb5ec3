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


@dataclass(frozen=True, slots=True)
class ApiToken:
    """A token, without what opens with it; `scope_id` is the place whose numbers it reads."""

    id: str
    scope_id: str
    name: str
    created_by: str
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    used_on: str | None

    def is_good(self, now: datetime) -> bool:
        """Tell whether it opens anything at this moment."""
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
    )
