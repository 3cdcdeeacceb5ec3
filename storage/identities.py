"""Identity numbers: each belongs to one person; only keyed digests of them are kept.

A known number and a new one are treated by the same statements in the same order, so that
whoever types somebody's number learns nothing, not even from how long the answer takes.
"""

from typing import Final

from storage.errors import DatabaseRefused
from storage.transaction import Reading, Transaction

USE: Final = "identity"


async def find(reading: Reading, id_number: str) -> str | None:
    """Return the id of the person with this number, under any index key; None when unknown."""
    found: str | None = None
    for key_id, digest in reading.vault.digests(USE, id_number.upper()).items():
        row = await reading.one("identities.find", key_id=key_id, digest=digest)
        if row is not None:
            found = row["person_id"]
    return found


async def claim(tx: Transaction, id_number: str, person_id: str) -> str:
    """Return whose number it is: this person's when nobody had it, else the earlier owner's.

    A number that this person had before is given up when the claim succeeds.
    """
    owner = await find(tx, id_number)
    key_id = tx.vault.index_key_id
    digest = tx.vault.digest(USE, id_number.upper())
    is_free = owner in {None, person_id}
    row = await tx.one(
        "identities.claim", key_id=key_id, digest=digest, person_id=person_id, is_free=int(is_free)
    )
    if is_free and row is None:
        owner = await find(tx, id_number)
        if owner is None:
            raise DatabaseRefused("identities.claim", "the number came and went")
    whose = person_id if row is not None or owner is None else owner
    # Of somebody who did not get the number nothing is dropped: no row has an empty person.
    gives_up = person_id if whose == person_id else ""
    await tx.all("identities.drop_others", key_id=key_id, digest=digest, person_id=gives_up)
    return whose
