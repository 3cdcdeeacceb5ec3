"""The desk of a station: who waits, whom one talks to, what else is to be done. Names nobody."""

from datetime import timedelta
from typing import Final

from bot.desk import Desk
from bot.staff.access import areas_for, looked_after, scope_of
from bot.staff.caselist import kinds_of
from conversations.desk_errands import Area
from conversations.lobby.talks import Caller, DeskShown, OpenCase
from conversations.lobby.wishes import tag_of
from conversations.scope import Action
from storage import cases, chats, reviews, talks
from storage.cases import Case
from storage.staff import Staff
from storage.talks import Talk

# More does not fit on a phone; the next ones come up when these are done.
SHOWN: Final = 6
# What a station does in its chat; other kinds are for the console.
KINDS: Final = ("human", "voice", "many_people", "not_me")


async def desk_shown(desk: Desk, who: Staff) -> DeskShown:
    """Return the station's list as it is now."""
    places = scope_of(desk.world.places, who, Action.TALK)
    waiting = await talks.waiting(desk.tx, places)
    mine = await talks.of_staff(desk.tx, who.id)
    found = [case for case in await cases.of_places(desk.tx, places) if case.kind in KINDS]
    live = {talk.case_id for talk in (*waiting, *mine)}
    listed = [case for case in found if case.id not in live][:SHOWN]
    place = desk.world.places.by_id.get(who.scope_id)
    here = next((talk for talk in mine if talk.staff_chat_id == desk.chat.id), None)
    to_do, to_check = await _waiting_in_areas(desk, who)
    return DeskShown(
        station=place.name if place else "",
        waiting=tuple(_caller(desk, talk) for talk in waiting[:SHOWN]),
        talking=here.number if here else None,
        cases=tuple([await _open_case(desk, case) for case in listed]),
        areas=tuple(
            area for area in areas_for(who) if area is not Area.CONSOLE or desk.world.console_url
        ),
        role=who.role,
        to_do=to_do,
        to_check=to_check,
    )


async def _waiting_in_areas(desk: Desk, who: Staff) -> tuple[int, int]:
    """Return how many cases and reports a station has; those above it would count too long."""
    if who.role != "station":
        return 0, 0
    to_check = await reviews.count(desk.tx, looked_after(desk.world.places, who))
    return (await kinds_of(desk, who)).total(), to_check


async def case_named(desk: Desk, who: Staff, tag: str, kind: str | None = None) -> Case | None:
    """Return the open case that a button names, if it is on this account's list."""
    for case in await cases.of_places(desk.tx, scope_of(desk.world.places, who, Action.TALK)):
        if tag_of(case.id) == tag and kind in (None, case.kind):
            return case
    return None


async def caller_named(desk: Desk, who: Staff, tag: str) -> Talk | None:
    """Return the waiting talk that a button names, if this account may take it."""
    for talk in await talks.waiting(desk.tx, scope_of(desk.world.places, who, Action.TALK)):
        if tag_of(talk.id) == tag:
            return talk
    return None


def _caller(desk: Desk, talk: Talk) -> Caller:
    minutes = int((desk.now - talk.opened_at) / timedelta(minutes=1))
    return Caller(tag_of(talk.id), talk.number, max(0, minutes))


async def _open_case(desk: Desk, case: Case) -> OpenCase:
    hours = int((desk.now - case.created_at) / timedelta(hours=1))
    chat = await chats.get(desk.tx, case.chat_id) if case.chat_id else None
    can_call = chat is not None and chat.channel == "telegram" and chat.blocked_at is None
    return OpenCase(tag_of(case.id), case.kind, max(0, hours), can_call)
