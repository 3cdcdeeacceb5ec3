"""Where tests put files that need not outlive them: in memory, where a machine has the room.

A database is some hundred files. Making and deleting them, and waiting for the disk at each
commit, took more of a test run than the tests did. Tests kill processes, never the machine: when a
process is killed, a file in memory stays like any other.
"""

import shutil
from pathlib import Path
from typing import Final

_MEMORY: Final = Path("/dev/shm")
_ENOUGH: Final = 4 << 30


def folder() -> Path | None:
    """Return a folder in memory with room for all tests; None where there is none."""
    if _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free >= _ENOUGH:
        return _MEMORY
    return None
