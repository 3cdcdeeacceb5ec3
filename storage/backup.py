"""Backs a SQLite database up while it is in use; a live file must never simply be copied.

The keys are not in it: they are backed up apart, or the backup could be read by whoever finds it.
"""

import asyncio
import os
from pathlib import Path

from storage.database import Database
from storage.errors import SetUpError, StorageError
from storage.sqlite import is_whole


async def back_up(database: Database, path: Path) -> None:
    """Write a checked copy to a new file, mode 0600; it takes its name only when it is whole.

    Raises:
        SetUpError: there is such a file already, or the database is PostgreSQL.
        StorageError: the copy could not be written or is damaged.
    """
    partial = await asyncio.to_thread(_make_room, path)
    try:
        await database.back_up(partial)
        if not await asyncio.to_thread(_settled, partial):
            raise StorageError("the copy is damaged: check the disk and try again")
        await asyncio.to_thread(partial.rename, path)
    finally:
        await asyncio.to_thread(partial.unlink, missing_ok=True)


def _make_room(path: Path) -> Path:
    """Make an empty file beside the wanted one, for its owner only."""
    if path.exists():
        raise SetUpError(f"{path} exists already", "name a new file")
    partial = path.with_name(f"{path.name}.partial")
    partial.unlink(missing_ok=True)
    os.close(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    return partial


def _settled(path: Path) -> bool:
    """Return whether the copy is whole, once it is on the disk (`vacuum into` does not sync)."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
    return is_whole(path)
