"""Brings posts to the chats they are for: at once after the commit, and by a ticker what was left.

One task per chat, so that a chat that is halted holds up nobody else; at least once, in order.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any, Final

from bot.channel import Address
from bot.messages import Message
from bot.render.posts import post_message
from bot.staff.followups_counting import brought
from bot.standing import standing
from bot.telegram.outcomes import Blocked, Delivery, RetryAt, Sent, Unknown
from bot.voices import Fetch, fetch_wanted
from bot.world import World
from storage import chats, outbox, voices
from storage.database import Database
from storage.errors import StorageError
from storage.outbox import Letter, Post

Send = Callable[[Address, Message], Awaitable[Delivery]]
# To whom, the id of a voice note and, where we have them, its bytes; and what is said with it.
SendVoice = Callable[[Address, str, bytes | None, str], Awaitable[Delivery]]

EVERY: Final = 3.0
_BATCH: Final = 50
_STALE: Final = timedelta(minutes=1)
_AGAIN: Final = timedelta(seconds=2)
_TRIES: Final = 10
# Lines that pile up for one chat share a message: Telegram takes one a second there.
_JOINED: Final = ("said_by_worker", "said_by_staff")
_LONGEST: Final = 3000
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Carrier:
    """What a channel does for posts."""

    send: Send
    send_voice: SendVoice
    fetch: Fetch


class Outbox:
    """Sends what waits. Several processes may do so at once: rows are claimed."""

    def __init__(self, database: Database, world: World, carrier: Carrier) -> None:
        self._database = database
        self._world = world
        self._carrier = carrier
        self._kicked = asyncio.Event()
        self._under_way: set[asyncio.Task[bool]] = set()
        self._fetching: asyncio.Task[bool] | None = None

    def kick(self) -> None:
        """Look now: something was written."""
        self._kicked.set()

    async def run(self) -> None:
        """Send until cancelled; then what is under way is finished."""
        try:
            while True:
                await self._look()
                self._kicked.clear()
                try:
                    async with asyncio.timeout(EVERY):
                        await self._kicked.wait()
                except TimeoutError:
                    await self._free_stale()
        finally:
            await self._finish()

    async def drain(self) -> None:
        """Send until nothing more can be sent now."""
        while await self.round(self._world.clock()):
            await self._finish()
        await self._finish()

    async def round(self, now: datetime) -> int:
        """Begin to send what may be sent now, and to fetch voice notes; return how many posts."""
        async with self._database.transaction() as tx:
            letters = await outbox.claim(tx, now, _BATCH)
        of_chat = sorted(letters, key=lambda letter: letter.chat_id)
        for chat_id, group in groupby(of_chat, key=lambda letter: letter.chat_id):
            self._begin(self._deliver(chat_id, list(group)))
        if self._fetching is None or self._fetching.done():
            fetch = fetch_wanted(self._database, self._carrier.fetch, now)
            self._fetching = self._begin(fetch)
        return len(letters)

    def _begin(self, work: Coroutine[Any, Any, bool]) -> asyncio.Task[bool]:
        task = asyncio.create_task(work)
        self._under_way.add(task)
        task.add_done_callback(self._done)
        return task

    def _done(self, task: asyncio.Task[bool]) -> None:
        self._under_way.discard(task)
        if not task.cancelled() and task.exception() is None and task.result():
            # There may be more for the same chat, which nobody else looks at meanwhile.
            self._kicked.set()
        if not task.cancelled() and (error := task.exception()) is not None:
            # What was claimed waits again when the claim went stale.
            _log.error("a post was not sent", extra={"error": type(error).__name__})

    async def _look(self) -> None:
        try:
            await self.round(self._world.clock())
        except StorageError as error:
            _log.warning("the outbox is looked at later", extra={"error": type(error).__name__})

    async def _free_stale(self) -> None:
        try:
            async with self._database.transaction() as tx:
                await outbox.settle_stale(tx, self._world.clock() - _STALE)
        except StorageError as error:
            _log.warning("the outbox is looked at later", extra={"error": type(error).__name__})

    async def _finish(self) -> None:
        if self._under_way:
            await asyncio.wait(set(self._under_way))

    async def _deliver(self, chat_id: str, letters: list[Letter]) -> bool:
        """Send what was claimed for a chat; True when all of it is settled."""
        async with self._database.reading() as reading:
            chat = await chats.get(reading, chat_id)
        if chat is None or chat.channel != "telegram":
            await self._settle(letters, "failed")
            return True
        address, world = Address("telegram", chat.address), self._world.speaking(chat.language)
        left = letters
        for bundle in _bundles(letters):
            outcome = await self._send(address, world, bundle)
            if not await self._note(bundle, left, outcome):
                return False
            left = left[len(bundle) :]
        return True

    async def _note(
        self, bundle: Sequence[Letter], left: Sequence[Letter], outcome: Delivery
    ) -> bool:
        """Note what became of a bundle; False when the rest of the chat has to wait."""
        now = self._world.clock()
        match outcome:
            case Sent():
                await self._settle(bundle, "sent")
            case Blocked():
                return False
            case RetryAt(at):
                await self._put_off(left, max(at, now + _AGAIN))
                return False
            case Unknown() if bundle[0].attempts < _TRIES:
                await self._put_off(left, now + _AGAIN)
                return False
            case _:
                await self._settle(bundle, "failed")
        return True

    async def _settle(self, letters: Sequence[Letter], state: outbox.Settled) -> None:
        numbers = [letter.number for letter in letters]
        async with self._database.transaction() as tx:
            await outbox.settle(tx, numbers, state, self._world.clock())

    async def _put_off(self, letters: Sequence[Letter], until: datetime) -> None:
        async with self._database.transaction() as tx:
            await outbox.put_off(tx, [letter.number for letter in letters], until)

    async def _send(self, address: Address, world: World, bundle: Sequence[Letter]) -> Delivery:
        post = _joined(bundle)
        if post is None:
            return Sent()
        if post.kind == "voice":
            return await self._send_voice(address, world, post)
        messages = await self._messages(address, world, bundle[0].chat_id, post)
        outcome: Delivery = Sent()
        for message in messages:
            outcome = await self._carrier.send(address, message)
            if not isinstance(outcome, Sent):
                return outcome
        return outcome

    async def _messages(
        self, address: Address, world: World, chat_id: str, post: Post
    ) -> tuple[Message, ...]:
        """Return what a post is in words; a count is made now, beside all turns."""
        if post.kind == "counted":
            return await brought(self._database, world, chat_id, post)
        message = post_message(world.texts, post, world.talks.contact)
        if not post.standing:
            return (message,)
        return (message, *(await standing(self._database, world, address)).messages)

    async def _send_voice(self, address: Address, world: World, post: Post) -> Delivery:
        async with self._database.reading() as reading:
            note = await voices.get(reading, post.about)
            content = await voices.content_of(reading, note) if note else None
        if note is None:
            return Sent()
        caption = post_message(world.texts, post).text
        return await self._carrier.send_voice(address, note.file_id, content, caption)


def _bundles(letters: Sequence[Letter]) -> Iterator[list[Letter]]:
    """Yield what goes out together: lines of one kind that fit in a message, else one by one."""
    bundle: list[Letter] = []
    for letter in letters:
        if bundle and not _fits(bundle, letter):
            yield bundle
            bundle = []
        bundle.append(letter)
    if bundle:
        yield bundle


def _fits(bundle: Sequence[Letter], letter: Letter) -> bool:
    first, post = bundle[0].post, letter.post
    if first is None or post is None or post.kind not in _JOINED:
        return False
    length = sum(len(one.post.words) for one in bundle if one.post) + len(post.words)
    return (first.kind, first.number) == (post.kind, post.number) and length <= _LONGEST


def _joined(bundle: Sequence[Letter]) -> Post | None:
    posts = [letter.post for letter in bundle if letter.post is not None]
    if not posts:
        return None
    return replace(posts[0], words="\n".join(post.words for post in posts))
