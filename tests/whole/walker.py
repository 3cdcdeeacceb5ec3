"""Speaks the worker's lines of a transcript to the fake Bot API server, one screen at a time."""

import asyncio
import re
from pathlib import Path

from tests.fakes.bot_api import Person

TRANSCRIPTS = Path(__file__).parent.parent / "transcripts"
_PHONE = re.compile(r"\{phone (own|other) (\d+)\}")
_QUIET = 0.1
_PATIENCE = 15.0


def lines_of(name: str) -> list[str]:
    """Return what the worker says in a transcript."""
    text = (TRANSCRIPTS / f"{name}.txt").read_text("utf-8")
    return [line[2:] for line in text.splitlines() if line.startswith("> ")]


async def walk(person: Person, lines: list[str]) -> None:
    """Say each line when the bot has answered the one before."""
    for line in lines:
        if line.startswith("["):
            await person.until(lambda seer, label=line[1:-1]: label in labels(seer))  # type: ignore[misc]
        before = person.sees
        speak(person, line)
        await answered(person, before)


async def answered(person: Person, before: str) -> None:
    """Wait until the screen changed by more than the person's own words, and came to rest."""
    ends_at = asyncio.get_running_loop().time() + _PATIENCE
    own = person.sees
    seen = own
    while True:
        await asyncio.sleep(_QUIET)
        if person.sees == seen and seen not in (before, own):
            return
        seen = person.sees
        assert asyncio.get_running_loop().time() < ends_at, f"no answer:\n{seen}"


def speak(person: Person, line: str) -> None:
    """Type, tap or share as the line says."""
    if found := _PHONE.fullmatch(line):
        person.share_phone(found[2], owner=None if found[1] == "own" else 4242)
    elif line == "{photo}":
        size = {"file_id": "f", "file_unique_id": "u", "width": 90, "height": 90}
        person.send("photo", [size])
    elif line.startswith("["):
        press(person, line[1:-1])
    else:
        person.say(line)


def labels(person: Person) -> list[str]:
    """Return the labels of all buttons on the screen."""
    keyboards = (entry.keyboard for entry in person.chat.entries.values())
    return [button["text"] for rows in keyboards for row in rows for button in row]


def press(person: Person, label: str) -> None:
    """Tap the newest button that has exactly this label."""
    for entry in reversed(person.chat.entries.values()):
        for button in (button for row in entry.keyboard for button in row):
            if button["text"] == label:
                person.tap(entry.message_id, button["callback_data"])
                return
    raise AssertionError(f"no button {label!r} on:\n{person.sees}")
