"""What came of the staff's work on assisted entry, in the past tense."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EntryShown:
    """Whom somebody may be entered for."""


EntryEvent = EntryShown
