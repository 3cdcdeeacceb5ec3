"""What came of the staff's wish for the web page of their work, in the past tense."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ConsoleLinked:
    """A one-time link to the console.

    Args of the constructor:
        url: opens it; a secret until it was used.
        until: when it stops working, by the stations' clocks.
        is_setup: it leads to the page where name, password and authenticator are chosen.
        can_set_up: the account has none of these yet.
    """

    url: str = field(repr=False)
    until: datetime
    is_setup: bool = False
    can_set_up: bool = False


@dataclass(frozen=True, slots=True)
class SetupRefused:
    """The account signs in by a password already: only the level above gives a new set-up."""


ConsoleEvent = ConsoleLinked | SetupRefused
