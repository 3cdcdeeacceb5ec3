"""Who of the staff may do what, and about whom: a table and one rule, nothing else.

A role says what may be done, the scope where: at a place or anywhere below it.
"""

from collections.abc import Collection
from enum import StrEnum
from typing import Final


class Action(StrEnum):
    """What somebody of the staff does about a person, as the audit names it."""

    TALK = "talk"
    HEAR = "voice.hear"
    CLOSE = "case.close"
    LIST = "case.list"
    SEE = "case.see"
    OUTCOME = "case.outcome"
    REVEAL = "phone.reveal"
    ENTER = "entry.begin"


_MAY: Final[dict[str, frozenset[Action]]] = {
    "station": frozenset(Action),
    "county": frozenset(Action),
    "city": frozenset(),
    "province": frozenset(),
    "operator": frozenset(),
    "auditor": frozenset(),
}


def may(role: str, scope_id: str, action: Action, place_id: str, around: Collection[str]) -> bool:
    """Tell whether a role with this scope may do something about a person of a place.

    Args:
        around: the places that hold `place_id`; where that is only a county, because nobody
            knows more, also the townships in it: any station of the county may help.
    """
    return action in _MAY[role] and (scope_id == place_id or scope_id in around)
