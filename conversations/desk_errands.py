"""What the staff ask of their desk: an area of their work, a step in it, and what it is about.

A button of the desk carries `w`, the area's word, the step and an argument, parted by dashes; each
area knows its own steps.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from conversations.buttons import Press, Verb
from conversations.reply import Reply, Tap

_MARK: Final = "w"


class Area(StrEnum):
    """A part of the staff's work; the value is what a button carries."""

    ACCOUNTS = "acc"
    FOLLOW_UPS = "fol"
    WORK_LIST = "lst"
    ENTRY = "ent"
    CHECKING = "chk"
    CONSOLE = "con"


_EVERYBODY: Final = frozenset(("station", "county", "city", "province", "operator", "auditor"))
# In the order of the desk's buttons.
_OPEN_TO: Final[Mapping[Area, frozenset[str]]] = {
    Area.WORK_LIST: frozenset(("station", "county")),
    Area.FOLLOW_UPS: frozenset(("station", "county")),
    Area.ENTRY: frozenset(("station", "county")),
    Area.CHECKING: frozenset(("station", "county")),
    Area.ACCOUNTS: _EVERYBODY,
    Area.CONSOLE: _EVERYBODY,
}


def areas_of(*roles: str) -> tuple[Area, ...]:
    """Return what whoever has one of these roles finds at the desk, in its order."""
    return tuple(area for area, open_to in _OPEN_TO.items() if open_to.intersection(roles))


@dataclass(frozen=True, slots=True)
class DeskErrand:
    """What was tapped at the desk; what the step and the argument mean the area says."""

    area: Area
    step: str = ""
    argument: str = ""


def desk_errand_in(reply: Reply) -> DeskErrand | None:
    """Return what was tapped at the desk, None for everything else."""
    match reply:
        case Tap(press=Press(verb=Verb.MENU, value=value)) if value.startswith(_MARK):
            area, _, rest = value.removeprefix(_MARK).partition("-")
            step, _, argument = rest.partition("-")
            return DeskErrand(Area(area), step, argument) if area in set(Area) else None
        case _:
            return None


def desk_press(area: Area, step: str = "", argument: str = "") -> Press:
    """Return the press of a button of the desk; all of it at most 32 letters, digits, _ and -."""
    parts = [part for part in (f"{_MARK}{area}", step, argument) if part]
    return Press(Verb.MENU, value="-".join(parts))
