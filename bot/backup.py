"""`xiangwen backup`: a checked copy of the SQLite database while it is in use."""

import asyncio
from pathlib import Path

import click

from bot.cli.failures import Refusal
from bot.cli.given import with_settings
from bot.settings import Settings
from storage.backup import back_up
from storage.database import Database
from storage.vault import Vault


@click.command()
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A new file; one that exists is never replaced.",
)
@with_settings
def backup(settings: Settings, *, out: Path) -> None:
    """Copy the database while it is in use; the keys are not in the copy."""
    refuse_what_cannot_be_copied(settings, out)
    try:
        asyncio.run(_copy(settings, out))
    except OSError as error:
        raise Refusal(f"--out {out}: cannot be written ({error.strerror}).") from None
    click.echo(f"The database is in {out}, whole and for this user alone.")
    click.echo(
        f"Without {settings.keys.file} nobody can read it. The key file is not in the copy:"
    )
    click.echo("keep a copy of it too, and keep the two apart.")


def refuse_what_cannot_be_copied(settings: Settings, out: Path) -> None:
    """Look before anything is opened, for opening would make a database that is not there.

    Raises:
        Refusal: another database than SQLite, none at all, or nowhere to put the copy.
    """
    file = settings.database_file
    if file is None:
        raise Refusal("storage.url: PostgreSQL is backed up by its own tools. Use pg_dump.")
    if not file.exists():
        raise Refusal(f"storage.url: there is no database at {file}. Nothing is to be backed up.")
    if not out.absolute().parent.is_dir():
        raise Refusal(f"--out {out}: there is no such folder. Make it, or name another.")


async def _copy(settings: Settings, out: Path) -> None:
    vault = Vault.open(settings.keys.file)
    database = await Database.open(settings.storage.url.get_secret_value(), vault)
    try:
        await back_up(database, out)
    finally:
        await database.close()
