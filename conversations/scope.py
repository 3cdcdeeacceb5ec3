"""Who of the staff may do what, and about whom: tables and a few rules, nothing else.

A role says what may be done, the scope where: at a place or anywhere below it. Whoever stands in
for somebody has that one's role and scope beside their own; whoever looks over somebody's shoulder
only looks. `decide` is the one place where all of this comes together.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

# The scope of whoever looks after all cities; no division has this id.
PROVINCE: Final = "province"


class Action(StrEnum):
    """What somebody of the staff does, as the audit names it."""

    TALK = "talk"
    HEAR = "voice.hear"
    CLOSE = "case.close"
    SEE_LIST = "list.see"
    SEE_MASKED = "person.see"
    SEE_WHOLE = "person.see_whole"
    FOLLOW_UP = "follow_up"
    ENTER = "enter"
    VERIFY = "report.verify"
    RETURN = "report.return"
    ASSIGN = "case.assign"
    VISIT_SHEET = "visit_sheet"
    ROSTER = "roster"
    EXPORT = "export"
    APPROVE = "wording.approve"
    INVITE = "account.invite"
    SUSPEND = "account.suspend"
    DEPUTIZE = "account.deputize"
    VIEW_AS = "account.view_as"
    RESET = "account.reset"
    AUDIT = "audit.read"
    OPERATE = "operate"


_DAILY: Final = frozenset(
    (
        *(Action.TALK, Action.HEAR, Action.CLOSE, Action.SEE_LIST, Action.SEE_MASKED),
        *(Action.SEE_WHOLE, Action.FOLLOW_UP, Action.ENTER, Action.VERIFY, Action.RETURN),
        *(Action.ASSIGN, Action.VISIT_SHEET, Action.ROSTER),
    )
)
_LOOKS: Final = frozenset((Action.SEE_LIST, Action.SEE_MASKED))
_ACCOUNTS: Final = frozenset((Action.INVITE, Action.SUSPEND, Action.DEPUTIZE, Action.RESET))
_SUPERVISES: Final = _LOOKS | _ACCOUNTS | {Action.VIEW_AS, Action.AUDIT}
_MAY: Final[Mapping[str, frozenset[Action]]] = {
    "station": _DAILY,
    "county": _DAILY | _ACCOUNTS | {Action.VIEW_AS, Action.EXPORT, Action.APPROVE, Action.AUDIT},
    "city": _SUPERVISES,
    "province": _SUPERVISES,
    "operator": _ACCOUNTS | {Action.OPERATE},
    "auditor": frozenset((Action.AUDIT,)),
}
# Whose accounts a role makes, stops and finds deputies for.
_IN_CHARGE_OF: Final[Mapping[str, frozenset[str]]] = {
    "county": frozenset(("station",)),
    "city": frozenset(("county",)),
    "province": frozenset(("city", "county")),
    "operator": frozenset(("station", "county", "city", "province", "operator", "auditor")),
}
# From the bottom up; an operator and an auditor are beside it.
_LADDER: Final = ("station", "county", "city", "province")
ABOUT_ACCOUNTS: Final = _ACCOUNTS | {Action.VIEW_AS}


@dataclass(frozen=True, slots=True)
class Mandate:
    """What somebody may act by: the role and scope of an account, their own or another's."""

    staff_id: str
    role: str
    scope_id: str


def may(role: str, scope_id: str, action: Action, place_id: str, around: Collection[str]) -> bool:
    """Tell whether a role with this scope may do something about a person of a place.

    Args:
        around: the places that hold `place_id`; where that is only a county, because nobody
            knows more, also the townships in it: any station of the county may help.
    """
    return action in _MAY[role] and (scope_id == place_id or scope_id in around)


def is_in_charge(
    mandate: Mandate, action: Action, account: Mandate, above: Collection[str]
) -> bool:
    """Tell whether somebody may do something about an account, or an account that is to be made.

    Args:
        above: the places that hold the account's own.
    """
    if not may(mandate.role, mandate.scope_id, action, account.scope_id, above):
        return False
    if action is Action.VIEW_AS:
        return is_below(account.role, mandate.role)
    return account.role in _IN_CHARGE_OF.get(mandate.role, frozenset())


def decide(
    action: Action,
    mandates: Sequence[Mandate],
    place_id: str,
    around: Collection[str],
    *,
    is_viewing: bool = False,
    account: Mandate | None = None,
) -> Mandate | None:
    """Return by which mandate something may be done; None when it may not be done.

    Everybody may say who stands in for them, but not for whoever they stand in for themselves.

    Args:
        mandates: the own one first, then those of whoever is stood in for today.
        is_viewing: the desk is somebody else's, and only looked at.
        account: whose account it is about, None where it is about a person.
    """
    if is_viewing and action not in _LOOKS:
        return None
    if account is not None and account == mandates[0] and action is Action.DEPUTIZE:
        return mandates[0]
    for mandate in mandates:
        if account is None:
            allowed = may(mandate.role, mandate.scope_id, action, place_id, around)
        else:
            allowed = is_in_charge(mandate, action, account, around)
        if allowed:
            return mandate
    return None


def invites(role: str) -> frozenset[str]:
    """Return the roles that a role lets in."""
    return _IN_CHARGE_OF.get(role, frozenset())


def is_below(role: str, other: str) -> bool:
    """Tell whether a role stands lower on the ladder than another one."""
    if role not in _LADDER or other not in _LADDER:
        return False
    return _LADDER.index(role) < _LADDER.index(other)


def may_stand_in(deputy_role: str, absent_role: str) -> bool:
    """Tell whether a role may stand in for another: the same one, or a higher one."""
    return deputy_role == absent_role or is_below(absent_role, deputy_role)


def does(role: str, action: Action) -> bool:
    """Tell whether a role does this anywhere at all."""
    return action in _MAY[role]
