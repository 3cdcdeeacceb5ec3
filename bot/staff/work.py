"""What comes from a chat of the staff: wishes of the desk, and words for a worker in a talk.

The chat may hold an interview too: then typed words are answers, unless a talk goes on.
"""

from dataclasses import replace

from bot.assisted import RUN
from bot.calling import end, tell_worker
from bot.desk import Desk, Step
from bot.errands.opening import menu, open_state
from bot.staff import areas, viewing
from bot.staff.access import staff_of
from bot.staff.accounts import join
from bot.staff.listing import desk_shown
from bot.staff.taking import call_back, finish, hear, take
from conversations.desk_errands import Area, DeskErrand, desk_errand_in
from conversations.lobby.talks import LineLost, TalkClosed, WordsOnly
from conversations.lobby.wishes import errand_in
from conversations.reply import Command, Media, Reply, SharedPhone, Text
from conversations.talk import (
    TalkErrand,
    TalkWish,
    asks_for_console,
    asks_for_desk,
    closes,
    talk_errand_in,
)
from storage import chats, desks, drafts, talks
from storage.outbox import Post
from storage.staff import Staff
from storage.talks import Talk


async def at_desk(desk: Desk, talk: Talk | None, reply: Reply) -> Step | None:
    """Take what somebody of the staff does as such; None for what they do as anybody.

    Args:
        talk: the last one that the chat was in, on either side.
    """
    who = await staff_of(desk)
    if desk.open is not None and desk.open.entered_by not in (None, _actor(who)):
        # Begun by an account that has this chat no more: nobody else is to see it.
        await drafts.drop_entered(desk.tx, desk.open.id)
        desk = replace(desk, open=None)
        if who is not None:
            return await _at_rest(desk, who)
        await chats.unmake_staff(desk.tx, desk.chat.id)
        return Step((await menu(desk),))
    if who is None:
        await chats.unmake_staff(desk.tx, desk.chat.id)
        return None
    if who.viewer_id:
        return await _while_viewing(desk, who, talk, reply)
    own = talk if talk is not None and talk.staff_chat_id == desk.chat.id else None
    errand = talk_errand_in(reply)
    if own is not None and own.state == "open":
        step = await _in_talk(desk, who, own, errand, reply)
        if step is not None:
            return step
    elif own is not None or (talk is None and desk.chat.talk_id is not None):
        await chats.leave_talk(desk.tx, desk.chat.id, desk.chat.talk_id or "")
        if isinstance(reply, Text) and errand is None and desk.open is None:
            return await _at_rest(desk, who, LineLost())
    if isinstance(reply, Text) and asks_for_desk(reply.text):
        errand = TalkErrand(TalkWish.DESK)
    if errand is not None:
        return await _wish(desk, who, errand)
    if isinstance(reply, Command) and reply.name == "start":
        await _wait_no_more(desk)
    step = await _in_area(desk, who, reply)
    if step is not None:
        return step
    return await _at_rest(desk, who) if _is_for_the_desk(desk, talk, reply) else None


async def _while_viewing(desk: Desk, who: Staff, talk: Talk | None, reply: Reply) -> Step | None:
    """Show what somebody asks to see of a desk that is not theirs, and refuse the rest."""
    errand, wish = desk_errand_in(reply), talk_errand_in(reply)
    if errand == viewing.END:
        return await viewing.end(desk, who)
    if not viewing.is_look(errand, wish, areas.LOOKS[errand.area] if errand else ()):
        what = f"{errand.area}.{errand.step}" if errand else str(wish.wish if wish else "")
        return await viewing.refuse(desk, who, what)
    step = None
    if errand is not None:
        step = await areas.act(desk, who, errand)
    elif (wish and wish.wish is TalkWish.DESK) or _is_for_the_desk(desk, talk, reply):
        step = await _at_rest(desk, who)
    return None if step is None else viewing.marked(desk, who, step)


def _actor(who: Staff | None) -> str:
    """Return the account that has this chat, whoever's desk it looks at just now."""
    return "" if who is None else who.viewer_id or who.id


