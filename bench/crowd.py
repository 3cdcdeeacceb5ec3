"""Many people at once, as a process of its own: the fake Bot API server, and who uses it.

`python -m bench.crowd` prints its base_url, waits for a bot, lets the crowd talk to it for a
while, and prints what it saw as one line of JSON. People answer a question with its first
button, and type when there is none that answers.
"""

import argparse
import asyncio
import json
import time
from collections import deque
from dataclasses import dataclass
from typing import Any

import uvloop

from tests.fakes.bot_api import TOKEN, BotApi, Person
from tests.fakes.bot_api.world import Chat, Entry
from tests.identities import Identity, identities

# The letters of conversations.buttons.Verb that carry the interview forward, best first.
FORWARD = "akdytsr"
# Numbers of the chats that say nothing, and are only written to.
OTHERS = 1_000_000


class Talker:
    """One person of the crowd. Acts once for each question that is put to them."""

    def __init__(self, person: Person, who: Identity) -> None:
        self.person = person
        self.acted_at = 0.0
        self._typed = 0
        self._words = (who.name, who.id_number, who.phone, "3500", "2024年5月", "太原", "1")

    def act(self, entry: Entry | None) -> None:
        """Answer what is shown, or say hello when nothing is."""
        self.acted_at = time.perf_counter()
        if entry is None:
            self.person.say("/start")
            return
        wire = _choose(entry)
        if wire:
            self.person.tap(entry.message_id, wire)
            return
        self.person.say(self._words[self._typed % len(self._words)])
        self._typed += 1


@dataclass(slots=True)
class Crowd:
    """Everybody, and what was measured. Without a rate each acts as soon as answered."""

    api: BotApi
    talkers: dict[int, Talker]
    rate: float
    idle: deque[tuple[Talker, Entry | None]]
    reactions: list[float]
    late: int = 0

    def on_shown(self, chat: Chat, entry: Entry) -> None:
        """Take a message with buttons as the question that the bot waits at."""
        talker = self.talkers.get(chat.id)
        if talker is None or not talker.acted_at or not _asks(entry):
            return
        self.reactions.append(time.perf_counter() - talker.acted_at)
        talker.acted_at = 0.0
        if self.rate:
            self.idle.append((talker, entry))
        else:
            asyncio.get_running_loop().call_soon(talker.act, entry)

    async def keep_pace(self) -> None:
        """Let idle people act at the steady rate."""
        began, acts = time.perf_counter(), 0
        while True:
            due = int((time.perf_counter() - began) * self.rate)
            while acts < due:
                acts += 1
                if self.idle:
                    talker, entry = self.idle.popleft()
                    talker.act(entry)
                else:
                    self.late += 1
            await asyncio.sleep(0.002)

    async def unstick(self) -> None:
        """Let people speak up who have waited for more than five seconds."""
        while True:
            await asyncio.sleep(1)
            for talker in self.talkers.values():
                if talker.acted_at and time.perf_counter() - talker.acted_at > 5:
                    talker.act(None)


def _asks(entry: Entry) -> bool:
    """Tell whether a message waits for an answer: a greeting has buttons of the menu alone."""
    return any(button["callback_data"][0] != "m" for row in entry.keyboard for button in row)


def _choose(entry: Entry) -> str:
    wires = [button["callback_data"] for row in entry.keyboard for button in row]
    forward = [wire for wire in wires if wire[0] in FORWARD]
    return min(forward, key=lambda wire: FORWARD.index(wire[0]), default="")


async def _bot_answers(api: BotApi, crowd: Crowd) -> None:
    """Wait for a bot that asks for updates, say hello once, and wait for its answer."""
    # A long poll counts as a call only when it ends, so the first call of any kind has to do.
    while not (api.world.calls or api.world.hook.url):  # noqa: ASYNC110
        await asyncio.sleep(0.02)
    crowd.talkers[1].act(None)
    while not crowd.reactions:  # noqa: ASYNC110
        await asyncio.sleep(0.02)


async def measure(given: argparse.Namespace) -> dict[str, Any]:
    """Serve, wait for the bot, let the crowd talk, and return the figures."""
    async with BotApi(token=TOKEN, latency=given.latency_ms / 1000) as api:
        print(api.base_url, flush=True)
        people = zip(range(1, given.chats + 1), identities(), strict=False)
        for number in range(OTHERS, OTHERS + given.others):
            api.person(number)
        talkers = {number: Talker(api.person(number), who) for number, who in people}
        crowd = Crowd(api, talkers, given.rate, deque(), [])
        api.world.on_shown.append(crowd.on_shown)
        await _bot_answers(api, crowd)
        if given.rate:
            crowd.idle.extend((talker, None) for talker in talkers.values())
            keeping = [asyncio.create_task(crowd.keep_pace())]
        else:
            keeping = [asyncio.create_task(crowd.unstick())]
            for talker in talkers.values():
                if not talker.acted_at:
                    talker.act(None)
        await asyncio.sleep(given.warm_up)
        crowd.reactions.clear()
        calls, began = len(api.world.calls), time.perf_counter()
        await asyncio.sleep(given.seconds)
        spent = time.perf_counter() - began
        for task in keeping:
            task.cancel()
        return {
            "turns": len(crowd.reactions),
            "per_second": len(crowd.reactions) / spent,
            "calls_per_turn": (len(api.world.calls) - calls) / max(1, len(crowd.reactions)),
            "percentiles": _percentiles(crowd.reactions),
            "late": crowd.late,
            "others": sum(len(api.world.chat(OTHERS + at).entries) for at in range(given.others)),
            "violations": sorted(set(api.world.violations))[:5],
        }


def _percentiles(reactions: list[float]) -> dict[str, float]:
    ordered = sorted(reactions) or [0.0]
    return {
        f"p{share}": 1000 * ordered[min(len(ordered) - 1, len(ordered) * share // 100)]
        for share in (50, 95, 99)
    }


def main() -> None:
    """Read the command line and measure once."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chats", type=int, default=100)
    parser.add_argument("--latency-ms", type=float, default=0.0)
    parser.add_argument("--rate", type=float, default=0.0, help="turns a second; 0: all it takes")
    parser.add_argument("--others", type=int, default=0, help="chats that are only written to")
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument("--warm-up", type=float, default=4.0)
    print(json.dumps(uvloop.run(measure(parser.parse_args()))), flush=True)


if __name__ == "__main__":
    main()
