"""Brings a database to the shape that this program needs, once, under a lock.

`migrations/NNN_name.sql` runs on both engines, and a file of that name in `migrations/sqlite`
or `migrations/postgres` after it on that engine. An applied migration is never edited: the
digest of what ran is kept in table `migration` and compared at every start.
"""

import re
from pathlib import Path
from typing import Final

from storage.errors import MigrationError
from storage.transaction import Row, Transaction
from storage.vault import content_digest

FOLDER: Final = Path(__file__).parent / "migrations"
_NAME: Final = re.compile(r"(\d{3})_[a-z0-9_]+")
_TABLE: Final = (
    "create table if not exists migration"
    " (number bigint primary key, name text not null, digest text not null);\n"
)


async def migrate(tx: Transaction, engine: str, folder: Path = FOLDER) -> None:
    """Apply what is missing, in order.

    Raises:
        MigrationError: an applied one was edited, or the database is newer than the program.
    """
    await tx.run(_TABLE)
    applied = {row["number"]: row for row in await tx.all("migrations.applied")}
    scripts = _scripts(engine, folder)
    _compare(applied, scripts)
    for number, (name, script) in scripts.items():
        if number not in applied:
            await tx.run(script)
            digest = content_digest(script.encode())
            await tx.one("migrations.note", number=number, name=name, digest=digest)


def _scripts(engine: str, folder: Path) -> dict[int, tuple[str, str]]:
    """Return name and text by number, in the order of the numbers."""
    names = {path.stem for place in (folder, folder / engine) for path in place.glob("*.sql")}
    found: dict[int, tuple[str, str]] = {}
    for name in sorted(names):
        matched = _NAME.fullmatch(name)
        if matched is None or int(matched[1]) != len(found) + 1:
            raise MigrationError(f"migration {name} is out of order", "install the program anew")
        parts = (folder / f"{name}.sql", folder / engine / f"{name}.sql")
        text = "".join(part.read_text(encoding="utf-8") for part in parts if part.exists())
        found[int(matched[1])] = (name, text)
    return found


def _compare(applied: dict[int, Row], scripts: dict[int, tuple[str, str]]) -> None:
    """Refuse a database that was not made by these very migrations."""
    for number, row in applied.items():
        if number not in scripts:
            raise MigrationError(
                f"the database has migration {number}, which this program does not know",
                "start the newer program that wrote it",
            )
        name, script = scripts[number]
        if row["digest"] != content_digest(script.encode()):
            raise MigrationError(
                f"migration {name} was edited after it was applied",
                "put the file back as it was and write a new migration",
            )
