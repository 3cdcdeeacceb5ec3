"""An update on its way: translated, taken as one durable turn, then shown.

Two lanes per chat: turns are committed in the order of their updates, and shown in the order of
their commits, but a commit never waits for an earlier turn's messages to get out.
"""

import asyncio
import logging
from dataclasses import dataclass
from functools import partial
from typing import Final

from bot.channel import Turns, UpdateId
from bot.messages import Message, Outgoing
from bot.telegram.errors import Uncommitted
from bot.telegram.lanes import Lanes
from bot.telegram.outcomes import Blocked, Sent
from bot.telegram.recent import Recent
from bot.telegram.screen import Screen, Shown
from bot.telegram.settings import TelegramSettings
from bot.telegram.translate import Meaning, Membership, Outsider, Spoken, translate
from bot.telegram.wording import Wording
from storage.errors import DatabaseUnavailable, StorageError

log = logging.getLogger(__name__)

# A person who taps on while their chat is halted is answered with what stands, not with all of it.
PILE: Final = 20
TRIES: Final = 5


@dataclass(frozen=True, slots=True)
class Parts:
    """What an intake works with."""

    turns: Turns
    screen: Screen
    wording: Wording


class Intake:
    """Takes raw updates.

    `owing` is set when a committed turn could not be shown; `answered` holds the chats that were
    answered since somebody last cleared it.
    """

    def __init__(self, settings: TelegramSettings, parts: Parts) -> None:
        self._parts = parts
        self._source = settings.source
        self._pause = settings.backoff.total_seconds()
        self.takes = Lanes(settings.width)
        self.shows = Lanes(10 * settings.unsent)
        self.owing = asyncio.Event()
        self.answered = Recent(10_000)
        self._told = Recent(10_000)

    def submit(self, raw: object, *, patient: bool) -> "asyncio.Future[None] | None":
        """Queue an update; the future is done when its turn is committed.

        Order is the order of these calls. None: there is nothing to commit.

        Args:
            patient: wait for a database that does not answer; else the future ends with
                `Uncommitted`, and Telegram will deliver the update again.
        """
        match self._understand(raw):
            case None:
                return None
            case Outsider(chat):
                self._tell_group(chat)
                return None
            case Membership() as change:
                return self._queue(change, patient=patient)
            case Spoken() as spoken:
                return self._queue(spoken, patient=patient)

    def show(self, spoken: Spoken, outgoing: Outgoing, *, is_owed: bool = True) -> None:
        """Queue what a turn shows.

        Args:
            is_owed: the turn was committed, so what became of its messages is noted.
        """
        lane = spoken.address.address
        self.answered.add(lane)
        if self.shows.waiting(lane) >= PILE:
            log.warning("too much waits for one chat", extra={"update": spoken.update.number})
            self.owing.set()
            outgoing, is_owed = Outgoing(hide_reply=outgoing.hide_reply), False
        work = self._show if is_owed else self._parts.screen.show
        done = self.shows.submit(lane, partial(work, spoken, outgoing))
        done.add_done_callback(partial(_report, spoken.update))

    async def note(self, spoken: Spoken, outcome: Shown) -> None:
        """Tell the turns what became of their messages."""
        try:
            match outcome:
                case Sent(messages=made):
                    numbers = [number for number in (*made, spoken.said, spoken.tapped) if number]
                    await self._parts.turns.shown(spoken.update, tuple(dict.fromkeys(numbers)))
                case Blocked():
                    await self._parts.turns.blocked(spoken.address, spoken.update, is_blocked=True)
                case _:
                    log.warning("a turn was not shown", extra={"update": spoken.update.number})
                    self.owing.set()
        except StorageError as error:
            _log_kind("what was shown was not noted", spoken.update, error)
            self.owing.set()

    def _understand(self, raw: object) -> Meaning | None:
        try:
            if not isinstance(raw, dict):
                raise TypeError("an update is an object")
            return translate(raw, self._source)
        # Anything at all may be wrong with an update; one must never stop the others.
        except Exception as error:
            number = raw.get("update_id") if isinstance(raw, dict) else None
            number = number if isinstance(number, int) else -1
            _log_kind("stepped over an update", UpdateId(self._source, number), error)
            return None

    def _queue(self, meaning: Spoken | Membership, *, patient: bool) -> "asyncio.Future[None]":
        work = partial(self._commit, meaning, patient=patient)
        return self.takes.submit(meaning.address.address, work)

    async def _commit(self, meaning: Spoken | Membership, *, patient: bool) -> None:
        pause, tries = self._pause, 1
        while True:
            try:
                return await self._take(meaning)
            except DatabaseUnavailable as error:
                _log_kind("the database did not take a turn", meaning.update, error)
                if not patient:
                    raise Uncommitted from None
            except StorageError as error:
                _log_kind("a turn was not taken", meaning.update, error)
                if tries == TRIES:
                    return self._apologise(meaning)
                tries += 1
            # The last error handler: a fault of ours in one turn must not stop all chats.
            except Exception as error:
                _log_kind("a turn failed", meaning.update, error)
                return self._apologise(meaning)
            await asyncio.sleep(pause)
            pause = min(2 * pause, 30.0)

    async def _take(self, meaning: Spoken | Membership) -> None:
        turns = self._parts.turns
        if isinstance(meaning, Membership):
            await turns.blocked(meaning.address, meaning.update, is_blocked=meaning.is_blocked)
            return
        outgoing = await turns.take(meaning.address, meaning.update, meaning.reply)
        if outgoing is None:
            # Done before, perhaps by a commit whose answer was lost: then it was never shown.
            self.owing.set()
            return
        self.show(meaning, outgoing)

    def _apologise(self, meaning: Spoken | Membership) -> None:
        if isinstance(meaning, Spoken):
            sorry = Outgoing(messages=(Message(self._parts.wording.apology),))
            self.show(meaning, sorry, is_owed=False)

    async def _show(self, spoken: Spoken, outgoing: Outgoing) -> None:
        if outgoing.clear:
            await self._clear(spoken)
        await self.note(spoken, await self._parts.screen.show(spoken, outgoing))

    async def _clear(self, spoken: Spoken) -> None:
        """Delete what was said before; looked up here, in the lane, where all of it is sent."""
        try:
            numbers = await self._parts.turns.messages_of(spoken.address)
        except StorageError as error:
            _log_kind("a chat was not cleared", spoken.update, error)
            return
        said = [number for number in (spoken.said, spoken.tapped) if number]
        await self._parts.screen.clear(spoken.address.address, [*numbers, *said])

    def _tell_group(self, chat: str) -> None:
        if chat in self._told:
            return
        self._told.add(chat)
        sentence = (Message(self._parts.wording.group),)

        done = self.shows.submit(chat, partial(self._parts.screen.send, chat, sentence))
        done.add_done_callback(partial(_report, UpdateId(self._source, -1)))


def _report(update: UpdateId, done: "asyncio.Future[None]") -> None:
    if not done.cancelled() and (error := done.exception()) is not None:
        _log_kind("showing a turn failed", update, error)


def _log_kind(what: str, update: UpdateId, error: BaseException) -> None:
    # Texts of errors may hold a person's words: the kind has to do.
    log.error(what, extra={"update": update.number, "error": type(error).__name__})
