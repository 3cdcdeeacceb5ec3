"""Where a chat stands, without a turn: for a reloaded page and after a crash."""

from dataclasses import replace

from bot.channel import Address
from bot.desk import state_of
from bot.household import drafts_of, names_of_taken
from bot.known import people_of
from bot.messages import Outgoing
from bot.render.turn import render
from bot.talking import stands
from bot.world import World
from conversations.dialogue.converse import look
from conversations.lobby.events import MenuShown
from storage import chats, talks
from storage.chats import Chat
from storage.database import Database
from storage.interviews import OpenInterview
from storage.talks import Talk
from storage.transaction import Reading


async def standing(database: Database, world: World, address: Address) -> Outgoing:
    """Return the open question, or the menu; nothing is written."""
    async with database.reading() as reading:
        return await standing_in(reading, world, address)


async def standing_in(reading: Reading, world: World, address: Address) -> Outgoing:
    """Return the same as seen by somebody who is reading already."""
    found = await chats.look(reading, address.channel, address.address)
    if found is None:
        nobodys = render((MenuShown(()),), world.texts, None, tapped=False)
        return replace(nobodys, language="")
    chat, stored = found
    world = world.speaking(chat.language)
    talk = await talks.get(reading, chat.talk_id)
    if talk is not None and talk.is_live and talk.chat_id == chat.id:
        return await _talk(reading, world, talk)
    if stored is None:
        return await _menu(reading, world, chat)
    return await _open(reading, world, stored)


async def _menu(reading: Reading, world: World, chat: Chat) -> Outgoing:
    now = world.clock()
    known = await people_of(reading, world, chat.id, now)
    drafts = await drafts_of(reading, world, chat.id, now)
    taken = await names_of_taken(reading, world, chat.id)
    people, begun = (one.shown for one in known), (draft.member for draft in drafts)
    shown = MenuShown(tuple(people), tuple(begun), taken)
    return render((shown,), world.texts, None, tapped=False)


async def _talk(reading: Reading, world: World, talk: Talk) -> Outgoing:
    event = await stands(reading, world, talk)
    return render((event,), world.texts, None, tapped=False)


async def _open(reading: Reading, world: World, stored: OpenInterview) -> Outgoing:
    form = await world.shelf.get(reading, stored.form_hash)
    state = state_of(stored)
    turn = look(form, state, world.setting(world.clock()))
    # The buttons must carry the revision that is stored, for nothing is stored here.
    drawn = turn.interview.with_changes(revision=state.revision)
    return render(turn.events, world.texts, drawn, tapped=False)
