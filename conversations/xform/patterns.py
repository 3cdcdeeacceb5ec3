"""regex(): a full match with Java's meaning of \\d, \\w and \\s, in bounded time."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from conversations.xform.automaton import Automaton, TooHardError
from conversations.xform.errors import EvaluationError

LONGEST: Final = 10_000
"""Longer texts do not match: a form is code, and must not hold up everybody else."""

_VARIES: Final = re.compile(
    r"""\\.|\[\^?\]?(?:[^\]\\]|\\.)*\]  # escapes and classes hold no repetition
    |(?P<group>\)[*+?{])|(?P<one>(?<!\()[*+?]|\{\d*,\d*\})""",
    re.DOTALL | re.VERBOSE,
)


def matches(pattern: str, text: str) -> bool:
    """Tell whether the whole text matches.

    Raises:
        EvaluationError: the pattern is not a regular expression, or could run without end.
    """
    return len(text) <= LONGEST and matcher(pattern)(text)


@lru_cache(maxsize=512)
def matcher(pattern: str) -> Callable[[str], bool]:
    """Return the test of a pattern: by `re`, or by a machine where `re` could take for ever.

    Raises:
        EvaluationError: the pattern is not a regular expression, or could run without end.
    """
    try:
        # Java's classes are ASCII.
        compiled = re.compile(pattern, re.ASCII)
        if _can_blow_up(pattern):
            return Automaton(pattern).matches
    except TooHardError as error:
        raise EvaluationError(
            f"The pattern {pattern!r} could take for ever; use fewer * and + in it."
        ) from error
    except (re.error, OverflowError, RecursionError) as error:
        raise EvaluationError(f"{pattern!r} is not a regular expression: {error}.") from error
    return lambda text: compiled.fullmatch(text) is not None


def _can_blow_up(pattern: str) -> bool:
    """Tell whether `re` might have to try many ways: a repeated group, or several repetitions."""
    kinds = [found.lastgroup for found in _VARIES.finditer(pattern)]
    return "group" in kinds or kinds.count("one") > 1
