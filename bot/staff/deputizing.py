"""Who stands in while somebody is on leave: set up by the absent one, or by the level above."""

from datetime import date, timedelta
from typing import Final

from bot.desk import Desk, Office, Step
from bot.errands.opening import open_state
from bot.staff.access import above, is_in_charge
from bot.staff.naming import account, account_below, children
from conversations.desk_errands import DeskErrand
from conversations.leave_days import LONGEST, days_in
from conversations.lobby.accounts import (
    AccountMissed,
    DaysAsked,
    DeputiesShown,
    DeputySet,
    StandIn,
)
from conversations.lobby.wishes import tag_of
from conversations.scope import Action, may_stand_in
from storage import deputies, desks, staff
from storage.deputies import Deputy
from storage.desks import DeskState
from storage.staff import Staff

# A button carries both accounts: the absent one's tag, then the deputy's, of this length each.
TAG: Final = 12
OFFERED: Final = 12


async def act(desk: Desk, who: Staff, errand: DeskErrand) -> Step:
    """Do what was tapped."""
    tag, deputy_tag = errand.argument[:TAG], errand.argument[TAG:]
    absent = await _absent(desk, who, tag)
    if absent is None:
        return _missed(desk)
    match errand.step:
        case "by":
            return await _ask_days(desk, absent, deputy_tag)
        case "no":
            return await _drop(desk, who, absent, deputy_tag)
        case _:
            return await _show(desk, who, absent)


async def from_today(desk: Desk, who: Staff, state: DeskState, count: str) -> Step:
    """Take so many days, today the first of them."""
    today = desk.world.today(desk.now)
    days = int(count) if count.isdecimal() and 1 <= int(count) <= LONGEST.days else 1
    return await _for_days(desk, who, state, (today, today + timedelta(days=days - 1)))


async def typed(desk: Desk, who: Staff, state: DeskState, text: str) -> Step | None:
    """Take the days."""
    return await _for_days(desk, who, state, days_in(text, desk.world.today(desk.now)))


async def _for_days(
    desk: Desk, who: Staff, state: DeskState, days: tuple[date, date] | None
) -> Step:
    absent = await _absent(desk, who, tag_of(state.values["absent"]))
    deputy = await staff.get(desk.tx, state.values["deputy"])
    if absent is None or deputy is None:
        return _missed(desk)
    if days is None:
        asked = DaysAsked(account(desk.world.places, deputy), is_unclear=True)
        return Step((asked,), open_state(desk))
    return await _put(desk, who, absent, deputy, days)


async def agree(
    office: Office, who: Staff, absent: Staff, deputy: Staff, days: tuple[date, date]
) -> bool:
    """Let somebody stand in on some days; False when that may not be agreed."""
    found = await candidates(office, absent)
    if deputy.id not in {one.id for one in found}:
        return False
    if not await is_in_charge(office, who, Action.DEPUTIZE, absent.own):
        return False
    agreed = Deputy(absent.id, deputy.id, *days)
    await deputies.put(office.tx, agreed, f"staff:{who.id}", office.now)
    return True


async def release(office: Office, who: Staff, absent: Staff, deputy_id: str) -> bool:
    """Let somebody stand in no more; False when that may not be decided."""
    if not await is_in_charge(office, who, Action.DEPUTIZE, absent.own):
        return False
    return await deputies.drop(office.tx, absent.id, deputy_id)


async def candidates(desk: Office, absent: Staff) -> list[Staff]:
    """Return who may stand in for an account: of its own place, beside it, and above it."""
    places = desk.world.places
    place = places.by_id.get(absent.scope_id)
    beside = [] if place is None else children(places, places.by_id.get(place.parent_id))
    near = {*above(places, absent.scope_id), *(one.id for one in beside)}
    return [
        one
        for one in await staff.of_places(desk.tx, sorted(near))
        if one.id != absent.id and one.state == "active" and may_stand_in(one.role, absent.role)
    ]


async def _show(desk: Desk, who: Staff, absent: Staff) -> Step:
    places = desk.world.places
    stand_ins = []
    for one in await deputies.of_staff(desk.tx, absent.id, desk.world.today(desk.now)):
        deputy = await staff.get(desk.tx, one.deputy_id)
        if deputy is not None:
            stand_ins.append(StandIn(account(places, deputy), one.from_on, one.until_on))
    found = await candidates(desk, absent)
    shown = DeputiesShown(
        account(places, absent),
        absent.id == who.id,
        tuple(stand_ins),
        tuple(account(places, one) for one in found[:OFFERED]),
    )
    return Step((shown,), open_state(desk))


async def _ask_days(desk: Desk, absent: Staff, deputy_tag: str) -> Step:
    deputy = await _candidate(desk, absent, deputy_tag)
    if deputy is None:
        return _missed(desk)
    values = {"absent": absent.id, "deputy": deputy.id}
    await desks.put(desk.tx, desk.chat.id, "acc.days", values, desk.now)
    return Step((DaysAsked(account(desk.world.places, deputy)),), open_state(desk))


async def _put(
    desk: Desk, who: Staff, absent: Staff, deputy: Staff, days: tuple[date, date]
) -> Step:
    if not await agree(desk, who, absent, deputy, days):
        return _missed(desk)
    await desks.clear(desk.tx, desk.chat.id)
    places = desk.world.places
    told = DeputySet(account(places, absent), account(places, deputy), *days)
    return Step((told,), open_state(desk))


async def _drop(desk: Desk, who: Staff, absent: Staff, deputy_tag: str) -> Step:
    for one in await deputies.of_staff(desk.tx, absent.id, desk.world.today(desk.now)):
        if tag_of(one.deputy_id) == deputy_tag:
            if not await release(desk, who, absent, one.deputy_id):
                return _missed(desk)
            break
    return await _show(desk, who, absent)


async def _absent(desk: Desk, who: Staff, tag: str) -> Staff | None:
    """Return for whom a deputy is wanted: oneself, or somebody below."""
    if tag in ("", tag_of(who.id)):
        return who
    return await account_below(desk, who, tag)


async def _candidate(desk: Desk, absent: Staff, tag: str) -> Staff | None:
    return next((one for one in await candidates(desk, absent) if tag_of(one.id) == tag), None)


def _missed(desk: Desk) -> Step:
    return Step((AccountMissed(),), open_state(desk))
