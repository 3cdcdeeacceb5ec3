"""What came of the staff's work on verifying reports, in the past tense."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CheckingShown:
    """The reports that wait to be verified."""


CheckingEvent = CheckingShown
