"""The ladder of a yearly update: which prompt follows which, and when the station takes over.

A ladder is data, has a version and is never edited: a row of the ledger names the one that it was
planned under. The last step is always the station's call list.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Literal

Wording = Literal["yearly", "nudge", "another"]
_FIRST: Final = 1


@dataclass(frozen=True, slots=True)
class Rung:
    """One step.

    Args of the constructor:
        wording: which of our texts goes out; "" for the call list.
        wait: how long after it the next step comes.
        only_opened: left out unless an earlier prompt was opened.
    """

    wording: Wording | Literal[""]
    wait: timedelta = timedelta()
    only_opened: bool = False

    @property
    def is_call(self) -> bool:
        """Tell whether the station calls instead of a prompt going out."""
        return not self.wording


@dataclass(frozen=True, slots=True)
class Ladder:
    """All steps in order, counted from 1."""

    version: str
    rungs: tuple[Rung, ...]

    def rung(self, step: int) -> Rung:
        """Return a step; one beyond the last is the call list."""
        return self.rungs[step - _FIRST] if step <= len(self.rungs) else Rung("")


@dataclass(frozen=True, slots=True)
class Ladders:
    """Every ladder that ever was; `current` is the one that new rows are planned under."""

    all: Mapping[str, Ladder]
    current: Ladder

    def named(self, version: str) -> Ladder:
        """Return the ladder that a row names; the current one for a row from before ladders."""
        return self.all.get(version, self.current)


class LadderError(ValueError):
    """A ladder in the file makes no sense; the text says which and why."""


def ladders_of(ladders: Sequence[Ladder]) -> Ladders:
    """Return the ladders of a file, the last of which is the current one.

    Raises:
        LadderError: two have one version, or one does not end at the call list.
    """
    by_version = {ladder.version: ladder for ladder in ladders}
    if len(by_version) != len(ladders) or not ladders:
        raise LadderError("each ladder needs a version of its own")
    for ladder in ladders:
        if not ladder.rungs or not ladder.rungs[-1].is_call or ladder.rungs[0].only_opened:
            raise LadderError(
                f"ladder {ladder.version}: it begins with a prompt and ends with the call list"
            )
    return Ladders(by_version, ladders[-1])
