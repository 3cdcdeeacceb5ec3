"""One chat with the real turns, which fills in the questionnaire by itself."""

import itertools
from collections.abc import Mapping

from bot.channel import Address, ChannelName, UpdateId
from bot.messages import Button, Message, Outgoing
from bot.turns import ChatTurns
from conversations.buttons import Press, Verb, decode
from conversations.reply import Command, Reply, Tap, Text
from conversations.xform import Form
from tests.conversations.talk import is_silent, name_of
from tests.transcripts.stage import Stage

_NUMBERS = itertools.count(1)


class Chat:
    """A person in front of a chat: sees messages, taps buttons by label, types."""

    def __init__(self, stage: Stage, address: str = "1001", channel: ChannelName = "telegram"):
        self.stage = stage
        self.address = Address(channel, address)
        self.shown: list[Message] = []

    @property
    def turns(self) -> ChatTurns:
        """Return the turns of the stage, which a restart makes anew."""
        return self.stage.turns

    @property
    def form(self) -> Form:
        """Return the form of today."""
        return self.stage.world.shelf.current

    async def take(self, reply: Reply, number: int | None = None) -> Outgoing:
        """Send a reply under a new update id; something must be shown for it."""
        update = UpdateId("test", next(_NUMBERS) if number is None else number)
        outgoing = await self.turns.take(self.address, update, reply)
        assert outgoing is not None
        assert not is_silent(outgoing), reply
        self.shown += [outgoing.redraw] if outgoing.redraw else []
        self.shown += outgoing.messages
        return outgoing

    async def write(self, text: str) -> Outgoing:
        """Type words."""
        return await self.take(Text(text))

    async def command(self, name: str, argument: str = "") -> Outgoing:
        """Send a slash command."""
        return await self.take(Command(name, argument))

    async def tap(self, label: str) -> Outgoing:
        """Tap the newest button with this label."""
        return await self.take(Tap(decode(self.button(label).data)))

    async def fill(self, answers: Mapping[str, str], until: str = "") -> Outgoing:
        """Answer from these until that question is open, or none is."""
        outgoing = Outgoing()
        for _ in range(120):
            press = self.open_press()
            if press is None or name_of(self.form.questions[press.question].path) == until:
                return outgoing
            outgoing = await self._give(press, answers)
        raise AssertionError("asked again and again")

    async def report(self, answers: Mapping[str, str]) -> Outgoing:
        """Begin, fill in everything and submit."""
        await self.take(Text("开始"))
        if "替家里人填报" in self.labels():
            await self.tap("替家里人填报")
        await self.fill(answers)
        return await self.tap("都对，提交")

    def open_press(self) -> Press | None:
        """Return a button of the open question, None when the newest message has no question."""
        rows = self.shown[-1].rows if self.shown else ()
        presses = [decode(button.data) for row in rows for button in row]
        return next((p for p in presses if p and p.question >= 0), None)

    def button(self, label: str) -> Button:
        """Return the newest button with this label."""
        return next(
            button
            for message in reversed(self.shown)
            for row in message.rows
            for button in row
            if button.label == label
        )

    def labels(self) -> list[str]:
        """Return the labels of the newest message."""
        return [button.label for row in self.shown[-1].rows for button in row]

    async def _give(self, press: Press, answers: Mapping[str, str]) -> Outgoing:
        if press.verb is Verb.COMPARE:
            return await self._press(press, Verb.COMPARE, "changed")
        question = self.form.questions[press.question]
        value = answers.get(name_of(question.path), "")
        if question.bot.get("confirm") == "yes":
            return await self._press(press, Verb.ANSWER, "ok")
        if not value:
            return await self._press(press, Verb.SKIP)
        if question.type == "select_multiple":
            for name in value.split():
                await self._press(press, Verb.TOGGLE, name)
            return await self._press(press, Verb.DONE)
        if question.choices is not None:
            return await self._press(press, Verb.ANSWER, value)
        return await self.write(value)

    async def _press(self, drawn: Press, verb: Verb, value: str = "") -> Outgoing:
        return await self.take(
            Tap(Press(verb, drawn.interview, drawn.question, drawn.revision, value))
        )


def text_of(outgoing: Outgoing) -> str:
    """Return all the words of a turn."""
    return "\n".join(message.text for message in outgoing.messages)
