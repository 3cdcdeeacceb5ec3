"""The one door between staff and people: who asks, whether they may, and a line in the audit.

Whatever somebody of the staff reads or writes of a person goes through `is_granted`, and whatever
they do about an account through `is_in_charge`. Who stands in for somebody today, and who looks
over somebody's shoulder, is part of what `staff_of` returns, so it is decided here and only here.
"""

from dataclasses import replace
from datetime import date

from bot.desk import Desk, Office
from bot.places import Places
from bot.whereabouts import within
from conversations.desk_errands import Area, areas_of
from conversations.scope import PROVINCE, Action, Mandate, decide, does
from storage import audits, deputies, staff, views
from storage.scope import Scope
from storage.staff import Staff
from storage.transaction import Reading


async def staff_of(desk: Desk) -> Staff | None:
    """Return at whose desk this chat is; None when it is no chat of the staff any more.

    That is the account whose chat it is, or the one that it looks at (`viewer_id` is then set),
    as long as it may: who looks on for somebody absent sees nothing after their last day.
    """
    own = await account_of(desk, desk.chat.staff_id)
    if own is None:
        return None
    view = await views.get(desk.tx, desk.chat.id, desk.now)
    seen = None if view is None else await _active(desk, view.staff_id)
    if view is None or seen is None:
        return own
    if charge_of(desk.world.places, own, Action.VIEW_AS, seen.own) is None:
        await views.end(desk.tx, desk.chat.id)
        return own
    return replace(seen, viewer_id=own.id, viewed_until=view.until)


async def account_of(office: Office, staff_id: str | None) -> Staff | None:
    """Return an account that is in use, with whom it stands in for; None for any other.

    That it was used today is noted.
    """
    own = await _active(office, staff_id)
    if own is not None and own.seen_on != _today(office):
        await staff.note_seen(office.tx, own.id, _today(office))
    return own


async def active(reading: Reading, staff_id: str | None, today: date) -> Staff | None:
    """Return an account that is in use, with whom it stands in for on a day; or None."""
    found = None if staff_id is None else await staff.get(reading, staff_id)
    if found is None or found.state != "active":
        return None
    return replace(found, lent=await deputies.lent_to(reading, found.id, today))


async def is_granted(
    desk: Office, who: Staff, action: Action, place_id: str | None, about: str, *, reason: str = ""
) -> bool:
    """Decide whether the account may do this about somebody of a place; the audit keeps either.

    Args:
        place_id: None where nobody knows it, which grants nothing.
        about: `person:ID`, `chat:ID` where nobody is known yet, `place:ID` for a list.
        reason: why, in the account's own words; sealed.
    """
    mandate = None
    if place_id is not None:
        near = around(desk.world.places, place_id)
        viewing = bool(who.viewer_id)
        mandate = decide(action, who.mandates, place_id, near, is_viewing=viewing)
    await _note(desk, who, action, about, (mandate, reason))
    return mandate is not None


async def is_granted_over(
    office: Office, who: Staff, action: Action, scope_id: str, about: str, *, reason: str = ""
) -> bool:
    """Decide whether the account may do this about a place and everybody in it; audited.

    A station reaches whoever of its county said no more, but not the county as a whole.
    """
    mandate = mandate_over(office.world.places, who, action, scope_id)
    await _note(office, who, action, about, (mandate, reason))
    return mandate is not None


def mandate_over(places: Places, who: Staff, action: Action, scope_id: str) -> Mandate | None:
    """Return by which mandate something may be done about a place as a whole: for its buttons."""
    near = above(places, scope_id)
    return decide(action, who.mandates, scope_id, near, is_viewing=bool(who.viewer_id))


def places_below(places: Places, who: Staff, action: Action) -> Scope:
    """Return the places of which an account may do this about everybody in them."""
    scopes = {one.scope_id for one in who.mandates if does(one.role, action)}
    found = (place_id for place_id in places.by_id if scopes & above(places, place_id))
    return Scope((*sorted(scopes & {PROVINCE}), *found))


