"""Opens an uploaded table: `async with open_table(content) as table`, and rows come in chunks."""

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from storage.tables.faults import TOLD, TableFault
from storage.tables.limits import Limits
from storage.tables.rows import Note, Row, Sheet

_ROOT: Final = Path(__file__).parent.parent.parent
_START: Final = (
    "import sys; sys.path.insert(0, sys.argv[1]); from storage.tables.child import main; main()"
)
_PIECE: Final = 1 << 20
_LONGEST: Final = 64 << 20
_TIMES_UP: Final = {-signal.SIGXCPU, -signal.SIGKILL}


@dataclass(slots=True)
class Table:
    """A file that is open in a child process.

    Args of the constructor:
        sheets: in the file's order, hidden ones too.
        notes: what should be said so far; more come while rows are read.
    """

    sheets: list[Sheet]
    notes: list[Note]
    _child: "Child" = field(repr=False)
    _is_busy: bool = False

    @property
    def first(self) -> int:
        """The number of the first sheet that is shown; the first of all where none is."""
        shown = (at for at, sheet in enumerate(self.sheets) if not sheet.is_hidden)
        return next(shown, 0)

    async def rows(self, sheet: int) -> AsyncIterator[list[Row]]:
        """Yield the rows of a sheet that hold something, a few hundred at a time.

        Raises:
            TableFault: what is wrong came to light only now.
        """
        while self._is_busy:
            self._is_busy = (await self._child.answer())[0] != "end"
        await self._child.ask(f"rows {sheet}\n")
        self._is_busy = True
        while True:
            kind, content = await self._child.answer()
            if kind == "rows":
                yield [
                    Row(line, tuple(texts), {int(at): mark for at, mark in marks.items()})
                    for line, texts, marks in content
                ]
                continue
            self.notes += [_note(one) for one in content]
            if kind == "end":
                self._is_busy = False
                return


@asynccontextmanager
async def open_table(content: bytes, limits: Limits | None = None) -> AsyncIterator[Table]:
    """Open an .xlsx, .xls, .ods or text table in a child process, which ends with the block.

    What it is, is seen by what stands in it, never by its name. The content reaches the child by a
    pipe and touches no disk; the child has no network, no files and an end to memory and time.

    Raises:
        TableFault: it cannot be read; also from within the block.
    """
    limits = limits or Limits()
    if len(content) > limits.size:
        raise TableFault("large", {"found": len(content) >> 20, "most": limits.size >> 20})
    child = Child(await _started(limits), limits)
    try:
        await child.give(content)
        _, sheets, notes = await child.answer_whole()
        shown = [Sheet(**one) for one in sheets]
        yield Table(shown, [_note(one) for one in notes], child)
    finally:
        await child.end()


async def _started(limits: Limits) -> Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        *("-I", "-B", "-c", _START, str(_ROOT), json.dumps(asdict(limits))),
        stdin=PIPE,
        stdout=PIPE,
        stderr=DEVNULL,
        env={"LC_ALL": "C.UTF-8"},
        cwd=os.sep,
    )


@dataclass(slots=True)
class Child:
    """The pipes of the child; every wait for it ends."""

    process: Process
    limits: Limits

    async def give(self, content: bytes) -> None:
        """Send the file, piece by piece."""
        await self._write(len(content).to_bytes(8, "big"))
        for at in range(0, len(content), _PIECE):
            await self._write(content[at : at + _PIECE])

    async def ask(self, line: str) -> None:
        """Send a line."""
        await self._write(line.encode())

    async def answer(self) -> tuple[str, list[Any]]:
        """Return the next frame: its kind and its content."""
        kind, content = await self.answer_whole()
        return kind, content

    async def answer_whole(self) -> list[Any]:
        """Return the next frame.

        Raises:
            TableFault: the child says what is wrong, or came to an end.
        """
        assert self.process.stdout is not None  # noqa: S101 - it was started with a pipe
        try:
            async with asyncio.timeout(self.limits.wait):
                length = int.from_bytes(await self.process.stdout.readexactly(4), "big")
                if length > _LONGEST:
                    raise TableFault("corrupt")
                frame: list[Any] = json.loads(await self.process.stdout.readexactly(length))
        except TimeoutError:
            raise TableFault("time") from None
        except asyncio.IncompleteReadError:
            raise TableFault(await self._why_ended()) from None
        if frame[0] == "fault":
            key = frame[1] if frame[1] in TOLD else "corrupt"
            raise TableFault(key, {name: int(value) for name, value in frame[2].items()})
        return frame

    async def end(self) -> None:
        """Stop the child, whatever it does."""
        with suppress(ProcessLookupError):
            self.process.kill()
        if self.process.stdin is not None:
            self.process.stdin.close()
        if self.process.stdout is not None:
            while await self.process.stdout.read(_PIECE):
                pass
        await self.process.wait()

    async def _write(self, piece: bytes) -> None:
        assert self.process.stdin is not None  # noqa: S101 - it was started with a pipe
        # A child that has ended says why by its last frame or its end.
        with suppress(BrokenPipeError, ConnectionResetError):
            self.process.stdin.write(piece)
            async with asyncio.timeout(self.limits.wait):
                await self.process.stdin.drain()

    async def _why_ended(self) -> str:
        try:
            async with asyncio.timeout(self.limits.wait):
                code = await self.process.wait()
        except TimeoutError:
            return "time"
        if code in _TIMES_UP:
            return "time"
        return "memory" if code == -signal.SIGABRT else "corrupt"


def _note(one: dict[str, Any]) -> Note:
    return Note(one["key"], one["count"], tuple(one["where"]))