async def staff_errand(desk: Desk, errand: TalkErrand) -> Step | None:
    """Take an invitation; the buttons of a desk mean nothing to anybody else."""
    return await join(desk, errand.argument) if errand.wish is TalkWish.JOIN else None


async def _in_talk(
    desk: Desk, who: Staff, talk: Talk, errand: TalkErrand | None, reply: Reply
) -> Step | None:
    match reply:
        case Text(text=text) if closes(text):
            return await _close(desk, who, talk)
        case Text(text=text) if asks_for_desk(text):
            return None
        case Text(text=text):
            return await _say(desk, who, talk, text)
        case Media() | SharedPhone():
            return Step((WordsOnly(),), open_state(desk))
        case _ if errand is not None and errand.wish is TalkWish.END:
            return await _close(desk, who, talk)
        case _:
            return None


async def _in_area(desk: Desk, who: Staff, reply: Reply) -> Step | None:
    """Take what belongs to an area of the desk: its buttons, and words that it waits for."""
    errand = desk_errand_in(reply)
    if isinstance(reply, Text) and desk.open is None and asks_for_console(reply.text):
        errand = DeskErrand(Area.CONSOLE)
    if errand is not None:
        return await areas.act(desk, who, errand) or await _at_rest(desk, who)
    if isinstance(reply, Text) and desk.open is None and errand_in(reply) is None:
        return await areas.typed(desk, who, reply.text)
    return None


async def _say(desk: Desk, who: Staff, talk: Talk, text: str) -> Step:
    if not text.strip():
        return Step((WordsOnly(),), open_state(desk))
    kept = await talks.say(desk.tx, talk, text, by_staff=True, now=desk.now)
    if kept is None or kept.staff_chat_id != desk.chat.id:
        await chats.leave_talk(desk.tx, desk.chat.id, talk.id)
        return await _at_rest(desk, who, LineLost())
    await tell_worker(desk.tx, kept, Post("said_by_staff", kept.number, text), desk.now)
    return Step((), open_state(desk), posted=True)


async def _close(desk: Desk, who: Staff, talk: Talk) -> Step:
    await end(desk.tx, desk.world, talk, "staff", desk.now)
    await chats.leave_talk(desk.tx, desk.chat.id, talk.id)
    return await _at_rest(desk, who, TalkClosed(talk.number))


async def _wish(desk: Desk, who: Staff, errand: TalkErrand) -> Step | None:
    match errand.wish:
        case TalkWish.JOIN:
            return await join(desk, errand.argument)
        case TalkWish.DESK:
            await desks.clear(desk.tx, desk.chat.id)
            return await _at_rest(desk, who)
        case TalkWish.TAKE:
            await _wait_no_more(desk)
            return await take(desk, who, errand.argument)
        case TalkWish.CALL:
            await _wait_no_more(desk)
            return await call_back(desk, who, errand.argument)
        case TalkWish.HEAR:
            return await hear(desk, who, errand.argument)
        case TalkWish.DONE:
            return await finish(desk, who, errand.argument)
        case _:
            return None


async def _wait_no_more(desk: Desk) -> None:
    """Wait for no words any more; how the person who is filled in for was chosen is kept."""
    state = await desks.get(desk.tx, desk.chat.id)
    if state is not None and state.kind != RUN:
        await desks.clear(desk.tx, desk.chat.id)


def _is_for_the_desk(desk: Desk, talk: Talk | None, reply: Reply) -> bool:
    """Tell whether a greeting, or anything else that asks for nothing, shows the desk."""
    is_caller = talk is not None and talk.is_live and talk.chat_id == desk.chat.id
    if desk.open is not None or is_caller:
        return False
    if isinstance(reply, Command) and reply.name == "start":
        return not reply.argument
    return isinstance(reply, Text) and errand_in(reply) is None


async def _at_rest(desk: Desk, who: Staff, *before: LineLost | TalkClosed) -> Step:
    shown = await desk_shown(desk, who)
    return Step((*before, shown), open_state(desk), posted=bool(before))
