"""Opens a database as the start would, and then undoes everything: for `xiangwen check`."""

from storage.database import PATIENCE, Database, open_engine
from storage.migrate import migrate
from storage.system_keys import open_system_key
from storage.vault import SYSTEM, Vault


class _Undone(Exception):
    """Ends the transaction without a commit; never leaves this module."""


async def rehearse(url: str, vault: Vault) -> None:
    """Connect, migrate and try the keys, all in one transaction that is not kept.

    An SQLite file that is missing would be made, so look for it first.

    Raises:
        StorageError: as `Database.open`.
    """
    engine = await open_engine(url)
    try:
        database = Database(engine, vault, vault.new_key(SYSTEM)[0], PATIENCE)
        async with database.transaction() as tx:
            await tx.bounded("lock", engine.lock_schema(tx.connection))
            await migrate(tx, engine.name)
            await open_system_key(tx)
            raise _Undone
    except _Undone:
        return
    finally:
        await engine.close()
