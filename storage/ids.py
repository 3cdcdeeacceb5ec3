"""Names for rows: identifiers that sort by time, and codes that people read aloud."""

import secrets
from datetime import datetime
from typing import Final

READABLE: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
REFERENCE_LENGTH: Final = 10
CODE_LENGTH: Final = 10


def new_id(now: datetime) -> str:
    """Return a UUID version 7 (RFC 9562): 48 bits of milliseconds, then random bits."""
    milliseconds = int(now.timestamp() * 1000) & (1 << 48) - 1
    value = milliseconds << 80 | 7 << 76 | secrets.randbits(12) << 64
    value |= 0b10 << 62 | secrets.randbits(62)
    digits = f"{value:032x}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def new_reference() -> str:
    """Return the number on a receipt; it names a report and opens nothing."""
    return "".join(secrets.choice(READABLE) for _ in range(REFERENCE_LENGTH))


def new_return_code() -> str:
    """Return a code that opens a record again: 49 bits, without letters that look alike.

    There is a digit in it, so that nobody takes it for a word when it is typed without its dash.
    """
    while True:
        code = "".join(secrets.choice(READABLE) for _ in range(CODE_LENGTH))
        if any(mark.isdecimal() for mark in code):
            return code


def tidy_code(typed: str) -> str:
    """Return a typed code without spaces, dashes and small letters."""
    return "".join(mark for mark in typed.upper() if mark in READABLE)
