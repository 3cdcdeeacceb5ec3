"""A random worker on the real turns: taps anything ever shown, repeats, comes late, restarts."""

import random
from dataclasses import dataclass
from typing import Final

from bot.channel import UpdateId
from bot.desk import state_of
from bot.messages import Outgoing
from conversations.buttons import Press, Verb, decode
from conversations.dialogue.words import Word
from conversations.interview import Interview
from conversations.reply import Command, Media, Reply, SharedPhone, Tap, Text
from conversations.xform import Session
from storage import chats
from tests.conversations.talk import is_silent, name_of
from tests.conversations.walking import CASCADE, JUNK, LINES, MEDIA, WORDS
from tests.forms import people
from tests.turns.chat import Chat

# Words that open another interview, or end one.
# Days go by in these conversations, so a month is told from today.
_MONTHS: Final = {"month": "下个月", "past_month": "上个月"}
LOBBY: Final = ("开始", "我的信息", "ABCDE-23456", "不同意", "清空聊天", "家里人", "换个人")


@dataclass(frozen=True, slots=True)
class Seen:
    """An update that was taken, to be delivered once more."""

    update: UpdateId
    reply: Reply


class RandomWorker:
    """One chat at random; `step` checks what must always hold.

    - no reply is without an answer that can be seen;
    - a repeated update is answered by nothing and changes nothing;
    - a restart changes nothing: the same stands open after it;
    - no reply loses more than the one answer that it is about.
    """

    def __init__(self, chat: Chat, seed: int) -> None:
        self.chat = chat
        self.chance = random.Random(seed)
        self.taken: list[Seen] = []
        self.numbers = iter(self.chance.sample(range(10_000_000), 2000))

    async def step(self) -> None:
        """Do one thing."""
        roll = self.chance.random()
        if roll < 0.03:
            await self._restart()
        elif roll < 0.10 and self.taken:
            await self._repeat()
        else:
            await self._say(self._reply())

    async def _say(self, reply: Reply) -> None:
        before = await self.interview()
        update = UpdateId("test", next(self.numbers))
        outgoing = await self.chat.turns.take(self.chat.address, update, reply)
        assert outgoing is not None, reply
        assert not is_silent(outgoing), reply
        self.taken.append(Seen(update, reply))
        self.chat.shown += [outgoing.redraw] if outgoing.redraw else []
        self.chat.shown += outgoing.messages
        self._lost_nothing(before, await self.interview(), reply)

    async def _repeat(self) -> None:
        seen = self.chance.choice(self.taken)
        before = await self._standing()
        assert await self.chat.turns.take(self.chat.address, seen.update, seen.reply) is None
        assert await self._standing() == before

    async def _restart(self) -> None:
        before = await self._standing()
        await self.chat.stage.restart()
        assert await self._standing() == before

    async def _standing(self) -> Outgoing:
        return await self.chat.turns.standing(self.chat.address)

    async def interview(self) -> Interview | None:
        """Return what is open now."""
        address = self.chat.address
        async with self.chat.stage.database.reading() as reading:
            found = await chats.look(reading, address.channel, address.address)
        return state_of(found[1]) if found and found[1] else None

    def _lost_nothing(self, before: Interview | None, now: Interview | None, reply: Reply) -> None:
        if before is None or now is None or before.number != now.number:
            return
        lost = {
            name_of(path)
            for path, value in before.answers.items()
            if now.answers.get(path) != value and name_of(path) not in CASCADE
        }
        assert len(lost) <= 1, (reply, lost)

    def _reply(self) -> Reply:
        roll = self.chance.random()
        taps = [press for press in map(decode, self._wires()) if press is not None]
        if roll < 0.45 and taps:
            return Tap(self.chance.choice(taps[:16]))
        if roll < 0.55 and taps:
            return Tap(self.chance.choice(taps))
        if roll < 0.72:
            return Text(self.chance.choice(LINES))
        if roll < 0.80:
            return Text(self.chance.choice(JUNK))
        if roll < 0.88:
            return Text(self.chance.choice((*WORDS, *LOBBY)))
        return self._oddity()

    def _oddity(self) -> Reply:
        others: list[Reply] = [
            Media(self.chance.choice(MEDIA)),
            Command(self.chance.choice([*Word, "weather", "start", "me"])),
            SharedPhone("13800138000", own=self.chance.random() < 0.5),
            Text("转来的", forwarded=True),
            Text("改过的", edited=True),
            Tap(None),
            Tap(Press(self.chance.choice(list(Verb)), 1, self.chance.randrange(-1, 90), 1, "x")),
        ]
        return self.chance.choice(others)

    def _wires(self) -> list[str]:
        return [
            button.data
            for message in reversed(self.chat.shown)
            for row in message.rows
            for button in row
        ]

    async def finish(self) -> None:
        """Go to the receipt from wherever this is; there must be a way."""
        for _ in range(200):
            open_now = await self.interview()
            if open_now is None:
                await self._say(Tap(Press(Verb.MENU, value="new")))
                continue
            if open_now.paused or open_now.stop_asked:
                await self._say(Text("继续"))
                continue
            if open_now.at is None:
                await self._say(Text("提交"))
                if await self.interview() is None:
                    return
                continue
            await self._say(self._way_on(open_now))
        last = [message.text for message in self.chat.shown]
        raise AssertionError(f"no way to the end: {await self.interview()}, {last}")

    def _way_on(self, interview: Interview) -> Reply:
        """Return a reply that answers the open question."""
        if interview.comparing:
            return Text("变了")
        form, path = self.chat.form, interview.at or ""
        question, name = form.question(path), name_of(path)
        if question.bot.get("confirm") == "yes":
            return self._press(interview, "ok")
        now = self.chat.stage.clock().astimezone(self.chat.stage.world.zone)
        choices = Session(form, now=now, values=interview.answers).question(path).choices
        given = next((who[name] for who in people.STANDARD.values() if who.get(name)), "")
        if choices:
            names = [choice.name for choice in choices]
            wanted = given if given in names else names[0]
            if question.type == "select_multiple":
                return Text(next(c.label for c in choices if c.name == wanted))
            return self._press(interview, wanted)
        if (reader := question.bot.get("reader", "")) in _MONTHS:
            return Text(_MONTHS[reader])
        kept = interview.answers.get(path, "")
        fallback = "13800138000" if "phone" in name else "东张村"
        return Text(kept if kept and not interview.refused else given or fallback)

    def _press(self, interview: Interview, value: str) -> Tap:
        index = self.chat.form.question(interview.at or "").index
        return Tap(Press(Verb.ANSWER, interview.number, index, interview.revision, value))
