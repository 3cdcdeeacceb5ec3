"""Identity numbers: each belongs to one person; only keyed digests of them are kept."""

from typing import Final

from storage.errors import DatabaseRefused
from storage.transaction import Reading, Transaction

USE: Final = "identity"


async def find(reading: Reading, id_number: str) -> str | None:
    """Return the id of the person with this number, under any index key; None when unknown."""
    for key_id, digest in reading.vault.digests(USE, id_number.upper()).items():
        row = await reading.one("identities.find", key_id=key_id, digest=digest)
        if row is not None:
            owner: str = row["person_id"]
            return owner
    return None


async def claim(tx: Transaction, id_number: str, person_id: str) -> str:
    """Return whose number it is: this person's when nobody had it, else the earlier owner's.

    A number that this person had before is given up when the claim succeeds.
    """
    owner = await find(tx, id_number)
    if owner not in {None, person_id}:
        return str(owner)
    key_id = tx.vault.index_key_id
    digest = tx.vault.digest(USE, id_number.upper())
    row = await tx.one("identities.claim", key_id=key_id, digest=digest, person_id=person_id)
    if row is None:
        owner = await find(tx, id_number)
        if owner is None:
            raise DatabaseRefused("identities.claim", "the number came and went")
        if owner != person_id:
            return owner
    await tx.all("identities.drop_others", key_id=key_id, digest=digest, person_id=person_id)
    return person_id
