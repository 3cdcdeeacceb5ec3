"""The pad of digits on which a PIN is entered or set; its buttons carry what was pressed so far.

A PIN has four digits. It is set by entering it twice, so that a slip locks nobody out.
"""

import re
from dataclasses import dataclass
from typing import Final, Literal

LENGTH: Final = 4

Goal = Literal["whole", "copy", "code", "change"]
_GOALS: Final[dict[str, Goal]] = {"w": "whole", "c": "copy", "n": "code", "x": "change"}
_LETTERS: Final = {goal: letter for letter, goal in _GOALS.items()}
_WIRE: Final = re.compile(r"([wcnx])([es])([0-9]{0,8})")


@dataclass(frozen=True, slots=True)
class Pad:
    """What was pressed so far.

    Args of the constructor:
        goal: what the PIN is to open.
        is_new: a PIN is set, not entered.
        digits: those of the PIN, and while it is set those of its repetition after them.
    """

    goal: Goal
    is_new: bool
    digits: str = ""

    @property
    def is_full(self) -> bool:
        """Tell whether nothing more need be pressed."""
        return len(self.digits) == (2 * LENGTH if self.is_new else LENGTH)

    @property
    def is_repeated(self) -> bool:
        """Tell whether the PIN that is set was entered once and is entered again."""
        return self.is_new and len(self.digits) >= LENGTH

    @property
    def entered(self) -> int:
        """Return how many of the four digits are there."""
        return len(self.digits) - LENGTH if self.is_repeated else len(self.digits)

    @property
    def pin(self) -> str:
        """Return the PIN as it was entered first."""
        return self.digits[:LENGTH]

    @property
    def agrees(self) -> bool:
        """Tell whether the repetition is the same; only of a full pad."""
        return self.digits[LENGTH:] == self.pin

    def wire(self, pressed: str = "") -> str:
        """Return what a button carries; `pressed` is the digit that it adds."""
        return f"{_LETTERS[self.goal]}{'s' if self.is_new else 'e'}{self.digits}{pressed}"

    def without_last(self) -> "Pad":
        """Return the pad with the last digit taken back."""
        return Pad(self.goal, self.is_new, self.digits[:-1])


def read_pad(wire: str) -> Pad | None:
    """Return the pad that a button carries, None for anything forged."""
    found = _WIRE.fullmatch(wire)
    if found is None:
        return None
    pad = Pad(_GOALS[found[1]], found[2] == "s", found[3])
    return pad if pad.is_new or len(pad.digits) <= LENGTH else None
