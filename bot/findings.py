"""A fault that the operator can mend, in one line: where, what, cure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Level = Literal["fault", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to know before the start. No secret and no person's words are in it.

    Args of the constructor:
        where: file and key, sheet and row, or the part meant.
        what: what is wrong, in plain words.
        cure: what to do about it.
        level: a `fault` stops the start, a `warning` is to be mended soon, a `note` is fine.
    """

    where: str
    what: str
    cure: str
    level: Level = "fault"

    def __str__(self) -> str:
        return f"{self.where}: {self.what.rstrip('.')}. {self.cure}"


def faults(findings: Sequence[Finding]) -> list[Finding]:
    """Return those that stop the start."""
    return [finding for finding in findings if finding.level == "fault"]
