"""What came of the staff's work on follow-up prompts, in the past tense."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FollowUpsShown:
    """The follow-ups of this scope."""


FollowUpEvent = FollowUpsShown
