"""A worker's chat while it is handed to the station: words go to the staff until either is done.

A chat knows for nothing whether it may be in a talk (`Chat.talk_id`); whether that talk goes on is
looked up then. A turn writes its own chat only: what the other side shall know is a row of the
talk or of the outbox.
"""

from typing import Final

from bot.asking import ask, go_on, leave
from bot.calling import tell_staff
from bot.desk import Desk, Step
from bot.errands.opening import open_state
from bot.staff.work import at_desk, staff_errand
from bot.voices import in_interview, passed_to_staff
from bot.whereabouts import choices_in, place_said
from bot.world import World
from conversations.lobby.events import Event
from conversations.lobby.remarks import remark_on
from conversations.lobby.talks import LineTaken, PlaceAsked, TalkHeld, TalkOver, TalkStands
from conversations.lobby.wishes import errand_in
from conversations.reply import Media, Reply, SharedPhone, Text
from conversations.talk import TalkErrand, TalkWish, leaves, passed_on, talk_errand_in
from storage import chats, outbox, talks
from storage.outbox import Post
from storage.talks import Talk
from storage.transaction import Reading

_NEWS: Final = TalkErrand(TalkWish.NEWS)


async def guide(desk: Desk, reply: Reply) -> Step | None:
    """Take what belongs to a talk or to the staff; None when it belongs to somebody else."""
    talk = await talks.get(desk.tx, desk.chat.talk_id)
    if desk.chat.staff_id is not None:
        step = await at_desk(desk, talk, reply)
        if step is not None:
            return step
    if desk.chat.talk_id is not None and (talk is None or talk.chat_id == desk.chat.id):
        step = await _in_talk(desk, talk, reply)
        if step is not None:
            return step
    errand = talk_errand_in(reply)
    if errand is not None:
        return await _errand(desk, errand)
    return await in_interview(desk, reply) if isinstance(reply, Media) else None


async def stands(reading: Reading, world: World, talk: Talk) -> TalkStands | PlaceAsked:
    """Return where a talk stands: what the staff said since the worker last spoke."""
    if talk.state == "asking":
        return choices_in(world.places, None)
    heard: list[str] = []
    for line in await talks.lines(reading, talk):
        heard = [*heard, line.words] if line.by_staff else []
    return TalkStands(talk.number, talk.state == "open", tuple(heard), talk.channel == "web")


def over(world: World, talk: Talk) -> TalkOver:
    """Return the event that tells the worker how a talk ended."""
    return TalkOver(talk.ended_by or "staff", world.talks.contact)


async def _errand(desk: Desk, errand: TalkErrand) -> Step | None:
    match errand.wish:
        case TalkWish.HUMAN:
            return await ask(desk, errand.argument)
        case TalkWish.END | TalkWish.NEWS:
            return await go_on(desk)
        case _:
            return await staff_errand(desk, errand)


async def _in_talk(desk: Desk, talk: Talk | None, reply: Reply) -> Step | None:
    if talk is None or not talk.is_live:
        return await _after(desk, talk, reply)
    errand = talk_errand_in(reply)
    if errand is not None:
        return await _wish(desk, talk, errand)
    match reply:
        case Text(text=text) if leaves(text):
            return await _end(desk, talk)
        case Text(text=text) if talk.state == "asking":
            return await _placed_by_words(desk, talk, text)
        case Text(text=text) if errand_in(reply) is None:
            return await _say(desk, talk, text)
        case SharedPhone(number=number) if talk.state != "asking":
            return await _say(desk, talk, number)
        case Media():
            return await passed_to_staff(desk, talk, reply) or _remark(desk, reply)
        case _:
            return Step((TalkHeld(_is_page(desk)),), open_state(desk))


async def _after(desk: Desk, talk: Talk | None, reply: Reply) -> Step | None:
    """A talk that is over: what was typed before one could know that is no answer."""
    await chats.leave_talk(desk.tx, desk.chat.id, desk.chat.talk_id or "")
    if talk is None or not (isinstance(reply, Text) or talk_errand_in(reply) == _NEWS):
        return None
    if not _is_page(desk) and not await outbox.is_waiting(desk.tx, desk.chat.id):
        return None
    return await go_on(desk, over(desk.world, talk))


async def _wish(desk: Desk, talk: Talk, errand: TalkErrand) -> Step:
    match errand.wish:
        case TalkWish.END:
            return await _end(desk, talk)
        case TalkWish.HUMAN if talk.state == "asking":
            return await ask(desk, errand.argument, talk)
        case TalkWish.HUMAN | TalkWish.NEWS:
            return await _show(desk, talk)
        case _:
            return Step((TalkHeld(_is_page(desk)),), open_state(desk))


async def _show(desk: Desk, talk: Talk) -> Step:
    return Step((await stands(desk.tx, desk.world, talk),), open_state(desk))


async def _end(desk: Desk, talk: Talk) -> Step:
    await leave(desk, talk)
    step = await go_on(desk, TalkOver("worker"))
    return Step(step.events, step.interview, posted=True)


async def _placed_by_words(desk: Desk, talk: Talk, text: str) -> Step:
    """Take typed words as the name of a township or county."""
    found = place_said(desk.world.places, text)
    if found is not None:
        return await ask(desk, found.id, talk)
    asked = choices_in(desk.world.places, None)
    unknown = PlaceAsked(asked.level, asked.places, is_unknown=True)
    return Step((unknown,), open_state(desk))


async def _say(desk: Desk, talk: Talk, text: str) -> Step:
    words = passed_on(text)
    if not words.strip():
        return await _show(desk, talk)
    kept = await talks.say(desk.tx, talk, words, by_staff=False, now=desk.now)
    if kept is None:
        await chats.leave_talk(desk.tx, desk.chat.id, talk.id)
        ended = await talks.get(desk.tx, talk.id)
        before: tuple[Event, ...] = () if ended is None else (over(desk.world, ended),)
        return await go_on(desk, *before)
    await tell_staff(desk.tx, kept, Post("said_by_worker", kept.number, words), desk.now)
    taken = LineTaken(kept.state == "open", words != text, _is_page(desk))
    return Step((taken,), open_state(desk), posted=True)


def _remark(desk: Desk, reply: Reply) -> Step:
    remark = remark_on(reply)
    return Step(() if remark is None else (remark,), open_state(desk))


def _is_page(desk: Desk) -> bool:
    return desk.chat.channel == "web"
