"""A random worker: taps what is on show and what is long gone, types sense and nonsense."""

import json
import random
from typing import Final

from bot.messages import Button
from conversations.buttons import decode
from conversations.dialogue.words import Word
from conversations.interview import Interview
from conversations.lobby.wishes import errand_in
from conversations.reply import Command, Media, MediaKind, Reply, SharedPhone, Tap, Text
from conversations.xform import Session
from conversations.xform.question import Choice
from tests.conversations.talk import Talk, is_silent, name_of
from tests.forms import people

JUNK: Final = (
    "", " ", "😀", "1", "2", "9", "0", "是", "不", "对", "没有", "不知道", "东张村", "王小梅",
    "三千五", "明年三月", "村", "市", "县", "电工", "小学", "13800138000", "110105194912310021",
    "x" * 3000, "\x00", "{name}", "删掉", "留着", "8" * 5000, "返回沟", "2024-03", "改",
)  # fmt: skip
WORDS: Final = (
    "返回", "帮助", "为什么", "跳过", "暂停", "停止", "继续", "找人工", "更多", "提交", "都对",
)  # fmt: skip
MEDIA: Final[tuple[MediaKind, ...]] = (
    "photo",
    "voice",
    "sticker",
    "location",
    "document",
    "video",
    "contact",
    "other",
)
# A choice that another answer takes away is dropped with it.
CASCADE: Final = ("county", "township", "work_city", "work_county")
LINES: Final = tuple({value for who in people.STANDARD.values() for value in who.values()} - {""})


class Walker:
    """Walks one interview at random and checks every step."""

    def __init__(self, talk: Talk, seed: int) -> None:
        self.talk = talk
        self.chance = random.Random(seed)
        self.said: list[Reply] = []

    def step(self) -> None:
        """Send one reply; nothing may be silent, and no other answer may be lost."""
        if self.chance.random() < 0.05:
            self.restart()
        reply = self.reply()
        before = self.talk.interview
        self.said.append(reply)
        self.talk.say(reply)
        assert not is_silent(self.talk.outgoing), self.said[-1]
        self._check(before)

    def restart(self) -> None:
        """Store the state and take it up again, as a new process would."""
        text = self.talk.interview.model_dump_json()
        json.loads(text)
        self.talk.interview = Interview.model_validate_json(text)
        self.talk.come_back()
        assert not is_silent(self.talk.outgoing)

    def reply(self) -> Reply:
        """Return what this worker does next."""
        roll = self.chance.random()
        if roll < 0.45 and (tap := self._tap(self.talk.buttons()[:14])):
            return tap
        if roll < 0.55 and (tap := self._tap(self.talk.buttons())):
            return tap
        if roll < 0.72:
            return self._sense()
        if roll < 0.84:
            return Text(self.chance.choice(JUNK))
        if roll < 0.92:
            return Text(self.chance.choice(WORDS))
        return self._something_else()

    def _something_else(self) -> Reply:
        others: list[Reply] = [
            Media(self.chance.choice(MEDIA)),
            Command(self.chance.choice([*Word, "weather"])),
            SharedPhone("13800138000", own=self.chance.random() < 0.5),
            Text("转来的", forwarded=True),
            Text("改过的", edited=True),
            Tap(None),
        ]
        return self.chance.choice(others)

    def _tap(self, buttons: list[Button]) -> Tap | None:
        presses = [decode(button.data) for button in buttons]
        taps = [tap for tap in map(Tap, presses) if errand_in(tap) is None]
        return self.chance.choice(taps) if taps else None

    def _sense(self) -> Reply:
        """Type what one of the standard people says here, or anywhere."""
        at = name_of(self.talk.interview.at or "")
        fitting = [who[at] for who in people.STANDARD.values() if who.get(at)]
        return Text(self.chance.choice(fitting or list(LINES)))

    def _check(self, before: Interview) -> None:
        now = self.talk.interview
        lost = {
            path
            for path, value in before.answers.items()
            if now.answers.get(path) != value and name_of(path) not in CASCADE
        }
        assert len(lost) <= 1, (self.said[-1], lost)
        assert now.revision == before.revision + 1


def finish(talk: Talk) -> None:
    """Answer what is left with what stands, a standard answer or the first choice; then submit."""
    for _ in range(150):
        if talk.is_over:
            return
        if talk.interview.stop_asked or talk.interview.paused:
            talk.come_back()
        if talk.interview.at is None:
            talk.write("提交")
            continue
        if talk.interview.comparing:
            talk.write("变了")
            continue
        if talk.value(talk.at) and not talk.interview.refused:
            talk.give(talk.value(talk.at))
        else:
            talk.give(_way_on(talk))
    raise AssertionError(f"no way to the end, at {talk.at}")


def _way_on(talk: Talk) -> str:
    given = next((who[talk.at] for who in people.STANDARD.values() if who.get(talk.at)), "")
    question = talk.interview.at or ""
    choices = [c.name for c in _choices(talk, question)]
    if choices:
        return given if set(given.split()) <= set(choices) and given else choices[0]
    return given or {"informant_phone": "13800138000", "work_country": "新加坡"}.get(
        talk.at, "13800138000" if "phone" in talk.at else "东张村"
    )


def _choices(talk: Talk, path: str) -> tuple[Choice, ...]:
    session = Session(talk.form, talk.setting.now, values=talk.interview.answers)
    return session.question(path).choices
