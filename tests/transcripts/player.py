"""Plays a transcript: reads its `>` lines, speaks them to the real turns, writes all down.

A line `> [小学]` is a tap on the newest button with that label, `> /me` a command,
`> {photo}` a medium, `> {phone own 1…}` a shared contact, `> {restart}` a new process on the
same database, `> {366 days later}` a wait, `> {chat 2}` goes to another chat, `> {roster code}`
types a code for somebody on the roster, `> {take-over code}` one for the last receipt,
`> {reminders}` is a round of reminders; anything else is typed.
"""

import itertools
import re
from collections.abc import Awaitable, Callable

from bot.channel import Address, Turns, UpdateId
from bot.messages import Button, Message, Outgoing
from conversations.buttons import decode
from conversations.reply import Command, Media, Reply, SharedPhone, Tap, Text

Restart = Callable[[], Awaitable[Turns]]
Wait = Callable[[int], None]
Remind = Callable[[], Awaitable[list[Message]]]
Office = Callable[[str, str], Awaitable[str]]
_MEDIUM = re.compile(r"\{(photo|voice|sticker|location|document)\}")
_DAYS = re.compile(r"\{(\d+) days later\}")
_CODE = re.compile(r"\b[2-9A-HJ-NP-Z]{5}-[2-9A-HJ-NP-Z]{5}\b")
_CHAT = re.compile(r"\{chat (\d)\}")
_HANDED = re.compile(r"\{(roster|take-over) code\}")
_REFERENCE = re.compile(r"回执号：([0-9A-Z-]+)")
_PHONE = re.compile(r"\{phone (own|other) (\d+)\}")


class Player:
    """One chat with the bot, from outside: it knows labels, never data."""

    def __init__(
        self,
        turns: Turns,
        address: Address,
        *,
        restart: Restart,
        wait: Wait,
        office: Office,
        remind: Remind,
    ) -> None:
        self.turns = turns
        self.address = address
        self.restart = restart
        self.wait = wait
        self.office = office
        self.remind = remind
        self.reference = ""
        self.numbers = itertools.count(1)
        self.shown: list[Message] = []

    async def play(self, script: list[str]) -> str:
        """Return the whole transcript of these `>` lines."""
        lines: list[str] = []
        for said in script:
            lines += [f"> {said}", ""]
            if said == "{restart}":
                self.turns = await self.restart()
                continue
            if found := _DAYS.fullmatch(said):
                self.wait(int(found[1]))
                continue
            if said == "{reminders}":
                lines += self._written(Outgoing(await self._reminded()))
                continue
            if found := _CHAT.fullmatch(said):
                self.address = Address("telegram", f"100{found[1]}")
                continue
            found = _HANDED.fullmatch(said)
            words = await self.office(found[1], self.reference) if found else said
            try:
                lines += self._written(await self.say(words))
            except LookupError as missing:
                lines += [f"!!! {missing}", ""]
        return _CODE.sub("XXXXX-XXXXX", "\n".join(lines)).rstrip() + "\n"

    async def say(self, said: str) -> Outgoing:
        """Send one line of the worker and return what the bot shows."""
        outgoing = await self.turns.take(
            self.address, UpdateId("test", next(self.numbers)), self.reply(said)
        )
        assert outgoing is not None, said
        if outgoing.redraw is not None:
            self.shown.append(outgoing.redraw)
        self.shown += outgoing.messages
        for message in outgoing.messages:
            if found := _REFERENCE.search(message.text):
                self.reference = found[1]
        return outgoing

    async def _reminded(self) -> tuple[Message, ...]:
        sent = tuple(await self.remind())
        self.shown += sent
        return sent

    def reply(self, said: str) -> Reply:
        """Return what a channel would make of this line."""
        if found := _MEDIUM.fullmatch(said):
            return Media(found[1])  # type: ignore[arg-type]
        if found := _PHONE.fullmatch(said):
            return SharedPhone(found[2], own=found[1] == "own")
        if said.startswith("["):
            return Tap(decode(self.button(said[1:-1]).data))
        if said.startswith("/"):
            name, _, argument = said[1:].partition(" ")
            return Command(name, argument)
        return Text(said)

    def button(self, label: str) -> Button:
        """Return the newest button with this label."""
        for message in reversed(self.shown):
            for row in message.rows:
                for button in row:
                    if button.label == label:
                        return button
        raise LookupError(f"no button {label!r} among {self.labels()}")

    def labels(self) -> list[str]:
        """Return the labels of the newest message."""
        rows = self.shown[-1].rows if self.shown else ()
        return [button.label for row in rows for button in row]

    def _written(self, outgoing: Outgoing) -> list[str]:
        lines: list[str] = []
        if outgoing.toast:
            lines.append(f"({outgoing.toast})")
        if outgoing.hide_reply:
            lines.append("(the worker's message is deleted)")
        if outgoing.settle:
            lines += ["(in place of the buttons)", *_indented(outgoing.settle)]
        if outgoing.redraw:
            lines += ["(redrawn)", *_message(outgoing.redraw)]
        for message in outgoing.messages:
            lines += _message(message)
        return [*lines, ""] if lines else lines


def _message(message: Message) -> list[str]:
    lines = _indented(message.text)
    for row in message.rows:
        lines.append("  " + " ".join(f"[{button.label}]" for button in row))
    return lines


def _indented(text: str) -> list[str]:
    return [f"  {line}".rstrip() for line in text.split("\n")]
