"""A station beside the chats: its staff in chats of their own, and what is brought to each."""

import itertools
from dataclasses import dataclass, field
from datetime import timedelta

from bot.calling import settle_overdue
from bot.channel import Address, ChannelName, UpdateId
from bot.messages import Message, Outgoing
from bot.outbox import Carrier, Outbox
from bot.staff.accounts import invite
from bot.telegram.outcomes import Blocked, Delivery, Sent
from conversations.reply import Reply
from tests.transcripts.stage import Stage
from tests.turns.chat import Chat

# The hukou of all standard people is in this township.
TOWNSHIP = "t0727"
_NUMBERS = itertools.count(1_000_000)


@dataclass
class Phones:
    """In the place of Telegram: brings messages to the chats, and answers as it is told."""

    chats: dict[str, "Phone"] = field(default_factory=dict)
    outcomes: list[Delivery] = field(default_factory=list)
    blocked: set[str] = field(default_factory=set)
    files: dict[str, bytes] = field(default_factory=dict)
    voices: list[tuple[str, str, bytes | None, str]] = field(default_factory=list)

    async def send(self, address: Address, message: Message) -> Delivery:
        """Put a message into a chat."""
        outcome = self.outcomes.pop(0) if self.outcomes else Sent()
        chat = self.chats[address.address]
        if address.address in self.blocked:
            outcome = Blocked()
            await chat.turns.blocked(address, None, is_blocked=True)
        if isinstance(outcome, Sent):
            chat.shown.append(message)
            chat.brought.append(message.text)
        return outcome

    async def send_voice(
        self, address: Address, file_id: str, content: bytes | None, caption: str
    ) -> Delivery:
        """Play a voice note in a chat."""
        self.voices.append((address.address, file_id, content, caption))
        return Sent()

    async def fetch(self, file_id: str, most: int) -> bytes | None:
        """Return a file."""
        content = self.files.get(file_id)
        if content is not None and len(content) > most:
            raise LookupError(file_id)
        return content

    def outbox(self, stage: Stage) -> Outbox:
        """Return an outbox as a process has one."""
        carrier = Carrier(self.send, self.send_voice, self.fetch)
        return Outbox(stage.database, stage.world, carrier)

    async def bring(self, stage: Stage) -> None:
        """Deliver all that waits."""
        await self.outbox(stage).drain()


class Phone(Chat):
    """A chat that others write into: `brought` is what came without an own turn."""

    def __init__(
        self, stage: Stage, phones: Phones, address: str, channel: ChannelName = "telegram"
    ) -> None:
        super().__init__(stage, address, channel)
        self.phones = phones
        self.brought: list[str] = []
        phones.chats[address] = self

    async def take(self, reply: Reply, number: int | None = None) -> Outgoing:
        """Send a reply; what it leaves for others is brought to them. It may be answered by none.

        In a talk a chat shows by itself what was sent, so nothing more needs to be said.
        """
        update = UpdateId("test", next(_NUMBERS) if number is None else number)
        outgoing = await self.turns.take(self.address, update, reply)
        assert outgoing is not None
        self.shown += [outgoing.redraw] if outgoing.redraw else []
        self.shown += outgoing.messages
        await self.phones.bring(self.stage)
        return outgoing

    def news(self) -> list[str]:
        """Return what was brought since the last look."""
        brought, self.brought = self.brought, []
        return brought


@dataclass
class Office:
    """A worker on a phone and two of the staff of one station."""

    stage: Stage
    phones: Phones
    worker: Phone
    clerk: Phone
    other: Phone

    async def time_goes_by(self, span: timedelta) -> None:
        """Let time go by, and the program look at what is overdue."""
        self.stage.clock.now += span
        await settle_overdue(self.stage.database, self.stage.world, self.stage.clock())
        await self.phones.bring(self.stage)


async def previewed(clerk: Phone, label: str) -> str:
    """Tap what has a follow-up counted; return the preview, which comes by itself."""
    clerk.news()
    counting = await clerk.tap(label)
    assert "正在数人" in counting.messages[-1].text
    (preview,) = clerk.news()
    return preview


async def staff_phone(stage: Stage, phones: Phones, address: str, name: str = "") -> Phone:
    """Return a chat that joined the station by an invitation."""
    place = stage.world.places.by_id[TOWNSHIP]
    invitation = await invite(
        stage.database,
        place,
        name=name,
        valid=timedelta(days=7),
        actor="test",
        now=stage.clock(),
    )
    phone = Phone(stage, phones, address)
    await phone.command("staff", invitation.code)
    return phone


async def office(stage: Stage, channel: ChannelName = "telegram") -> Office:
    """Return an office that is open, and a worker who has not said anything yet."""
    phones = Phones()
    clerk = await staff_phone(stage, phones, "2001")
    other = await staff_phone(stage, phones, "2002")
    return Office(stage, phones, Phone(stage, phones, "1001", channel), clerk, other)
