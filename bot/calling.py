"""Calls for the staff: who is told of a caller, and what both sides hear when a talk changes."""

from datetime import datetime
from typing import Final

from bot.places import Place
from bot.whereabouts import within
from bot.world import World
from conversations.lobby.wishes import tag_of
from storage import cases, outbox, reviews, staff, talks
from storage.chats import Chat
from storage.database import Database
from storage.outbox import Kind, Post
from storage.staff import StaffChat
from storage.talks import Ending, Talk
from storage.transaction import Reading, Transaction

# What the two sides hear when a talk ends by one of these;.
_TOLD_WORKER: Final[dict[Ending, Kind]] = {
    "staff": "left_by_staff",
    "silence": "silent_for_worker",
    "nobody": "nobody_came",
}
_TOLD_STAFF: Final[dict[Ending, Kind]] = {
    "worker": "left_by_worker",
    "silence": "silent_for_staff",
    "unreachable": "unreachable",
}


async def staff_near(
    reading: Reading, world: World, place: Place, now: datetime
) -> list[StaffChat]:
    """Return the chats of those who look after a place: its station, or else its county.

    Of a county, where no township is known, any station may help.
    """
    today = world.today(now)
    if place.level == "county":
        near = [place.id, *within(world.places, place.id)]
        return await staff.reachable(reading, near, today)
    return await staff.reachable(reading, [place.id], today) or await staff.reachable(
        reading, [place.parent_id], today
    )


async def call(tx: Transaction, world: World, talk: Talk, now: datetime) -> int:
    """Tell everybody who may take a talk that somebody waits; return how many were told."""
    place = world.places.by_id.get(talk.place_id or "")
    if place is None:
        return 0
    near = await staff_near(tx, world, place, now)
    told = [one for one in near if one.chat_id != talk.chat_id]
    for one in told:
        await outbox.put(tx, one.chat_id, None, _called(talk, place), now)
    return len(told)


async def tell_others(
    tx: Transaction, world: World, talk: Talk, kind: Kind, now: datetime
) -> None:
    """Tell those who were called, but have not taken the talk, what became of it."""
    place = world.places.by_id.get(talk.place_id or "")
    if place is None:
        return
    for one in await staff_near(tx, world, place, now):
        if one.chat_id not in (talk.staff_chat_id, talk.chat_id):
            await outbox.put(tx, one.chat_id, None, Post(kind, talk.number), now)


async def tell_worker(tx: Transaction, talk: Talk, post: Post, now: datetime) -> None:
    """Tell the worker; a page asks by itself."""
    if talk.channel == "telegram":
        await outbox.put(tx, talk.chat_id, talk.person_id, post, now)


async def tell_staff(tx: Transaction, talk: Talk, post: Post, now: datetime) -> None:
    """Tell whoever of the staff is in the talk."""
    if talk.staff_chat_id is not None:
        await outbox.put(tx, talk.staff_chat_id, talk.person_id, post, now)


async def end(tx: Transaction, world: World, talk: Talk, by: Ending, now: datetime) -> Talk | None:
    """End a talk and tell both sides but the one that ended it; None when it was over before."""
    over = await talks.end(tx, talk.id, by, now)
    if over is None:
        return None
    if by in _TOLD_WORKER:
        kind = _TOLD_WORKER[by]
        await tell_worker(tx, over, Post(kind, over.number, standing=True), now)
    if by in _TOLD_STAFF:
        await tell_staff(tx, over, Post(_TOLD_STAFF[by], over.number), now)
    if talk.state == "waiting" and by != "nobody":
        await tell_others(tx, world, over, "withdrawn", now)
    await _settle_case(tx, talk, by, now)
    return over


async def put_back(tx: Transaction, world: World, talk: Talk, now: datetime) -> None:
    """Let a worker wait for somebody else, because whoever was there cannot go on."""
    again = await talks.put_back(tx, talk.id, now)
    if again is None:
        return
    if await call(tx, world, again, now):
        await tell_worker(tx, again, Post("waits_again", again.number), now)
    else:
        await end(tx, world, again, "nobody", now)


async def break_off(tx: Transaction, world: World, chat: Chat, now: datetime) -> None:
    """Give up what waits for a chat that takes no messages any more, and its talk."""
    await outbox.block(tx, chat.id, now)
    await reviews.call_instead(tx, chat.id, now)
    talk = await talks.get(tx, chat.talk_id)
    if talk is None or not talk.is_live:
        return
    if talk.chat_id == chat.id:
        await end(tx, world, talk, "unreachable", now)
    elif talk.staff_chat_id == chat.id:
        await put_back(tx, world, talk, now)


async def settle_overdue(database: Database, world: World, now: datetime) -> int:
    """End the talks that nobody took in time, or where nobody spoke for long; return how many."""
    rules = world.talks
    async with database.reading() as reading:
        found = await talks.overdue(reading, now - rules.take_within, now - rules.silence)
    for talk in found:
        async with database.transaction() as tx:
            # It may have gone on since it was looked at.
            fresh = await talks.hold(tx, talk.id)
            if fresh is not None and (fresh.state, fresh.last_at) == (talk.state, talk.last_at):
                await end(
                    tx, world, fresh, "nobody" if fresh.state == "waiting" else "silence", now
                )
    return len(found)


async def _settle_case(tx: Transaction, talk: Talk, by: Ending, now: datetime) -> None:
    """Close the case of a talk, unless nobody came: then somebody shall look after it."""
    if talk.case_id is None or by == "nobody":
        return
    was_taken = talk.staff_id is not None
    await cases.close(
        tx,
        talk.case_id,
        by=f"staff:{talk.staff_id}" if was_taken else "system",
        outcome="talked" if was_taken else "withdrawn",
        now=now,
    )


def _called(talk: Talk, place: Place) -> Post:
    return Post("called", talk.number, words=place.name, about=tag_of(talk.id))
