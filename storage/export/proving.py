"""Reads an uploaded template in a child process first, with an end to memory and time.

What reads it later, in our own process, then meets only files that were read whole before.
"""

import asyncio
import codecs
import json
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE
from dataclasses import asdict
from pathlib import Path
from typing import Final

from storage.export.book import read_book
from storage.export.errors import TemplateError
from storage.tables.cage import lock_in
from storage.tables.limits import Limits

_ROOT: Final = Path(__file__).parent.parent.parent
_START: Final = (
    "import sys; sys.path.insert(0, sys.argv[1]); from storage.export.proving import main; main()"
)
_LIMITS: Final = Limits(memory=768 << 20, processor=30, wait=40)


async def prove(content: bytes, name: str, limits: Limits = _LIMITS) -> None:
    """Read a template in a child process that has no network, no files and little memory.

    Raises:
        TemplateError: as `read_book`; or reading it takes too much memory or time.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-I", "-B", "-c", _START, str(_ROOT), json.dumps(asdict(limits))),
        stdin=PIPE,
        stdout=PIPE,
        stderr=DEVNULL,
        env={"LC_ALL": "C.UTF-8"},
        cwd=os.sep,
    )
    told = b""
    try:
        async with asyncio.timeout(limits.wait):
            told, _ = await process.communicate(content)
    except TimeoutError:
        process.kill()
        await process.communicate()
    if not told:
        cure = "Take an empty template, saved by Excel or WPS"
        raise TemplateError(name, "reading it takes too much memory or time", cure, key="large")
    fault = json.loads(told)
    if fault is not None:
        raise TemplateError(name, fault["fault"], fault["cure"], key=fault["key"])


def main() -> None:
    """Read a template from standard input, under the limits given, and say what is wrong."""
    content = sys.stdin.buffer.read()
    # Loaded by its first use: afterwards no file can be opened.
    codecs.lookup("cp437")
    lock_in(Limits(**json.loads(sys.argv[-1])))
    fault = None
    try:
        read_book(content, "")
    except TemplateError as error:
        fault = {"fault": error.fault, "cure": error.cure, "key": error.key}
    sys.stdout.write(json.dumps(fault))


if __name__ == "__main__":
    main()
