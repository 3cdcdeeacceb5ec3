"""What the staff may write to a worker in their own words: short, without links and numbers."""

import re
import unicodedata
from typing import Final, Literal

Refusal = Literal["empty", "long", "link", "number"]

LONGEST: Final = 200
_LINK: Final = re.compile(
    r"://|\bwww\.|@\w{3}|\bt\.me\b|[a-z0-9-]{2,}\.(?:com|cn|net|org|top|xyz|vip|cc|io)\b",
    re.ASCII,
)
# Longer than an amount, a year or two of them: a phone, an account, an identity number.
_NUMBER: Final = re.compile(r"\d{7}|\d(?:[\s.·_-]?\d){9}")


def question_in(text: str) -> str:
    """Return the words as they are kept: on one line, widths of digits and letters as usual."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def refusal_of(words: str) -> Refusal | None:
    """Return why words of `question_in` cannot be sent; None when they can."""
    if not any(mark.isalnum() for mark in words):
        return "empty"
    if len(words) > LONGEST:
        return "long"
    if _LINK.search(words.casefold()):
        return "link"
    return "number" if _NUMBER.search(words) else None
