"""Letting somebody in: where, under which name, by which code; and the own devices."""

from datetime import datetime
from typing import Final

from bot.desk import Desk, Office, Step
from bot.errands.opening import open_state
from bot.places import Place
from bot.staff.access import charge_of, is_in_charge
from bot.staff.accounts import (
    LASTS,
    ROLE_AT,
    Invitation,
    Invitee,
    code_for_device,
    drop_device,
    invite_in,
    place_of,
)
from bot.staff.naming import account_below, children, place_name
from conversations.desk_errands import DeskErrand
from conversations.lobby.accounts import (
    AccountInvited,
    AccountMissed,
    DevicesShown,
    NameAsked,
    OwnDevice,
    WorkplacesOffered,
)
from conversations.lobby.talks import PlaceOffered
from conversations.lobby.wishes import tag_of
from conversations.scope import PROVINCE, Action, Mandate, invites
from storage import desks, staff
from storage.desks import DeskState
from storage.staff import Staff

PAGE: Final = 8
LONGEST_NAME: Final = 20


def can_invite(who: Staff) -> bool:
    """Tell whether an account lets anybody in, and is not only looked at."""
    return not who.viewer_id and any(invites(one.role) for one in who.mandates)


async def act(desk: Desk, who: Staff, errand: DeskErrand) -> Step:
    """Do what was tapped."""
    match errand.step:
        case "new":
            return await _offer(desk, who, _first_place(desk, who))
        case "pk":
            place_id, _, page = errand.argument.partition("-")
            place = desk.world.places.by_id.get(place_id)
            return await _pick(desk, who, place, int(page) if page.isdecimal() else None)
        case "go":
            return await _make(desk, who, errand.argument, "")
        case "again":
            return await _again(desk, who, errand.argument)
        case "code":
            return await _code(desk, who)
        case "drop":
            return await _drop(desk, who, errand.argument)
        case _:
            return await _devices(desk, who)


async def typed(desk: Desk, who: Staff, state: DeskState, text: str) -> Step | None:
    """Take the name of a place, or of whom the code is for."""
    said = text.strip()
    if state.kind == "acc.name":
        await desks.clear(desk.tx, desk.chat.id)
        return await _make(desk, who, state.values["place"], said[:LONGEST_NAME])
    place = workplace_said(desk, who, said)
    if place is None:
        return await _offer(desk, who, _first_place(desk, who), is_unknown=True)
    return await _pick(desk, who, place, None)


async def _pick(desk: Desk, who: Staff, place: Place | None, page: int | None) -> Step:
    """Ask on for a place further down, or for the name where there is none."""
    below = any(_may_invite(desk, who, one) for one in children(desk.world.places, place))
    if place is None or below or not _may_invite(desk, who, place):
        return await _offer(desk, who, place, page or 0)
    return await _ask_name(desk, place)