async def is_in_charge(desk: Office, who: Staff, action: Action, account: Mandate) -> bool:
    """Decide whether an account may do this about another one; the audit keeps either.

    Args:
        account: of one that is yet to be made the id is "".
    """
    about = f"staff:{account.staff_id}" if account.staff_id else f"place:{account.scope_id}"
    mandate = charge_of(desk.world.places, who, action, account)
    await _note(desk, who, action, about, (mandate, ""))
    return mandate is not None


def charge_of(places: Places, who: Staff, action: Action, account: Mandate) -> Mandate | None:
    """Return by which mandate an account may do something about another one: for its buttons."""
    return decide(
        action,
        who.mandates,
        account.scope_id,
        above(places, account.scope_id),
        is_viewing=bool(who.viewer_id),
        account=account,
    )


async def note_refused_page(office: Office, who: Staff, action: str, path: str = "") -> None:
    """Note that somebody opened what is not theirs, or asked for what is not there for them."""
    await _note(office, who, action, f"place:{who.scope_id}", (None, path))


async def note_refused_view(desk: Office, who: Staff, what: str) -> None:
    """Note that somebody tried to do something at a desk that they only look at."""
    await _note(desk, who, "view.act", f"staff:{who.id}", (None, what))


def about(person_id: str | None, chat_id: str) -> str:
    """Return how the audit names whom something is about."""
    return f"chat:{chat_id}" if person_id is None else f"person:{person_id}"


def above(places: Places, place_id: str) -> frozenset[str]:
    """Return a place and those that hold it, up to the province."""
    place = places.by_id.get(place_id)
    if place is None:
        return frozenset({PROVINCE}) if place_id == PROVINCE else frozenset()
    return frozenset({place_id, *(one.id for one in places.above(place)), PROVINCE})


def around(places: Places, place_id: str) -> frozenset[str]:
    """Return the places whose staff may help somebody of this place: it, those above, and for a
    county, which stands for whoever said no more, its townships.
    """
    return above(places, place_id) | {*within(places, place_id)}


def looked_after(places: Places, who: Staff) -> list[str]:
    """Return the places whose people an account sees: its own, what its level shares, and those
    of whoever it stands in for.

    A station shares the callers of its county who did not say of which township they are.
    """
    return list(scope_of(places, who))


def scope_of(places: Places, who: Staff, action: Action = Action.SEE_LIST) -> Scope:
    """Return for list queries whose people an account may do this about; each place once."""
    scopes = [one.scope_id for one in acts_for(who, action)]
    return Scope(tuple(dict.fromkeys(p for one in scopes for p in _of(places, one))))


def acts_for(who: Staff, action: Action) -> tuple[Mandate, ...]:
    """Return by what an account may do this at all, its own mandate first."""
    return tuple(one for one in who.mandates if does(one.role, action))


def areas_for(who: Staff) -> tuple[Area, ...]:
    """Return what an account finds at its desk, by whatever it may act by."""
    return areas_of(*(one.role for one in who.mandates))


def _of(places: Places, scope_id: str) -> list[str]:
    """Return the places of a scope whose people are looked after from there."""
    place = places.by_id.get(scope_id)
    if place is not None and place.level == "township":
        return [place.id, place.parent_id]
    return [
        one.id
        for one in places.by_id.values()
        if one.level in ("county", "township") and scope_id in above(places, one.id)
    ]


async def _active(desk: Office, staff_id: str | None) -> Staff | None:
    return await active(desk.tx, staff_id, desk.world.today(desk.now))


async def _note(
    desk: Office, who: Staff, action: str, about: str, said: tuple[Mandate | None, str]
) -> None:
    """Write the line: who did it, at whose desk or for whom, and why.

    Args:
        said: by which mandate it was granted, None when it was refused; and the reason.
    """
    mandate, reason = said
    details = [f"viewing staff:{who.id}"] if who.viewer_id else []
    if mandate is not None and mandate.staff_id != who.id:
        details.append(f"for staff:{mandate.staff_id}")
    if reason:
        details.append(reason)
    await audits.write(
        desk.tx,
        actor=f"staff:{who.viewer_id or who.id}",
        action=str(action) if mandate is not None else f"{action}.refused",
        scope=about,
        now=desk.now,
        detail="; ".join(details),
    )


def _today(desk: Office) -> str:
    return desk.world.today(desk.now).isoformat()
