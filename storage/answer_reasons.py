"""The reasons of a result file: those that differ in numbers only are one, and who mends each."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from storage.answers import Choice
from storage.transaction import Reading, Transaction

WORDS: Final = "answer_reason.words"


@dataclass(frozen=True, slots=True)
class Reason:
    """What the platform says of several rows; `words` with the numbers taken out."""

    number: int
    key: str
    roles: tuple[str, ...]
    words: str = field(repr=False)
    total: int
    choice: Choice


async def put(tx: Transaction, import_id: str, found: Sequence[Reason]) -> None:
    """Keep reasons with how often they were read so far; a choice that was made stays."""
    values = [
        {
            "import_id": import_id,
            "number": one.number,
            "key": one.key,
            "roles": ",".join(one.roles),
            "words": tx.system.seal(WORDS, one.words),
            "total": one.total,
            "choice": one.choice,
        }
        for one in found
    ]
    if values:
        await tx.each("answers.put_reason", values)


async def of_import(reading: Reading, import_id: str) -> list[Reason]:
    """Return the reasons of a file, the most frequent first."""
    return [
        Reason(
            row["number"],
            row["key"],
            tuple(filter(None, row["roles"].split(","))),
            reading.system.open(WORDS, row["words"]),
            row["total"],
            row["choice"],
        )
        for row in await reading.all("answers.reasons", import_id=import_id)
    ]


async def choose(tx: Transaction, import_id: str, number: int, choice: Choice) -> None:
    """Say who mends what is refused for a reason; only while the file is `checked`."""
    values = {"import_id": import_id, "number": number, "choice": choice}
    await tx.each("answers.choose", [values])
