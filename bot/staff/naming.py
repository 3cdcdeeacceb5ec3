"""Accounts as the desk names them, and those that somebody is shown."""

from dataclasses import replace
from datetime import date

from bot.desk import Office
from bot.places import Place, Places
from bot.staff.access import above, charge_of
from conversations.lobby.accounts import Account
from conversations.lobby.wishes import tag_of
from conversations.scope import ABOUT_ACCOUNTS, PROVINCE, Mandate
from storage import staff
from storage.staff import Staff


def account(places: Places, one: Staff) -> Account:
    """Return an account as others see it."""
    seen_on = date.fromisoformat(one.seen_on) if one.seen_on else None
    name = place_name(places, one.scope_id)
    return Account(tag_of(one.id), one.name, one.role, name, one.state, seen_on)


def place_name(places: Places, place_id: str) -> str:
    """Return what a place is called; "" for the province."""
    place = places.by_id.get(place_id)
    return "" if place is None else place.name


async def accounts_below(desk: Office, who: Staff) -> list[Staff]:
    """Return the accounts that somebody may do anything about, the highest places first."""
    within = [
        place_id
        for place_id in (PROVINCE, *desk.world.places.by_id)
        if any(one.scope_id in above(desk.world.places, place_id) for one in who.mandates)
    ]
    found = await staff.of_places(desk.tx, within)
    # Whoever only looks at a desk sees the list too, and no button to change it.
    working = replace(who, viewer_id="")
    return [one for one in found if one.id != who.id and rights_over(desk, working, one.own)]


async def account_below(desk: Office, who: Staff, tag: str) -> Staff | None:
    """Return the account that a button names, if something may be done about it."""
    return next((one for one in await accounts_below(desk, who) if tag_of(one.id) == tag), None)


def rights_over(desk: Office, who: Staff, other: Mandate) -> frozenset[str]:
    """Return what somebody may do about an account."""
    places = desk.world.places
    return frozenset(
        action for action in ABOUT_ACCOUNTS if charge_of(places, who, action, other) is not None
    )


def children(places: Places, inside: Place | None) -> list[Place]:
    """Return the places right below one; the cities of the province for None."""
    parent = "" if inside is None else inside.id
    return [one for one in places.by_id.values() if one.parent_id == parent]
