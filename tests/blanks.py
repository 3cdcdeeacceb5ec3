"""Databases to begin with: made once by each process, then copied.

Migrating takes longer than most tests; what migrates is tested in tests/storage. All copies share
the keys that they were made with.
"""

import atexit
import datetime as dt
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import Final

from bot.publishing import publish
from storage.database import Database
from storage.keyfile import create_key_file
from storage.vault import Vault

FORM: Final = Path(__file__).parent.parent / "conversations" / "forms" / "rural_labour.md"
MORNING: Final = dt.datetime(2026, 11, 24, 2, 0, tzinfo=dt.UTC)


def copy_keys(path: Path) -> None:
    """Put the key file of all copies where a test looks for its own."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    shutil.copy2(_keys(), path)


async def copy_sqlite(path: Path, *, with_form: bool) -> None:
    """Put a new SQLite file there, with the schema and perhaps the form that people fill in."""
    blank = _folder() / f"blank-{with_form}.db"
    if not blank.exists():
        await fill(f"sqlite:///{blank}", with_form=with_form)
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(blank, path)


async def fill(url: str, *, with_form: bool) -> None:
    """Migrate an empty database, and publish the form in it."""
    database = await Database.open(url, Vault.open(_keys()))
    if with_form:
        await publish(database, FORM, MORNING)
    await database.close()


def _keys() -> Path:
    keys = _folder() / "keys" / "key"
    if not keys.exists():
        create_key_file(keys)
    return keys


@cache
def _folder() -> Path:
    """Return a folder of this process that goes with it."""
    folder = tempfile.TemporaryDirectory(prefix="blank-")
    atexit.register(folder.cleanup)
    return Path(folder.name)
