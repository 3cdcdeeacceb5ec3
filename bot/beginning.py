"""How interviews are begun: somebody's first, the yearly update, a correction."""

from collections.abc import Mapping
from typing import Final, Literal

from bot.desk import Desk, Step, keep
from conversations.dialogue.converse import begin
from conversations.dialogue.scene import Turn
from conversations.interview import Interview, again, first_interview
from conversations.lobby.events import InterviewBegun
from conversations.origins import carried
from conversations.people import (
    Assistance,
    assisted,
    known_beforehand,
    needs_no_asking,
    told_by,
)
from conversations.xform import Form
from storage import chats, interviews, people
from storage.reports import Report
from storage.vault import DataKey

VILLAGE_CODE: Final = 12


async def begin_first(
    desk: Desk,
    station: str = "",
    *,
    can_find: bool = False,
    is_another: bool = False,
    assistance: Assistance | None = None,
) -> Step:
    """Open the first interview of a person that nothing is known of yet.

    Args:
        station: code of a township or village, or id of a township, from a deep link; it fills
            in the hukou, to be confirmed.
        can_find: offer to look for somebody who is known already.
        is_another: somebody was filled in for before, so less need be said.
        assistance: how the staff fill it in for somebody.
    """
    person_id, key = await people.create(desk.tx, desk.now)
    state = first_interview(0, _at_station(desk, station))
    begun = InterviewBegun("first", can_find, is_another)
    return await _begin(desk, person_id, key, state, begun, assistance=assistance)


async def begin_known(
    desk: Desk,
    person_id: str,
    key: DataKey,
    values: Mapping[str, str],
    assistance: Assistance | None = None,
) -> Step:
    """Open the first interview of somebody on the roster; `values` are what it says, by role."""
    today = desk.now.astimezone(desk.world.zone).date()
    known = known_beforehand(desk.world.shelf.current, values, today)
    state = first_interview(0, dict(known.answers)).with_changes(origins=dict(known.origins))
    begun = InterviewBegun("first")
    return await _begin(desk, person_id, key, state, begun, done=known.done, assistance=assistance)


async def begin_again(
    desk: Desk,
    person_id: str,
    key: DataKey,
    purpose: Literal["update", "correction"],
    report: Report,
    *,
    assistance: Assistance | None = None,
) -> Step:
    """Open an interview that starts from the answers of the last report.

    Who answers this time is what this chat is to the person; it is asked where that is unknown.
    """
    form = desk.world.shelf.current
    relation: str | None
    if assistance is not None:
        relation = assistance.relation
    else:
        relation = await chats.relation_to(desk.tx, desk.chat.id, person_id)
    state = again(form, 0, purpose, report.answers, carried(dict(report.origins)))
    told = told_by(form, state, relation or "")
    return await _begin(desk, person_id, key, told, InterviewBegun(purpose), assistance=assistance)


async def _begin(
    desk: Desk,
    person_id: str,
    key: DataKey,
    state: Interview,
    begun: InterviewBegun,
    *,
    done: tuple[str, ...] = (),
    assistance: Assistance | None = None,
) -> Step:
    shelf = desk.world.shelf
    if assistance is not None:
        state = assisted(shelf.current, state, assistance)
        done = (*done, *needs_no_asking(shelf.current, assistance))
    stored = await interviews.start(
        desk.tx,
        desk.chat.id,
        person_id,
        key,
        form_hash=shelf.hash,
        purpose=state.purpose,
        state=state.model_dump_json(),
        now=desk.now,
        entered_by=assistance.staff_id if assistance else None,
    )
    numbered = state.with_changes(number=stored.number)
    turn = begin(shelf.current, numbered, desk.world.setting(desk.now))
    # Known answers come up only later, when they are relevant: they need no asking even then.
    knowing = turn.interview.with_changes(done=(*turn.interview.done, *done))
    step = await keep(desk, stored, Turn(knowing, turn.events))
    greeted = () if assistance is not None else (begun,)
    return Step((*greeted, *step.events), step.interview)


def _at_station(desk: Desk, station: str) -> dict[str, str]:
    """Return what a link tells of the hukou: city, county and township, and a village's name."""
    places = desk.world.places
    village = places.village(station) if len(station) == VILLAGE_CODE else None
    code = station if village is None else village.township_id
    township = places.by_code(code, "township") if code else None
    if township is None:
        return {}
    form: Form = desk.world.shelf.current
    from_the_top = reversed((township, *places.above(township)))
    known = {place.level: place.id for place in from_the_top}
    if village is not None:
        known["village"] = village.name
    return {form.roles[role]: value for role, value in known.items() if role in form.roles}
