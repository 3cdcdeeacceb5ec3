"""What came of the staff's work on the accounts of the staff, in the past tense."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AccountsShown:
    """Who works in this scope, and what may be done about them."""


AccountEvent = AccountsShown
