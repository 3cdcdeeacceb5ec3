"""The areas of the console, in the order of the menu: where, for whom, by how much proof."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from conversations.scope import Action, does
from storage.console_sessions import Level
from storage.staff import Staff


@dataclass(frozen=True, slots=True)
class Room:
    """One area: `console.room.<name>` is what the menu calls it.

    Args of the constructor, where not plain:
        actions: whoever may do one of these anywhere finds it in the menu; nothing for everybody.
        needs: what somebody must have proved to open it.
    """

    name: str
    path: str
    actions: frozenset[Action] = frozenset()
    needs: Level = "full"

    def is_open_to(self, who: Staff, level: Level) -> bool:
        """Tell whether the menu of this account shows it."""
        if level == "link" and self.needs == "full":
            return False
        roles = [mandate.role for mandate in who.mandates]
        return not self.actions or any(does(role, one) for role in roles for one in self.actions)


ROOMS: Final = (
    Room("today", "/console", needs="link"),
    Room("worklist", "/console/worklist", frozenset({Action.SEE_LIST}), "link"),
    Room("reports", "/console/reports", frozenset({Action.VERIFY})),
    Room("people", "/console/people", frozenset({Action.SEE_LIST})),
    Room("followups", "/console/followups", frozenset({Action.FOLLOW_UP})),
    Room("roster", "/console/roster", frozenset({Action.ROSTER})),
    Room("exports", "/console/exports", frozenset({Action.EXPORT})),
    Room("templates", "/console/templates", frozenset({Action.EXPORT})),
    Room("answers", "/console/answers", frozenset({Action.EXPORT})),
    Room("progress", "/console/progress", frozenset({Action.SEE_PROGRESS})),
    Room("statistics", "/console/statistics", frozenset({Action.STATISTICS})),
    Room("tokens", "/console/tokens", frozenset({Action.API_ACCESS})),
    Room("staff", "/console/staff", frozenset({Action.INVITE, Action.SUSPEND})),
    Room("audit", "/console/audit", frozenset({Action.AUDIT})),
    Room("account", "/console/account"),
)


def rooms_of(who: Staff, level: Level, paths: Collection[str]) -> list[Room]:
    """Return what the menu shows: of the areas that there are, those that are open to them."""
    return [room for room in ROOMS if room.path in paths and room.is_open_to(who, level)]


def room_at(path: str) -> str:
    """Return the name of the area that an address belongs to, "" for none."""
    fits = [one for one in ROOMS if path == one.path or path.startswith(f"{one.path}/")]
    return max(fits, key=lambda one: len(one.path)).name if fits else ""
