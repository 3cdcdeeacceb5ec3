"""Where an answer comes from: who gave it, how, and on which day.

Kept beside every answer, because a report may mix what a daughter said last year, what was only
nodded through this year, and what the person corrected since.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

How = Literal["given", "confirmed", "unsure", "carried"]


@dataclass(frozen=True, slots=True)
class Origin:
    """The origin of one answer.

    Args of the constructor:
        how: given (answered anew), confirmed ("still so"), unsure (nobody could say), carried
            (taken over from an earlier report, not asked about).
        by: code of the informant's relation to the person (list informant_relation), "" unknown.
        on: local day on which that was said.
    """

    how: How
    by: str
    on: date

    def text(self) -> str:
        """Return the short form that is stored."""
        return f"{self.how} {self.by or '-'} {self.on.isoformat()}"


def read_origin(text: str) -> Origin:
    """Return an origin from its stored form.

    Raises:
        ValueError: it is none.
    """
    how, by, on = text.split(" ")
    known: dict[str, How] = {name: name for name in get_args(How)}
    if how not in known:
        raise ValueError("no such origin")
    return Origin(known[how], "" if by == "-" else by, date.fromisoformat(on))


def carried(origins: dict[str, str]) -> dict[str, str]:
    """Return the origins of a report as a new interview starts with them: all carried."""
    kept = {path: read_origin(text) for path, text in origins.items()}
    return {path: Origin("carried", one.by, one.on).text() for path, one in kept.items()}
