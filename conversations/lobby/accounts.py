"""What came of the staff's work on the accounts of the staff, in the past tense."""

from dataclasses import dataclass, field
from datetime import date, datetime

from conversations.lobby.talks import PlaceOffered


@dataclass(frozen=True, slots=True)
class Account:
    """An account as others of the staff see it.

    Args of the constructor, where not plain:
        tag: names it in buttons.
        place: the name of its scope; "" is the province.
        seen_on: the last local day on which it was used.
    """

    tag: str
    name: str
    role: str
    place: str
    state: str
    seen_on: date | None = None


@dataclass(frozen=True, slots=True)
class StandIn:
    """Somebody who stands in for an account on these days."""

    deputy: Account
    from_on: date
    until_on: date


@dataclass(frozen=True, slots=True)
class AccountsShown:
    """Who works in this scope: a page of the list, from 0. `lent` names who is stood in for."""

    own: Account
    accounts: tuple[Account, ...]
    page: int
    pages: int
    can_invite: bool
    lent: tuple[Account, ...] = ()


@dataclass(frozen=True, slots=True)
class AccountShown:
    """One account below, and what may be done about it."""

    account: Account
    can_suspend: bool
    can_view: bool
    can_deputize: bool
    can_renew: bool
    can_resume: bool = False


@dataclass(frozen=True, slots=True)
class AccountMissed:
    """The account, or what was to be done about it, is not within this one's rights."""


@dataclass(frozen=True, slots=True)
class SuspendAsked:
    """Shall this account be stopped?"""

    account: Account


@dataclass(frozen=True, slots=True)
class AccountSuspended:
    """The account was stopped."""

    account: Account


@dataclass(frozen=True, slots=True)
class WorkplacesOffered:
    """Where shall the new account work? A page of what is below `inside`, None for the province.

    `can_choose` says that somebody may be let in for `inside` itself, `is_unknown` that what was
    typed is no place where that may be.
    """

    inside: PlaceOffered | None
    places: tuple[PlaceOffered, ...]
    page: int
    pages: int
    can_choose: bool
    is_unknown: bool = False


@dataclass(frozen=True, slots=True)
class NameAsked:
    """Whom is the code for?"""

    place: PlaceOffered


@dataclass(frozen=True, slots=True)
class AccountInvited:
    """A one-time code lets somebody in; `is_device` says that it is for the own account."""

    place: str
    code: str = field(repr=False)
    until: datetime
    is_device: bool = False


@dataclass(frozen=True, slots=True)
class OwnDevice:
    """A chat of the own account; `since` is None when that is not known."""

    tag: str
    since: datetime | None
    is_here: bool


@dataclass(frozen=True, slots=True)
class DevicesShown:
    """Which chats belong to the own account; `is_dropped` says that one was just taken away."""

    devices: tuple[OwnDevice, ...]
    is_dropped: bool = False


@dataclass(frozen=True, slots=True)
class DeputiesShown:
    """Who stands in for an account, and who else could."""

    absent: Account
    is_own: bool
    deputies: tuple[StandIn, ...]
    candidates: tuple[Account, ...]


@dataclass(frozen=True, slots=True)
class DaysAsked:
    """On which days? `is_unclear` says that what was typed names none."""

    deputy: Account
    is_unclear: bool = False


@dataclass(frozen=True, slots=True)
class DeputySet:
    """Somebody stands in for somebody on these days."""

    absent: Account
    deputy: Account
    from_on: date
    until_on: date


@dataclass(frozen=True, slots=True)
class ViewStands:
    """The desk that follows is somebody else's, and only looked at."""

    account: Account
    until: datetime


@dataclass(frozen=True, slots=True)
class ViewOver:
    """The own desk is shown again."""


@dataclass(frozen=True, slots=True)
class ViewOnly:
    """Somebody tried to do something at a desk that they only look at."""


@dataclass(frozen=True, slots=True)
class ReasonAsked:
    """Why is the whole number wanted? `is_refused` says that what was typed is no reason."""

    is_refused: bool = False


@dataclass(frozen=True, slots=True)
class WholeShown:
    """The whole numbers of a person, "" where one is not known."""

    name: str = field(repr=False)
    id_number: str = field(repr=False)
    phone: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class WholeMissed:
    """The person is not within this account's rights, or nothing is known of them."""


ListEvent = AccountsShown | AccountShown | AccountMissed | SuspendAsked | AccountSuspended
InvitingEvent = WorkplacesOffered | NameAsked | AccountInvited | DevicesShown
AbsenceEvent = DeputiesShown | DaysAsked | DeputySet
LookingEvent = ViewStands | ViewOver | ViewOnly | ReasonAsked | WholeShown | WholeMissed
AccountEvent = ListEvent | InvitingEvent | AbsenceEvent | LookingEvent
