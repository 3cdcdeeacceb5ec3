"""Personal codes for many people of a roster at once; only keyed digests of them are kept."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from storage.ids import new_return_code
from storage.personal_codes import LASTS, USE
from storage.roster import ANSWERS
from storage.scope import Scope
from storage.times import to_micros
from storage.transaction import Row, Transaction
from storage.vault import Vault


@dataclass(frozen=True, slots=True)
class Handed:
    """A code and for whom: what stands on the slip that a station hands out."""

    line: int
    township_id: str
    answers: Mapping[str, str] = field(repr=False)
    code: str = field(repr=False)


async def issue(
    tx: Transaction,
    import_id: str,
    now: datetime,
    *,
    after: int,
    most: int,
    township_id: str = "",
    renew: bool = False,
    scope: Scope | None = None,
) -> tuple[int, list[Handed]]:
    """Make codes for the next people of a file who are waited for and have none.

    Args:
        after: the line that was reached. renew: for all; older codes do not work any more.
        scope: whoever was brought elsewhere since is left out; None for nobody.

    Returns:
        The line that is reached now, 0 at the end, and the codes, which nobody sees again.
    """
    rows = await tx.all(
        "roster_imports.persons",
        import_id=import_id,
        township_id=township_id,
        after=after,
        most=most,
    )
    chosen = _chosen(rows, scope, renew=renew)
    codes = {row["person_id"]: new_return_code() for row in chosen}
    await _replace(tx, codes, now)
    handed = [_handed(tx.vault, row, codes[row["person_id"]]) for row in chosen]
    return (rows[-1]["line"] if rows else 0), handed


def _chosen(rows: Iterable[Row], scope: Scope | None, *, renew: bool) -> list[Row]:
    """Return who of the scope is still waited for and gets a code."""
    return [
        row
        for row in rows
        if row["answers"] is not None
        and (renew or not row["has_code"])
        and (scope is None or row["township_id"] in scope)
    ]


def _handed(vault: Vault, row: Row, code: str) -> Handed:
    answers = vault.unseal(row["person_id"], row["wrapped"], ANSWERS, row["answers"])
    return Handed(row["line"], row["township_id"], json.loads(answers), code)


async def _replace(tx: Transaction, codes: Mapping[str, str], now: datetime) -> None:
    """Keep the new code of each person; the one before does not work any more."""
    await tx.each("roster_bulk.drop_code", [{"person_id": person_id} for person_id in codes])
    await tx.each(
        "roster_bulk.add_code",
        [
            {
                "digest": tx.vault.digest(USE, code),
                "person_id": person_id,
                "created_at": to_micros(now),
                "expires_at": to_micros(now + LASTS["roster"]),
            }
            for person_id, code in codes.items()
        ],
    )
