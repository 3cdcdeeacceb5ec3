"""What the files of a batch are called: no name says whose records are in it."""

from datetime import tzinfo

from storage.batch_files import HELD_BACK
from storage.batches import Batch


def part_name(batch: Batch, part: int, parts: int, zone: tzinfo) -> str:
    """Return the name under which a part is saved."""
    day = batch.created_at.astimezone(zone).strftime("%Y%m%d-%H%M")
    if part == HELD_BACK:
        return f"{day}-held-back.xlsx"
    return f"{day}.xlsx" if parts == 1 else f"{day}-{part}of{parts}.xlsx"
