"""The border between channels and turns: who speaks, and what takes their reply."""

from dataclasses import dataclass
from typing import Literal, Protocol

from bot.messages import Outgoing
from conversations.reply import Reply

ChannelName = Literal["telegram", "web"]


@dataclass(frozen=True, slots=True)
class Address:
    """Where a chat is reached: Telegram chat id, or the web page's chat token. Never logged."""

    channel: ChannelName
    address: str


@dataclass(frozen=True, slots=True)
class UpdateId:
    """The channel's own number of this input: a repeated one changes nothing.

    `source` is the bot's id for Telegram ("123456"), "web" for the page; `number` is the update
    id, or for the page a random 63-bit number made with each form that was served.
    """

    source: str
    number: int


class Turns(Protocol):
    """Takes replies, one durable turn each. Implemented by bot/turns.py."""

    async def take(self, address: Address, update: UpdateId, reply: Reply) -> Outgoing | None:
        """Commit one turn and return what to show; None when this update was done before.

        Raises:
            storage.errors.StorageError: the database did not commit; the update is not done.
        """
        ...

    async def standing(self, address: Address) -> Outgoing:
        """Return what is open in this chat now, changing nothing (reload, after a crash)."""
        ...

    async def shown(self, update: UpdateId, messages: tuple[int, ...] = ()) -> None:
        """Note that the channel accepted all of this update's messages: nothing is owed now.

        Args:
            messages: the channel's numbers of these, and of the person's own.
        """
        ...

    async def messages_of(self, address: Address) -> list[int]:
        """Return the numbers of the chat's messages that the channel may still delete."""
        ...

    async def copy(self, address: Address, grant: str) -> str | None:
        """Return the copy of a record that this chat was granted, as a text; None for none."""
        ...

    async def owed(self, source: str) -> list[tuple[Address, UpdateId]]:
        """Return the chats whose last turn was committed but not shown (after a crash)."""
        ...

    async def blocked(
        self, address: Address, update: UpdateId | None, *, is_blocked: bool
    ) -> None:
        """Note that the person blocked the bot, or came back (403, my_chat_member)."""
        ...
