"""Plays a talk from a text: `工>` is the worker, `站>` one of the staff, the rest what they see.

`工> [接着填]` is a tap, `站> /staff` a command, `> {11 minutes later}` a wait. Indented lines
after a reply are its answer; lines that begin with 工 or 站 and a bar came without being asked.
`python -m tests.turns.talk FILE` writes a text anew from its replies.
"""

import asyncio
import re
import sys
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Final

from bot.messages import Message
from conversations.buttons import decode
from conversations.reply import Command, Media, Reply, Tap, Text
from tests.forms import people
from tests.transcripts.stage import Stage
from tests.turns.station import Office, Phone, office

_SAID: Final = re.compile(r"([工站])> (.*)")
_WAIT: Final = re.compile(r"> \{(\d+) minutes later\}")


async def play(file: Path, folder: Path) -> str:
    """Return the text of a talk when its replies are spoken again."""
    stage = Stage(folder)
    await stage.open()
    try:
        place = await office(stage)
        await place.worker.write("开始")
        await place.worker.fill(people.FARMING, "employment_status")
        lines: list[str] = []
        for line in file.read_text("utf-8").splitlines():
            lines += await _played(place, line)
        return "\n".join(lines).rstrip() + "\n"
    finally:
        await stage.close()


async def _played(place: Office, line: str) -> list[str]:
    phones = {"工": place.worker, "站": place.clerk}
    if waited := _WAIT.fullmatch(line):
        await place.time_goes_by(timedelta(minutes=int(waited[1])))
        return [line, "", *_brought(phones)]
    said = _SAID.fullmatch(line)
    if said is None:
        return []
    phone = phones[said[1]]
    outgoing = await phone.take(_reply(phone, said[2]))
    answer = [text for message in outgoing.messages for text in _message(message)]
    deleted = ["  (the message is deleted)"] if outgoing.hide_reply else []
    return [line, *deleted, *answer, "", *_brought(phones)]


def _reply(phone: Phone, said: str) -> Reply:
    if said.startswith("["):
        return Tap(decode(phone.button(said[1:-1]).data))
    if said == "{voice}":
        return Media("voice", "file-1", 100)
    if said.startswith("/"):
        name, _, argument = said[1:].partition(" ")
        return Command(name, argument)
    return Text(said)


def _brought(phones: dict[str, Phone]) -> list[str]:
    lines = []
    for who, phone in phones.items():
        for text in phone.news():
            lines += [f"{who}| {part}".rstrip() for part in text.split("\n")] + [""]
    return lines


def _message(message: Message) -> list[str]:
    lines = [f"  {line}".rstrip() for line in message.text.split("\n")]
    for row in message.rows:
        lines.append("  " + " ".join(f"[{button.label}]" for button in row))
    return lines


if __name__ == "__main__":
    for name in sys.argv[1:]:
        with tempfile.TemporaryDirectory() as temporary:
            Path(name).write_text(asyncio.run(play(Path(name), Path(temporary))), "utf-8")
