"""Published forms: the compiled text under its digest, never changed once it is there."""

from dataclasses import dataclass, field
from datetime import datetime

from storage.times import from_micros, to_micros
from storage.transaction import Reading, Row, Transaction


@dataclass(frozen=True, slots=True)
class PublishedForm:
    """A form version; `source_digest` is that of the table it was compiled from."""

    hash: str
    form_id: str
    version: str
    xml: str = field(repr=False)
    source_digest: str
    published_at: datetime


async def publish(
    tx: Transaction,
    *,
    hash: str,
    form_id: str,
    version: str,
    xml: str,
    source_digest: str,
    now: datetime,
) -> bool:
    """Keep a form version; False when this very text was published before."""
    row = await tx.one(
        "forms.publish",
        hash=hash,
        form_id=form_id,
        version=version,
        xml=xml,
        source_digest=source_digest,
        published_at=to_micros(now),
    )
    return row is not None


async def find(reading: Reading, hash: str) -> PublishedForm | None:
    """Return a form version by the digest of its compiled text."""
    return _form(await reading.one("forms.find", hash=hash))


async def by_source(reading: Reading, source_digest: str) -> PublishedForm | None:
    """Return the latest form version that was compiled from this source."""
    return _form(await reading.one("forms.by_source", source_digest=source_digest))


async def versions(reading: Reading, form_id: str) -> list[PublishedForm]:
    """Return all versions of a form, oldest first."""
    rows = await reading.all("forms.versions", form_id=form_id)
    return [form for form in map(_form, rows) if form is not None]


def _form(row: Row | None) -> PublishedForm | None:
    """Return the form of a row."""
    if row is None:
        return None
    return PublishedForm(
        row["hash"],
        row["form_id"],
        row["version"],
        row["xml"],
        row["source_digest"],
        from_micros(row["published_at"]),
    )
