"""What a button says when it is pressed, in at most 64 bytes (Bot API, callback_data).

A press names the interview (its number within the chat), the question (its place in the form)
and the revision it was drawn at, so a tap on an old keyboard is understood, not mistaken.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

MAX_BYTES: Final = 64


class Verb(StrEnum):
    """What the press asks for; the value is its one letter on the wire."""

    ANSWER = "a"
    TOGGLE = "t"
    DONE = "d"
    PAGE = "p"
    BACK = "b"
    SKIP = "s"
    HELP = "h"
    WHY = "w"
    CHANGE = "c"
    KEEP = "k"
    REVIEW = "r"
    SUBMIT = "y"
    MENU = "m"
    COMPARE = "x"
    HEAR = "l"


@dataclass(frozen=True, slots=True)
class Press:
    """One button: `question` is -1 and `interview` 0 where the button belongs to none."""

    verb: Verb
    interview: int = 0
    question: int = -1
    revision: int = 0
    value: str = ""


_VERBS: Final = {verb.value: verb for verb in Verb}
_NUMBER: Final = r"0|[1-9][0-9]"
_WIRE: Final = re.compile(
    rf"([a-z])\.({_NUMBER}{{0,8}})\.(-1|{_NUMBER}{{0,4}})\.({_NUMBER}{{0,8}})\.([A-Za-z0-9_\-]{{0,32}})"
)


def encode(press: Press) -> str:
    """Return the wire form; at most 64 bytes of ASCII.

    Raises:
        ValueError: the value holds something that a choice name may not (see `decode`).
    """
    wire = f"{press.verb}.{press.interview}.{press.question}.{press.revision}.{press.value}"
    if not _WIRE.fullmatch(wire) or len(wire) > MAX_BYTES:
        raise ValueError(f"no button can carry the value of question {press.question}")
    return wire


def decode(wire: str) -> Press | None:
    """Return the press, or None for anything that `encode` could not have written."""
    found = _WIRE.fullmatch(wire)
    if found is None or found[1] not in _VERBS:
        return None
    verb, interview, question, revision, value = found.groups()
    return Press(_VERBS[verb], int(interview), int(question), int(revision), value)
