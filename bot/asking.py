"""Asking for a human being: which station is meant, whether anybody is there, and the call."""

from typing import Final

from bot.calling import call, end, staff_near
from bot.desk import Desk, Step
from bot.errands.opening import menu, open_state, resume_open
from bot.places import Place
from bot.whereabouts import choices_in, whereabouts
from conversations.lobby.events import Event
from conversations.lobby.talks import OfficeClosed, StationMissing, TalkOpened
from storage import cases, chats, people, staff, talks
from storage.talks import Talk

# Before the id of a county: any of its stations may help.
ANY: Final = "any-"
KIND: Final = "human"


async def ask(desk: Desk, said: str = "", asking: Talk | None = None) -> Step:
    """Call the station that is meant; ask for it when nobody knows.

    Args:
        said: id of the place that was chosen, "" when none was.
        asking: the talk that asked for the place, if one did.
    """
    if not await staff.is_any_reachable(desk.tx):
        return await _missing(desk, asking)
    chosen = desk.world.places.by_id.get(said.removeprefix(ANY))
    place = chosen or await whereabouts(desk)
    if place is None or place.level == "city":
        return await _ask_for_place(desk, place, asking)
    if not await _is_staffed(desk, place):
        return await _missing(desk, asking)
    if place.level == "county" and chosen is not None and not said.startswith(ANY):
        return await _ask_for_place(desk, place, asking)
    if not desk.world.talks.office.hold(desk.now.astimezone(desk.world.zone)):
        return await _closed(desk, place, asking)
    return await _call(desk, place, asking)


async def go_on(desk: Desk, *before: Event) -> Step:
    """Show what was open before the talk, once."""
    if desk.open is None:
        return Step((*before, await menu(desk)))
    step = await resume_open(desk, desk.open)
    return Step((*before, *step.events), step.interview)


async def leave(desk: Desk, talk: Talk | None) -> None:
    """End a talk of this chat at the worker's wish."""
    if talk is not None:
        await end(desk.tx, desk.world, talk, "worker", desk.now)
        await chats.leave_talk(desk.tx, desk.chat.id, talk.id)


async def _is_staffed(desk: Desk, place: Place) -> bool:
    near = await staff_near(desk.tx, desk.world, place, desk.now)
    return any(one.chat_id != desk.chat.id for one in near)


async def _ask_for_place(desk: Desk, inside: Place | None, asking: Talk | None) -> Step:
    if asking is None:
        await _begin(desk, None, await _about(desk), None)
    return Step((choices_in(desk.world.places, inside),), open_state(desk))


async def _missing(desk: Desk, asking: Talk | None) -> Step:
    """Nobody is registered there: name the way to the station, and let the interview be."""
    await leave(desk, asking)
    told = StationMissing(desk.world.talks.contact)
    return Step((told,), open_state(desk)) if desk.open else Step((told, await menu(desk)))


async def _closed(desk: Desk, place: Place, asking: Talk | None) -> Step:
    """Nobody is there at this hour: the station will see it on its list."""
    await leave(desk, asking)
    await cases.open_once(
        desk.tx, kind=KIND, township_id=place.id, chat_id=desk.chat.id, now=desk.now
    )
    rules = desk.world.talks
    return Step((OfficeClosed(rules.office, rules.contact),), open_state(desk))


async def _call(desk: Desk, place: Place, asking: Talk | None) -> Step:
    person_id = await _about(desk)
    case_id = await cases.open(
        desk.tx,
        kind=KIND,
        township_id=place.id,
        person_id=person_id,
        chat_id=desk.chat.id,
        now=desk.now,
    )
    if asking is None:
        talk: Talk | None = await _begin(desk, place.id, person_id, case_id)
    else:
        talk = await talks.place(desk.tx, asking.id, place.id, case_id, desk.now)
    if talk is None:
        return await go_on(desk)
    await call(desk.tx, desk.world, talk, desk.now)
    minutes = int(desk.world.talks.take_within.total_seconds() // 60)
    is_page = desk.chat.channel == "web"
    opened = TalkOpened(talk.number, place.name, minutes, is_page)
    return Step((opened,), open_state(desk), posted=True)


async def _begin(
    desk: Desk, place_id: str | None, person_id: str | None, case_id: str | None
) -> Talk:
    return await talks.begin(
        desk.tx,
        chat_id=desk.chat.id,
        was_in=desk.chat.talk_id,
        channel=desk.chat.channel,
        person_id=person_id,
        place_id=place_id,
        case_id=case_id,
        now=desk.now,
    )


async def _about(desk: Desk) -> str | None:
    """Return whom the talk is about: the open interview's person, or the only one of the chat."""
    if desk.open is not None:
        return desk.open.person_id
    known = await people.of_chat(desk.tx, desk.chat.id)
    return known[0].id if len(known) == 1 else None
