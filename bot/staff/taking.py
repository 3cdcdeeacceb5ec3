"""Taking a caller, calling back, hearing a voice note, taking an entry off the list."""

from bot.calling import tell_others, tell_worker
from bot.desk import Desk, Step
from bot.errands.opening import open_state
from bot.staff.access import about, is_granted
from bot.staff.listing import KINDS, caller_named, case_named, desk_shown
from conversations.lobby.events import Event
from conversations.lobby.talks import (
    CaseDone,
    CaseMissed,
    LineShown,
    TalkBusy,
    TalkMissed,
    TalkTaken,
    VoiceSent,
)
from conversations.scope import Action
from conversations.xform.session import Session
from storage import cases, chats, outbox, talks, voices
from storage.cases import Case
from storage.outbox import Post
from storage.staff import Staff
from storage.talks import Talk
from storage.voices import VoiceNote


async def take(desk: Desk, who: Staff, tag: str) -> Step:
    """Give a waiting caller to this chat, unless somebody was quicker."""
    if await _is_talking(desk):
        return Step((TalkBusy(is_other=False),), open_state(desk))
    talk = await caller_named(desk, who, tag)
    if talk is None or not await is_granted(
        desk, who, Action.TALK, talk.place_id, about(talk.person_id, talk.chat_id)
    ):
        return await _at_list(desk, who, TalkMissed())
    taken = await talks.take(desk.tx, talk.id, who.id, desk.chat.id, desk.now)
    if taken is None:
        return await _at_list(desk, who, TalkMissed())
    await tell_worker(desk.tx, taken, Post("taken", taken.number), desk.now)
    await tell_others(desk.tx, desk.world, taken, "taken_by_other", desk.now)
    await _send_voices(desk, taken)
    lines = await talks.lines(desk.tx, taken)
    told = tuple(LineShown(line.by_staff, line.words) for line in lines)
    return Step((TalkTaken(taken.number, told),), open_state(desk), posted=True)


async def call_back(desk: Desk, who: Staff, tag: str) -> Step:
    """Begin a talk with somebody who asked for one when nobody was there."""
    if await _is_talking(desk):
        return Step((TalkBusy(is_other=False),), open_state(desk))
    case = await case_named(desk, who, tag)
    chat = await chats.get(desk.tx, case.chat_id) if case and case.chat_id else None
    if case is None or chat is None or chat.channel != "telegram" or chat.id == desk.chat.id:
        return await _at_list(desk, who, CaseMissed())
    before = await talks.get(desk.tx, chat.talk_id)
    if before is not None and before.is_live:
        return Step((TalkBusy(is_other=True),), open_state(desk))
    whom = about(case.person_id, chat.id)
    if not await is_granted(desk, who, Action.TALK, case.township_id, whom):
        return await _at_list(desk, who, CaseMissed())
    talk = await talks.begin(
        desk.tx,
        chat_id=chat.id,
        was_in=chat.talk_id,
        channel=chat.channel,
        person_id=case.person_id,
        place_id=case.township_id,
        case_id=case.id if case.kind == "human" else None,
        now=desk.now,
    )
    taken = await talks.take(desk.tx, talk.id, who.id, desk.chat.id, desk.now)
    if taken is None:
        return await _at_list(desk, who, TalkMissed())
    await tell_worker(desk.tx, taken, Post("called_back", taken.number), desk.now)
    return Step((TalkTaken(taken.number, (), is_call=True),), open_state(desk), posted=True)


async def hear(desk: Desk, who: Staff, tag: str) -> Step:
    """Send the voice notes of a case to this chat."""
    case = await case_named(desk, who, tag, "voice")
    if case is None or not await _granted(desk, who, Action.HEAR, case):
        return await _at_list(desk, who, CaseMissed())
    notes = await voices.of_case(desk.tx, case.id)
    for note in notes:
        words = _question(desk, note)
        post = Post("voice", words=words, about=note.id)
        await outbox.put(desk.tx, desk.chat.id, note.person_id, post, desk.now)
    return Step((VoiceSent(len(notes), tag),), open_state(desk), posted=True)


async def finish(desk: Desk, who: Staff, tag: str) -> Step:
    """Take an entry off the list; a case of the work list ends by its outcomes only."""
    case = await case_named(desk, who, tag)
    if case is None or case.kind not in KINDS or not await _granted(desk, who, Action.CLOSE, case):
        return await _at_list(desk, who, CaseMissed())
    await cases.close(desk.tx, case.id, by=f"staff:{who.id}", now=desk.now)
    return await _at_list(desk, who, CaseDone())


async def _granted(desk: Desk, who: Staff, action: Action, case: Case) -> bool:
    whom = about(case.person_id, case.chat_id or "")
    return await is_granted(desk, who, action, case.township_id, whom)


async def _is_talking(desk: Desk) -> bool:
    """Tell whether this chat is in a talk on either side."""
    talk = await talks.get(desk.tx, desk.chat.talk_id)
    if talk is None or not talk.is_live:
        return False
    return desk.chat.id in (talk.chat_id, talk.staff_chat_id)


async def _send_voices(desk: Desk, talk: Talk) -> None:
    """Send what the caller said aloud while nobody was there."""
    for note in await voices.of_case(desk.tx, talk.case_id) if talk.case_id else []:
        post = Post("voice", talk.number, about=note.id)
        await outbox.put(desk.tx, desk.chat.id, note.person_id, post, desk.now)


def _question(desk: Desk, note: VoiceNote) -> str:
    """Return what was asked when the note was spoken, "" when the form has changed since."""
    form = desk.world.shelf.current
    if note.path not in form.by_path:
        return ""
    return Session(form, now=desk.world.setting(desk.now).now).question(note.path).label


async def _at_list(desk: Desk, who: Staff, *before: Event) -> Step:
    return Step((*before, await desk_shown(desk, who)), open_state(desk))
