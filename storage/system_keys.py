"""The data key for what belongs to no person: made at the first start, wrapped like the others."""

from storage.errors import KeyFileError, SealError
from storage.transaction import Transaction
from storage.vault import SYSTEM, DataKey


async def open_system_key(tx: Transaction) -> DataKey:
    """Return the system's data key.

    Raises:
        KeyFileError: the key file is not the one that this database was made with.
    """
    row = await tx.one("system_keys.get", name=SYSTEM)
    if row is None:
        key, wrapped = tx.vault.new_key(SYSTEM)
        await tx.one("system_keys.put", name=SYSTEM, wrapped=wrapped)
        return key
    try:
        return tx.vault.unwrap(SYSTEM, row["wrapped"])
    except SealError:
        raise KeyFileError(
            tx.vault.path,
            "these keys do not open this database",
            "use the key file that was made together with it, or another database",
        ) from None
