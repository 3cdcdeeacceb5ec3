"""Whose key seals a value that may belong to a person or, where nobody is known, to the system."""

from storage.transaction import Reading
from storage.vault import DataKey


async def owner_key(reading: Reading, person_id: str | None) -> DataKey | None:
    """Return the person's key, the system's for nobody, None when the person was erased.

    Raises:
        SealError: no key of the key file wrapped it.
    """
    if person_id is None:
        return reading.system
    row = await reading.one("people.key", person_id=person_id)
    return None if row is None else reading.vault.unwrap(person_id, row["wrapped"])
