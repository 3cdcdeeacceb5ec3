"""A questionnaire without end: an honest, small implementation of `Turns` in memory.

It numbers its questions, repeats what was said, and keeps a journal file when it is given one, so
that what it committed outlives its process.
"""

import asyncio
import json
from collections import defaultdict
from datetime import timedelta
from pathlib import Path

from bot.channel import Address, UpdateId
from bot.messages import Button, Message, Outgoing
from conversations.buttons import Press, Verb, encode
from conversations.reply import Command, Media, Reply, SharedPhone, Tap, Text


class EchoTurns:
    """Turns of an echo. `said` is what was committed, by chat and in order."""

    def __init__(self, journal: Path | None = None) -> None:
        self.said: defaultdict[str, list[str]] = defaultdict(list)
        self.begun: list[int] = []
        self.committed: list[int] = []
        self.owing: dict[UpdateId, Address] = {}
        self.messages: dict[UpdateId, tuple[int, ...]] = {}
        self.blocks: list[tuple[str, bool]] = []
        self.failures: list[Exception] = []
        self.lost_answers: list[Exception] = []
        self.gates: dict[str, asyncio.Event] = {}
        self._done: set[UpdateId] = set()
        self._journal = journal
        if journal is not None and journal.exists():
            for line in journal.read_text("utf-8").splitlines():
                self._keep(*json.loads(line))

    async def take(self, address: Address, update: UpdateId, reply: Reply) -> Outgoing | None:
        self.begun.append(update.number)
        if self.failures:
            raise self.failures.pop(0)
        if address.address in self.gates:
            await self.gates[address.address].wait()
        if update in self._done:
            return None
        words = _words(reply)
        if self._journal is not None:
            with self._journal.open("a", encoding="utf-8") as file:
                file.write(json.dumps([address.address, update.source, update.number, words]))
                file.write("\n")
        self._keep(address.address, update.source, update.number, words)
        if self.lost_answers:
            raise self.lost_answers.pop(0)
        return self._respond(address, reply, words)

    async def standing(self, address: Address) -> Outgoing:
        return Outgoing(messages=(self._question(address),))

    async def shown(self, update: UpdateId, messages: tuple[int, ...] = ()) -> None:
        self.owing.pop(update, None)
        self.messages[update] = messages

    async def sent(self, address: Address, message: int) -> None:
        self.messages[UpdateId("sent", message)] = (message,)

    async def messages_of(self, address: Address) -> list[int]:
        return [number for numbers in self.messages.values() for number in numbers]

    async def copy(self, address: Address, grant: str) -> str | None:
        return None

    async def owed(self, source: str) -> list[tuple[Address, UpdateId]]:
        return [(address, update) for update, address in self.owing.items()]

    async def active_since(self, source: str, outage: timedelta) -> list[Address]:
        return [Address("telegram", chat) for chat in self.said]

    async def blocked(
        self, address: Address, update: UpdateId | None, *, is_blocked: bool
    ) -> None:
        self.blocks.append((address.address, is_blocked))
        for owed in [owed for owed, chat in self.owing.items() if chat == address]:
            del self.owing[owed]

    def _keep(self, chat: str, source: str, number: int, words: str) -> None:
        update = UpdateId(source, number)
        self._done.add(update)
        self.committed.append(number)
        self.said[chat].append(words)
        self.owing[update] = Address("telegram", chat)

    def _question(self, address: Address) -> Message:
        number = len(self.said[address.address])
        button = Button("好", encode(Press(Verb.ANSWER, 1, number, number, "yes")), "success")
        return Message(f"第{number}问", ((button,),))

    def _respond(self, address: Address, reply: Reply, words: str) -> Outgoing:
        question = self._question(address)
        match reply:
            case Tap(None):
                return Outgoing(toast="这个按钮不能用了")
            case Tap(Press(verb=Verb.PAGE)):
                return Outgoing(redraw=question)
            case Tap(Press(verb=Verb.TOGGLE)):
                return Outgoing(redraw=Message("不变", ((Button("好", "same"),),)))
            case Tap():
                return Outgoing((question,), toast="好", settle=f"答了{words}")
            case Text("电话"):
                return Outgoing((Message("您的手机号？", question.rows, ask_phone=True),))
            case Text("号码"):
                return Outgoing((question,), hide_reply=True)
            case Text("清空"):
                return Outgoing((question,), clear=True)
            case Text(text) if text.startswith("填："):
                return Outgoing((question,), settle_open=f"答了{text}")
            case Text("很长"):
                lines = "\n".join(f"第{i}行" + "山" * 90 for i in range(100))
                return Outgoing((Message(lines, question.rows, protect=True),))
            case _:
                return Outgoing((Message(f"记下：{words}"), question))


def _words(reply: Reply) -> str:
    match reply:
        case Text(text, edited, forwarded):
            return text + "（改）" * edited + "（转）" * forwarded
        case Tap(press):
            return "旧按钮" if press is None else f"按{press.question}"
        case SharedPhone(number, own):
            return f"{'自己' if own else '别人'}的{number}"
        case Command(name, argument):
            return f"/{name} {argument}"
        case Media(kind):
            return kind
