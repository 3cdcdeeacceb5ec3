"""What came of the staff's work on the work list, in the past tense."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WorkListShown:
    """The cases of this station, the most urgent first."""


WorkListEvent = WorkListShown
