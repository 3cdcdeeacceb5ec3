"""What the pages about exports show, ready for their templates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.exporting.taking import Refused
from bot.places import Place
from storage import staff
from storage.batches import Batch
from storage.export.reasons import WHO
from storage.reports import State
from storage.transaction import Reading


@dataclass(frozen=True, slots=True)
class Preview:
    """What a county could export now.

    Args of the constructor, where not plain:
        counts: its records by state.
        open: the batch that is on its way.
        template: number of its own template, None while it uses ours.
        outdated: a newer template was uploaded and is not in use.
    """

    county_id: str
    counts: Mapping[State, int]
    stations: Sequence[Place]
    open: Batch | None
    template: int | None
    outdated: bool


def held_counts(batch: Batch) -> list[tuple[str, str, int]]:
    """Return reason, who must do something, and how many, the most frequent first."""
    found = [(key, WHO[key], count) for key, count in batch.counts.items() if key in WHO]
    return sorted(found, key=lambda one: -one[2])


def told_by(refused: Refused | None, otherwise: str = "") -> str:
    """Return the key of what is told after a step."""
    return f"console.exports.told.{otherwise if refused is None else refused}"


async def who_asked(reading: Reading, who: str) -> str:
    """Return the name of whoever asked for a batch; "" for the command line."""
    if not who.startswith("staff:"):
        return ""
    found = await staff.get(reading, who.removeprefix("staff:"))
    return "" if found is None else found.name
