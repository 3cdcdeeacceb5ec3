"""Voice notes: kept for the station to type in, passed on in a talk, fetched from Telegram.

A turn only notes that somebody spoke; what was said is fetched after the commit, by a round that
looks at the rows, so that nothing is lost when the process or Telegram goes away.
"""

import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Final

from bot.calling import staff_near, tell_staff
from bot.desk import Desk, Step, state_of
from bot.errands.opening import open_state
from bot.places import Place
from bot.whereabouts import whereabouts
from conversations.lobby.talks import VoiceKept, VoicePassed, VoiceTooLong
from conversations.record import by_role
from conversations.reply import Media
from storage import cases, outbox, people, voices
from storage.database import Database
from storage.outbox import Post
from storage.talks import Talk
from storage.voices import VoiceNote

# What Telegram has under an id; None when it cannot be had now, LookupError when it is larger than
# so many bytes.
Fetch = Callable[[str, int], Awaitable[bytes | None]]

KIND: Final = "voice"
LARGEST: Final = 1024 * 1024
_BATCH: Final = 10
_AGAIN: Final = timedelta(minutes=1)
_PATIENCE: Final = timedelta(days=1)
_log = logging.getLogger(__name__)


async def in_interview(desk: Desk, reply: Media) -> Step | None:
    """Keep a voice note for the station; None where nobody is there who could hear it.

    Nothing is kept of anybody who has not consented yet.
    """
    if reply.kind != "voice" or not reply.file_id or desk.open is None:
        return None
    place = await whereabouts(desk)
    state = state_of(desk.open)
    if place is None or state.at is None or not await _consented(desk):
        return None
    near = await staff_near(desk.tx, desk.world, place, desk.now)
    if not near:
        return None
    if reply.size > LARGEST:
        return Step((VoiceTooLong(),), state)
    case_id, is_new = await _case(desk, desk.open.person_id, place)
    await _add(desk, case_id, desk.open.person_id, state.at, reply.file_id)
    for one in near if is_new else ():
        await outbox.put(desk.tx, one.chat_id, None, Post("voice_came"), desk.now)
    return Step((VoiceKept(),), state, posted=True)


async def passed_to_staff(desk: Desk, talk: Talk, reply: Media) -> Step | None:
    """Pass a voice note on in a talk; None for anything else, or where nobody is known."""
    if reply.kind != "voice" or not reply.file_id or talk.person_id is None:
        return None
    if talk.state == "asking":
        return None
    if reply.size > LARGEST:
        return Step((VoiceTooLong(),), open_state(desk))
    note_id = await _add(desk, talk.case_id, talk.person_id, "", reply.file_id)
    if note_id is None:
        return None
    await tell_staff(desk.tx, talk, Post("voice", talk.number, about=note_id), desk.now)
    return Step((VoicePassed(),), open_state(desk), posted=True)


async def fetch_wanted(database: Database, fetch: Fetch, now: datetime) -> bool:
    """Fetch what was said and not yet kept; return whether there may be more to fetch."""
    async with database.transaction() as tx:
        notes = await voices.wanted(tx, now, now + _AGAIN, _BATCH)
    for note in notes:
        await _fetch(database, fetch, note, now)
    return len(notes) == _BATCH


async def _fetch(database: Database, fetch: Fetch, note: VoiceNote, now: datetime) -> None:
    try:
        content, is_hopeless = await fetch(note.file_id, LARGEST), False
    except LookupError:
        content, is_hopeless = None, True
    if content is None and not is_hopeless and now - note.created_at < _PATIENCE:
        return
    async with database.transaction() as tx:
        if content is not None:
            await voices.keep(tx, note, content)
        else:
            _log.warning("a voice note cannot be kept", extra={"note": note.id})
            await voices.lose(tx, note.id)


async def _consented(desk: Desk) -> bool:
    if desk.open is None:
        return False
    form = await desk.world.shelf.get(desk.tx, desk.open.form_hash)
    return by_role(form, state_of(desk.open).answers).get("consent") == "yes"


async def _case(desk: Desk, person_id: str, place: Place) -> tuple[str, bool]:
    """Return the case that the notes of a person are listed under, and whether it is new."""
    found = await cases.open_about(desk.tx, KIND, person_id)
    if found is not None:
        return found, False
    case_id = await cases.open(
        desk.tx,
        kind=KIND,
        township_id=place.id,
        person_id=person_id,
        chat_id=desk.chat.id,
        now=desk.now,
    )
    return case_id, True


async def _add(
    desk: Desk, case_id: str | None, person_id: str, path: str, file_id: str
) -> str | None:
    key = await people.key_of(desk.tx, person_id)
    if key is None:
        return None
    return await voices.add(
        desk.tx,
        key,
        chat_id=desk.chat.id,
        case_id=case_id,
        path=path,
        file_id=file_id,
        now=desk.now,
    )
