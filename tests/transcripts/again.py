"""Writes the transcripts anew from their `>` lines: `python -m tests.transcripts.again [FILE…]`.

Read every difference by eye before it is committed: the transcripts are what people see.
"""

import asyncio
import sys
import tempfile
from pathlib import Path

from tests.transcripts.stage import FOLDER, play


def main() -> None:
    """Play each named transcript, or all of them, and write what was said."""
    files = [Path(name) for name in sys.argv[1:]] or sorted(FOLDER.glob("*.txt"))
    for file in files:
        with tempfile.TemporaryDirectory() as folder:
            file.write_text(asyncio.run(play(file, Path(folder))), "utf-8")


if __name__ == "__main__":
    main()
