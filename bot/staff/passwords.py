"""Passwords and codes of an authenticator: what is accepted, and what fits.

argon2 takes its time and memory on purpose, so it runs in a thread.
"""

import asyncio
import secrets
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST: Final = 10
LONGEST: Final = 200
STEP_SECONDS: Final = 30
ISSUER: Final = "xiangwen"
# Long enough, and among the first that anybody tries.
_SILLY: Final = frozenset(
    (
        *("1234567890", "0123456789", "12345678910", "123456789a", "a123456789", "0987654321"),
        *("1q2w3e4r5t", "1qaz2wsx3edc", "qwertyuiop", "qwerty1234", "qwer123456", "asdfghjkl;"),
        *("password12", "password123", "password1234", "passw0rd123", "admin12345", "admin123456"),
        *("woaini1314", "woaini520", "woaini1314520", "5201314520", "1314520520", "xiangwen123"),
        *("iloveyou123", "abcd123456", "abc1234567", "aa12345678", "qq12345678", "shanxi12345"),
        *("zxcvbnm123", "1234567899", "1122334455", "1357924680", "147258369a", "q1w2e3r4t5"),
    )
)


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of holding a password against its hash; `renewed` is one of today's strength."""

    fits: bool
    renewed: str = field(default="", repr=False)


def fault_of(password: str, name: str) -> str:
    """Return what is the matter with a password that somebody chooses, "" for nothing."""
    plain, named = password.casefold(), name.strip().casefold()
    if len(password) < SHORTEST:
        return "short"
    if len(password) > LONGEST:
        return "long"
    if plain in _SILLY or len(set(plain)) < 4:
        return "silly"
    if named and named in plain:
        return "name"
    return ""


class Passwords:
    """Makes and checks hashes, in a thread.

    Args of the constructor:
        hasher: how much time and memory a hash takes; argon2-cffi's own choice (RFC 9106).
    """

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        # Of a password that nobody knows: for names that nobody has.
        self._nobodys = self._hasher.hash(secrets.token_urlsafe(32))

    async def hash_of(self, password: str) -> str:
        """Return the hash that is kept."""
        return await asyncio.to_thread(self._hasher.hash, password)

    async def check(self, password: str, kept: str | None) -> Checked:
        """Hold a password against a hash; without one it takes as long and never fits."""
        return await asyncio.to_thread(self._check, password, kept)

    def _check(self, password: str, kept: str | None) -> Checked:
        try:
            self._hasher.verify(kept or self._nobodys, password)
        except (VerificationError, InvalidHashError):
            return Checked(False)
        if kept is None or not self._hasher.check_needs_rehash(kept):
            return Checked(kept is not None)
        return Checked(True, self._hasher.hash(password))


def new_secret() -> str:
    """Return the secret of a new authenticator."""
    return pyotp.random_base32()


def address_of(secret: str, name: str) -> str:
    """Return what an authenticator app reads from the picture."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=ISSUER)


def step_of(code: str, secret: str, now: datetime) -> int | None:
    """Return the step whose code this is: the present one, the one before or the one after.

    All three are held against it, however soon one fits.
    """
    present = int(now.timestamp()) // STEP_SECONDS
    totp = pyotp.TOTP(secret)
    typed = "".join(mark for mark in code if not mark.isspace())
    fits = [
        step
        for step in (present - 1, present, present + 1)
        if secrets.compare_digest(totp.generate_otp(step).encode(), typed.encode())
    ]
    return fits[-1] if fits else None
