"""The accounts of the staff, at the desk: who works below, and what may be done about them."""

from typing import Final

from bot.desk import Desk, Office, Step
from bot.errands.opening import open_state
from bot.staff import deputizing, inviting, revealing, viewing
from bot.staff.access import is_in_charge
from bot.staff.accounts import suspend_in
from bot.staff.naming import account, account_below, accounts_below, rights_over
from conversations.desk_errands import DeskErrand
from conversations.lobby.accounts import (
    AccountMissed,
    AccountShown,
    AccountsShown,
    AccountSuspended,
    SuspendAsked,
)
from conversations.scope import Action
from storage import desks, staff
from storage.desks import DeskState
from storage.staff import Staff

PAGE: Final = 8


async def act(desk: Desk, who: Staff, errand: DeskErrand) -> Step:
    """Do what was tapped; nothing that was begun before is waited for any more."""
    before = await desks.get(desk.tx, desk.chat.id)
    await desks.clear(desk.tx, desk.chat.id)
    argument = errand.argument
    match errand.step:
        case "for" if before is not None and before.kind == "acc.days":
            return await deputizing.from_today(desk, who, before, argument)
        case "one":
            return await _show(desk, who, argument)
        case "off":
            return await _ask_suspend(desk, who, argument)
        case "offy":
            return await _suspend(desk, who, argument)
        case "view":
            return await viewing.begin(desk, who, argument)
        case "new" | "pk" | "go" | "again" | "dev" | "code" | "drop":
            return await inviting.act(desk, who, errand)
        case "dep" | "by" | "no":
            return await deputizing.act(desk, who, errand)
        case "see":
            return await revealing.ask(desk, who, argument)
        case _:
            return await _list(desk, who, int(argument) if argument.isdecimal() else 0)


async def typed(desk: Desk, who: Staff, state: DeskState, text: str) -> Step | None:
    """Take typed words that the area waits for; None when it waits for none."""
    match state.kind:
        case "acc.place" | "acc.name":
            return await inviting.typed(desk, who, state, text)
        case "acc.days":
            return await deputizing.typed(desk, who, state, text)
        case "acc.why":
            return await revealing.typed(desk, who, state, text)
        case _:
            return None


async def _list(desk: Desk, who: Staff, page: int) -> Step:
    places = desk.world.places
    found = await accounts_below(desk, who)
    pages = max(1, -(-len(found) // PAGE))
    page = min(page, pages - 1)
    lent = [await staff.get(desk.tx, one.staff_id) for one in who.lent]
    shown = AccountsShown(
        account(places, who),
        tuple(account(places, one) for one in found[page * PAGE :][:PAGE]),
        page,
        pages,
        inviting.can_invite(who),
        tuple(account(places, one) for one in lent if one is not None),
    )
    return Step((shown,), open_state(desk))


async def _show(desk: Desk, who: Staff, tag: str) -> Step:
    one = await account_below(desk, who, tag)
    if one is None:
        return _missed(desk)
    rights = rights_over(desk, who, one.own)
    is_active = one.state == "active"
    shown = AccountShown(
        account(desk.world.places, one),
        can_suspend=Action.SUSPEND in rights and one.state != "suspended",
        can_view=Action.VIEW_AS in rights and is_active,
        can_deputize=Action.DEPUTIZE in rights and is_active,
        can_renew=Action.INVITE in rights and one.state == "invited",
    )
    return Step((shown,), open_state(desk))


async def _ask_suspend(desk: Desk, who: Staff, tag: str) -> Step:
    one = await account_below(desk, who, tag)
    if one is None or Action.SUSPEND not in rights_over(desk, who, one.own):
        return _missed(desk)
    return Step((SuspendAsked(account(desk.world.places, one)),), open_state(desk))


async def stop(office: Office, who: Staff, one: Staff) -> bool:
    """Suspend an account at once; False when that may not be, or was done before."""
    if not await is_in_charge(office, who, Action.SUSPEND, one.own):
        return False
    return await suspend_in(office.tx, office.world, one.id, f"staff:{who.id}", office.now)


async def _suspend(desk: Desk, who: Staff, tag: str) -> Step:
    one = await account_below(desk, who, tag)
    if one is None or not await stop(desk, who, one):
        return _missed(desk)
    told = AccountSuspended(account(desk.world.places, one))
    return Step((told,), open_state(desk), posted=True)


def _missed(desk: Desk) -> Step:
    return Step((AccountMissed(),), open_state(desk))
