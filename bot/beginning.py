"""How interviews are begun: somebody's first, the yearly update, a correction."""

from typing import Literal

from bot.desk import Desk, Step, keep
from conversations.dialogue.converse import begin
from conversations.interview import Interview, again, first_interview
from conversations.lobby.events import InterviewBegun
from conversations.xform import Form
from storage import interviews, people
from storage.vault import DataKey


async def begin_first(desk: Desk, station: str = "") -> Step:
    """Open the first interview of a person that nothing is known of yet.

    Args:
        station: code or id of a township from a deep link; it fills in the hukou, to be confirmed.
    """
    person_id, key = await people.create(desk.tx, desk.now)
    state = first_interview(0, _at_station(desk, station))
    return await _begin(desk, person_id, key, state)


async def begin_again(
    desk: Desk,
    person_id: str,
    key: DataKey,
    purpose: Literal["update", "correction"],
    answers: dict[str, str],
) -> Step:
    """Open an interview that starts from the answers of the last report."""
    state = again(desk.world.shelf.current, 0, purpose, answers)
    return await _begin(desk, person_id, key, state)


async def _begin(desk: Desk, person_id: str, key: DataKey, state: Interview) -> Step:
    shelf = desk.world.shelf
    stored = await interviews.start(
        desk.tx,
        desk.chat.id,
        person_id,
        key,
        form_hash=shelf.hash,
        purpose=state.purpose,
        state=state.model_dump_json(),
        now=desk.now,
    )
    numbered = state.with_changes(number=stored.number)
    turn = begin(shelf.current, numbered, desk.world.setting(desk.now))
    step = await keep(desk, stored, turn)
    return Step((InterviewBegun(state.purpose), *step.events), step.interview)


def _at_station(desk: Desk, station: str) -> dict[str, str]:
    township = desk.world.places.by_code(station, "township") if station else None
    if township is None:
        return {}
    form: Form = desk.world.shelf.current
    from_the_top = reversed((township, *desk.world.places.above(township)))
    return {
        form.roles[place.level]: place.id for place in from_the_top if place.level in form.roles
    }