async def _offer(
    desk: Desk, who: Staff, inside: Place | None, page: int = 0, *, is_unknown: bool = False
) -> Step:
    if not can_invite(who):
        return Step((AccountMissed(),), open_state(desk))
    found = [one for one in children(desk.world.places, inside) if _leads_on(desk, who, one)]
    pages = max(1, -(-len(found) // PAGE))
    page = min(page, pages - 1)
    await desks.put(desk.tx, desk.chat.id, "acc.place", {}, desk.now)
    offered = WorkplacesOffered(
        None if inside is None else PlaceOffered(inside.id, inside.name),
        tuple(PlaceOffered(one.id, one.name) for one in found[page * PAGE :][:PAGE]),
        page,
        pages,
        can_choose=inside is not None and _may_invite(desk, who, inside),
        is_unknown=is_unknown,
    )
    return Step((offered,), open_state(desk))


async def _ask_name(desk: Desk, place: Place) -> Step:
    await desks.put(desk.tx, desk.chat.id, "acc.name", {"place": place.id}, desk.now)
    return Step((NameAsked(PlaceOffered(place.id, place.name)),), open_state(desk))


async def let_in(office: Office, who: Staff, invitee: Invitee) -> Invitation | None:
    """Make an account below somebody's own and its code; None when they may not."""
    scope_id = invitee.place.id if invitee.place else PROVINCE
    newcomer = Mandate("", invitee.role, scope_id)
    if not await is_in_charge(office, who, Action.INVITE, newcomer):
        return None
    return await invite_in(office.tx, invitee, LASTS, f"staff:{who.id}", office.now)


async def renew(office: Office, who: Staff, one: Staff) -> tuple[str, datetime] | None:
    """Return a new code of somebody who has not come in yet; None when that may not be."""
    if one.state != "invited" or not await is_in_charge(office, who, Action.INVITE, one.own):
        return None
    return await code_for_device(office.tx, one.id, LASTS, f"staff:{who.id}", office.now)


async def _make(desk: Desk, who: Staff, place_id: str, name: str) -> Step:
    place = desk.world.places.by_id.get(place_id)
    if place is None:
        return Step((AccountMissed(),), open_state(desk))
    made = await let_in(desk, who, Invitee(ROLE_AT[place.level], place, name))
    if made is None:
        return Step((AccountMissed(),), open_state(desk))
    until = made.expires_at.astimezone(desk.world.zone)
    return Step((AccountInvited(place.name, made.code, until),), open_state(desk))


async def _again(desk: Desk, who: Staff, tag: str) -> Step:
    """Make a new code for somebody who has not come in yet; the older one works no more."""
    one = await account_below(desk, who, tag)
    renewed = None if one is None else await renew(desk, who, one)
    if one is None or renewed is None:
        return Step((AccountMissed(),), open_state(desk))
    code, until = renewed
    place = place_name(desk.world.places, one.scope_id)
    told = AccountInvited(place, code, until.astimezone(desk.world.zone))
    return Step((told,), open_state(desk))


async def _devices(desk: Desk, who: Staff, *, is_dropped: bool = False) -> Step:
    found = await staff.devices(desk.tx, who.id)
    zone, here = desk.world.zone, desk.chat.id
    shown = tuple(
        OwnDevice(
            tag_of(one.chat_id), one.since and one.since.astimezone(zone), one.chat_id == here
        )
        for one in found
    )
    return Step((DevicesShown(shown, is_dropped),), open_state(desk), posted=is_dropped)


async def _code(desk: Desk, who: Staff) -> Step:
    code, until = await code_for_device(desk.tx, who.id, LASTS, f"staff:{who.id}", desk.now)
    place = place_name(desk.world.places, who.scope_id)
    told = AccountInvited(place, code, until.astimezone(desk.world.zone), is_device=True)
    return Step((told,), open_state(desk))


async def _drop(desk: Desk, who: Staff, tag: str) -> Step:
    found = await staff.devices(desk.tx, who.id)
    one = next((one for one in found if tag_of(one.chat_id) == tag), None)
    if one is None or one.chat_id == desk.chat.id:
        return await _devices(desk, who)
    device = (who.id, one.chat_id)
    await drop_device(desk.tx, desk.world, device, f"staff:{who.id}", desk.now)
    return await _devices(desk, who, is_dropped=True)


def _first_place(desk: Desk, who: Staff) -> Place | None:
    scope = next((one.scope_id for one in who.mandates if invites(one.role)), "")
    return desk.world.places.by_id.get(scope)


def workplace_said(desk: Office, who: Staff, said: str) -> Place | None:
    """Return the place of a code or a name, if it is the only one where somebody may be let in.

    A name may be short of its end, as people say it: 解州 for 解州镇.
    """
    places = desk.world.places
    by_code = place_of(places, said, "")
    for named in (
        [by_code] if by_code else [],
        [one for one in places.by_id.values() if one.name == said],
        [one for one in places.by_id.values() if said and one.name.startswith(said)],
    ):
        open_to = [one for one in named if _leads_on(desk, who, one)]
        if open_to:
            return open_to[0] if len(open_to) == 1 else None
    return None


def _leads_on(desk: Office, who: Staff, place: Place) -> bool:
    """Tell whether somebody may be let in at a place, or right below it."""
    inside = children(desk.world.places, place)
    return any(_may_invite(desk, who, one) for one in (place, *inside))


def _may_invite(desk: Office, who: Staff, place: Place) -> bool:
    newcomer = Mandate("", ROLE_AT[place.level], place.id)
    return charge_of(desk.world.places, who, Action.INVITE, newcomer) is not None
