"""regex(): a full match with Java's meaning of \\d, \\w and \\s, in bounded time."""

import re
from functools import lru_cache
from typing import Final

from conversations.xform.errors import EvaluationError

LONGEST: Final = 10_000
"""Longer texts are not matched: a form is code, and must not hold up everybody else."""


def matches(pattern: str, text: str) -> bool:
    """Tell whether the whole text matches.

    Raises:
        EvaluationError: the pattern is not a regular expression.
    """
    return len(text) <= LONGEST and compiled(pattern).fullmatch(text) is not None


@lru_cache(maxsize=512)
def compiled(pattern: str) -> re.Pattern[str]:
    """Return the pattern; `re.ASCII` because Java's classes are."""
    try:
        return re.compile(pattern, re.ASCII)
    except (re.error, OverflowError, RecursionError) as error:
        raise EvaluationError(f"{pattern!r} is not a regular expression: {error}.") from error
