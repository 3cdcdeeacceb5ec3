"""Walks a station's day with the real program and draws what the clerk sees on the way."""

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from playwright.async_api import Browser

from docs.pictures.studio import save_chat
from docs.pictures.township import populate
from tests.fakes.bot_api import BotApi, Person
from tests.whole.program import Program
from tests.whole.walker import answered, lines_of, walk

STATION: Final = "140802106"
SUBMIT: Final = "[都对，提交]"
CLERK: Final = 2101
WORKER: Final = 1101
WITH_CHAT: Final = 200
ON_ROSTER: Final = 40
# Prompts go out at once, whatever the hour of the day on which the pictures are taken.
AT_ONCE: Final = {
    "REMINDERS__EVERY": "1",
    "REMINDERS__QUIET_FROM": "23:59",
    "REMINDERS__QUIET_UNTIL": "00:00",
    "REMINDERS__HOLIDAYS": "open",
}
# So many of those who are prompted answer: nothing has changed but what they earn.
ANSWERING: Final = 3
UPDATE: Final = (
    *("[更新]", "[还是这样]", "[还是这样]", "5600", "[还是这样]", "[还是这样]"),
    *("[跳过]", SUBMIT),
)
# What the clerk taps, a part of each label, or types (>), or waits for (<), and the picture of it.
CHOOSING: Final = (
    ("提醒大家", ""),
    ("选人发提醒", ""),
    ("今年没更新", ""),
    ("下一步", ""),
    ("用第1句", ""),
    ("<发之前看一看", "staff-followup"),
    ("记到电话名单", ""),
)
CALLING: Final = (
    ("看工作台", ""),
    ("要办的事", ""),
    (">西王村", ""),
    ("西王村", "staff-list"),
    ("先放下", ""),
    ("看工作台", ""),
)
WATCHING: Final = (("提醒大家", ""), ("看第1条", "staff-followup-watch"), ("回到提醒大家", ""))
CHECKING: Final = (("看工作台", ""), ("待核实", ""), ("看1", "staff-check"), ("回到待核实", ""))
ENTERING: Final = (("看工作台", "staff-desk"), ("替人填报", "staff-entry"))


@dataclass(frozen=True, slots=True)
class Desk:
    """The clerk's chat, and what draws it."""

    browser: Browser
    clerk: Person

    async def tap(self, steps: tuple[tuple[str, str], ...]) -> None:
        """Tap or type one thing after the other and take the pictures."""
        for label, picture in steps:
            await self._step(label)
            if picture:
                await save_chat(self.browser, newest(self.clerk), picture)

    async def _step(self, label: str) -> None:
        if label.startswith("<"):
            await self.clerk.until(lambda clerk: label[1:] in clerk.answers[-1])
            return
        before = self.clerk.sees
        if label.startswith(">"):
            self.clerk.say(label[1:])
        else:
            self.clerk.press(label)
        await answered(self.clerk, before)


def newest(person: Person) -> Person:
    """Return the chat with nothing but its newest message, so that a picture shows one thing."""
    last = max(person.chat.entries)
    for number in [each for each in person.chat.entries if each != last]:
        del person.chat.entries[number]
    return person


async def draw_day(browser: Browser) -> None:
    """Walk the day: prompt, call, watch, verify, fill in for others."""
    with tempfile.TemporaryDirectory() as folder:
        async with BotApi() as api:
            program = Program(Path(folder), api.base_url, dict(AT_ONCE))
            town = await populate(program, WITH_CHAT, ON_ROSTER)
            people = [api.person(chat) for chat in town]
            await program.start()
            try:
                await walk_day(Desk(browser, await _clerk(program, api)), people, api)
            finally:
                await program.stop()


async def walk_day(desk: Desk, people: list[Person], api: BotApi) -> None:
    """Do what there is to do, and let the people answer."""
    await desk.tap(CHOOSING)
    await _reached(people)
    for person in people[:ANSWERING]:
        await walk(person, list(UPDATE))
    await desk.tap(CALLING)
    await desk.tap(WATCHING)
    await walk(api.person(WORKER), lines_of("employed_away")[:-1])
    await desk.tap(CHECKING)
    await desk.tap(ENTERING)


async def _clerk(program: Program, api: BotApi) -> Person:
    """Return the chat of somebody who works at the station."""
    _, printed = await program.run("staff", "invite", "--station", STATION)
    clerk = api.person(CLERK)
    await walk(clerk, [f"/staff {printed.partition('/staff ')[2].split()[0]}", "[看工作台]"])
    return clerk


async def _reached(people: list[Person]) -> None:
    """Wait until the prompt has come to everybody."""
    for person in people:
        await person.until(lambda one: bool(one.answers))
