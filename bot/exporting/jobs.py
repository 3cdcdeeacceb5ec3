"""Works off what the console asked for, and empties the files whose time is over."""

import logging
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from bot.exporting.making import Interrupted, Workshop, made_of, make
from bot.exporting.names import part_name
from conversations.xform import FormError
from storage import batch_files, batches
from storage.batch_files import HELD_BACK, BatchFile
from storage.batches import Batch
from storage.errors import SealError
from storage.export.errors import ExportError, TemplateError
from storage.export.protect import new_password
from storage.export.run import Outcome, Target
from storage.transaction import Transaction
from storage.vault import content_digest

_log = logging.getLogger(__name__)
_STEM: Final = "batch"


async def work_off(shop: Workshop) -> None:
    """Make every batch that waits, one after the other; then empty what is too old."""
    async with shop.database.reading() as reading:
        waiting = await batches.to_make(reading)
    for batch_id in waiting:
        await _make_one(shop, batch_id)
    async with shop.database.transaction() as tx:
        await batches.expire(tx, shop.clock())


async def _make_one(shop: Workshop, batch_id: str) -> None:
    async with shop.database.reading() as reading:
        batch = await batches.get(reading, batch_id)
    if batch is None:
        return
    try:
        with tempfile.TemporaryDirectory(prefix="xiangwen-") as folder:
            await _into(shop, batch, Target(Path(folder) / f"{_STEM}.xlsx", new_password()))
    except Interrupted as error:
        _log.info("a batch was not made", extra={"batch": batch_id, "why": str(error)})
    except (ExportError, FormError, LookupError, SealError) as error:
        _log.warning(
            "a batch cannot be made", extra={"batch": batch_id, "error": type(error).__name__}
        )
        async with shop.database.transaction() as tx:
            fault = error.key if isinstance(error, TemplateError) else "broken"
            await batches.fail(tx, batch_id, fault)


async def _into(shop: Workshop, batch: Batch, target: Target) -> None:
    """Make a batch and keep its files, which are encrypted, until somebody takes them."""

    async def keep(tx: Transaction, outcome: Outcome, counts: Mapping[str, int]) -> None:
        digests = []
        for part, path, rows in files_of(target, outcome):
            content = path.read_bytes()
            digests.append(content_digest(content))
            name = part_name(batch, part, len(outcome.parts), shop.zone)
            file = BatchFile(part, name, rows, digests[-1], len(content))
            await batch_files.add(tx, batch.id, file, content)
        made = made_of(outcome, counts, one_digest(digests))
        expires_at = shop.clock() + shop.kept
        if not await batches.finish(
            tx, batch.id, made, password=target.password, expires_at=expires_at
        ):
            raise Interrupted("the batch was dropped")

    await make(shop, batch, target, lambda _: None, keep)


def files_of(target: Target, outcome: Outcome) -> list[tuple[int, Path, int]]:
    """Return part, path and rows of each file that was written."""
    files = [(at, target.part(at), rows) for at, rows in enumerate(outcome.parts, 1)]
    if outcome.held_back:
        files.insert(0, (HELD_BACK, target.held_back, outcome.held_back))
    return files


def one_digest(digests: list[str]) -> str:
    """Return one digest of several files."""
    return digests[0] if len(digests) == 1 else content_digest("".join(digests).encode())
