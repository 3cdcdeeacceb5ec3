"""A turn: load, step, save, in one transaction; channels send after the commit."""

import asyncio
import contextlib
import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Final

from bot.calling import break_off
from bot.channel import Address, UpdateId
from bot.closing import settle
from bot.copying import take_copy
from bot.desk import Desk, Later, Step, state_of
from bot.digits import Menus
from bot.errands.clearing import REACH
from bot.errands.language import change_language, speak
from bot.errands.opening import menu, menu_or_begin
from bot.errands.people import tap_of_another
from bot.errands.run import run
from bot.errands.searching import shared_phone
from bot.messages import Outgoing
from bot.news import news
from bot.render.turn import render
from bot.standing import standing
from bot.talking import guide
from bot.world import World
from conversations.dialogue.converse import converse
from conversations.lobby.events import Event
from conversations.lobby.languages import language_in
from conversations.lobby.remarks import remark_on
from conversations.lobby.talks import LookedInVain
from conversations.lobby.wishes import errand_in
from conversations.reply import Command, Reply, Tap
from storage import chats, turns, updates
from storage.chats import Chat
from storage.database import Database
from storage.errors import StorageError
from storage.interviews import OpenInterview
from storage.transaction import Transaction
from storage.turns import Arrival

_SHOWN_EVERY: Final = timedelta(milliseconds=500)
_log = logging.getLogger(__name__)


class ChatTurns:
    """Takes replies of all channels. Chats go side by side; one chat is locked by its row."""

    def __init__(self, database: Database, world: World) -> None:
        self._database = database
        self._world = world
        self._shown: dict[tuple[str, int], tuple[int, ...]] = {}
        self._writing: asyncio.Task[None] | None = None
        self._on_posted: Callable[[], None] | None = None
        self._menus = Menus(world.clock)

    def on_posted(self, act: Callable[[], None]) -> None:
        """Call this whenever a turn was committed that left something for another chat."""
        self._on_posted = act

    async def take(self, address: Address, update: UpdateId, reply: Reply) -> Outgoing | None:
        """Commit one turn and return what to show; None when this update was done before.

        Raises:
            StorageError: the database did not commit; the update is not done.
        """
        now = self._world.clock()
        reply = self._menus.meant(address, reply)

        async def step_in(tx: Transaction, chat: Chat, interview: OpenInterview | None) -> Step:
            spoken = self._world.speaking(chat.language)
            step = await _step(Desk(tx, spoken, now, chat, interview), reply)
            return replace(step, language=step.language or chat.language)

        arrival = Arrival(address.channel, address.address, update.source, update.number, now)
        step = await turns.take(self._database, arrival, step_in)
        if step is None:
            return None
        if step.erased:
            await self._database.scrub()
        if step.posted and self._on_posted is not None:
            self._on_posted()
        texts = self._world.texts.speaking(step.language)
        events = step.events if step.later is None else await self._with_later(step, step.later)
        outgoing = render(events, texts, step.interview, tapped=isinstance(reply, Tap))
        self._menus.note(address, outgoing)
        return outgoing

    async def _with_later(self, step: Step, later: Later) -> tuple[Event, ...]:
        """Return the step's events with what it looks for; it is committed, whatever is found."""
        try:
            return (*step.events, *await later(self._database))
        except StorageError:
            return (*step.events, LookedInVain())

    async def standing(self, address: Address) -> Outgoing:
        """Return what is open in this chat now, changing nothing."""
        return await standing(self._database, self._world, address)

    async def news(self, address: Address) -> Outgoing | None:
        """Return what stands in this chat's talk with the station; None when it is in none."""
        return await news(self._database, self._world, address)

    async def copy(self, address: Address, grant: str) -> str | None:
        """Return the copy of a record that this chat was granted, as a text; None for none."""
        return await take_copy(self._database, self._world, address, grant)

    async def messages_of(self, address: Address) -> list[int]:
        """Return the numbers of the chat's messages that the channel may still delete."""
        await self._write()
        since = self._world.clock() - REACH
        return await updates.messages_of(self._database, address.channel, address.address, since)

    async def sent(self, address: Address, message: int) -> None:
        """Note the number of a message that no reply asked for, so that a chat can be cleared."""
        now = self._world.clock()
        async with self._database.transaction() as tx:
            chat, _ = await chats.load_turn(tx, address.channel, address.address, now)
            noted = UpdateId(f"sent:{chat.id}", message)
            await updates.mark_done(tx, noted.source, noted.number, chat.id, now)
        await self.shown(noted, (message,))

    async def shown(self, update: UpdateId, messages: tuple[int, ...] = ()) -> None:
        """Note that all of this update's messages were accepted; written in batches."""
        self._shown[update.source, update.number] = messages
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write_later())

    async def owed(self, source: str) -> list[tuple[Address, UpdateId]]:
        """Return the chats whose last turn was committed but not shown."""
        return [
            (Address("telegram", owed.address), UpdateId(source, owed.number))
            for owed in await updates.owed(self._database, source)
            if (source, owed.number) not in self._shown
        ]

    async def active_since(self, source: str, outage: timedelta) -> list[Address]:
        """Return the chats that were active in this span before now."""
        since = self._world.clock() - outage
        found = await updates.active_since(self._database, source, since)
        return [Address("telegram", address) for _, address in found]

    async def blocked(
        self, address: Address, update: UpdateId | None, *, is_blocked: bool
    ) -> None:
        """Note that the person blocked the bot, or came back."""
        now = self._world.clock()
        async with self._database.transaction() as tx:
            chat, _ = await chats.load_turn(tx, address.channel, address.address, now)
            if update is not None:
                await updates.mark_done(tx, update.source, update.number, chat.id, now)
            await chats.set_blocked(tx, chat.id, now if is_blocked else None)
            if is_blocked:
                await break_off(tx, self._world, chat, now)
        if update is not None:
            await self.shown(update)

    async def close(self) -> None:
        """Write what was shown and not yet written."""
        if self._writing is not None:
            self._writing.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._writing
        await self._write()

    async def _write_later(self) -> None:
        await asyncio.sleep(_SHOWN_EVERY.total_seconds())
        try:
            await self._write()
        except StorageError:
            _log.warning("what was shown is noted later")

    async def _write(self) -> None:
        batch, self._shown = self._shown, {}
        try:
            await updates.mark_shown(self._database, batch, self._world.clock())
        except BaseException:
            # Cancelled or refused: the next batch tells it again, which changes nothing.
            self._shown = batch | self._shown
            raise


async def _step(desk: Desk, reply: Reply) -> Step:
    guided = await guide(desk, reply)
    if guided is not None:
        return guided
    language = language_in(reply)
    if language is not None:
        return await change_language(desk, language)
    if isinstance(reply, Command):
        desk = await speak(desk, reply.language)
    return replace(await _in_language(desk, reply), language=desk.chat.language)


async def _in_language(desk: Desk, reply: Reply) -> Step:
    errand = errand_in(reply)
    if errand is not None:
        return await run(desk, errand)
    step = await tap_of_another(desk, reply) or await shared_phone(desk, reply)
    if step is not None:
        return step
    if desk.open is None:
        return await _outside(desk, reply)
    form = await desk.world.shelf.get(desk.tx, desk.open.form_hash)
    turn = converse(form, state_of(desk.open), reply, desk.world.setting(desk.now))
    return await settle(desk, desk.open, turn)


async def _outside(desk: Desk, reply: Reply) -> Step:
    """Answer what came while nothing is open; only a greeting begins an interview."""
    remark = remark_on(reply)
    if remark is None:
        return await menu_or_begin(desk)
    return Step((remark, await menu(desk)))
