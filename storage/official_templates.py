"""The platform's empty template as a county uploaded it, and what each of its columns holds.

Neither is ever edited: a change is the next number. One mapping of a county is active. The file
is sealed, for somebody may upload a filled one by mistake.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal

from storage.export.template import Template
from storage.ids import new_id
from storage.times import from_micros, to_micros
from storage.transaction import Reading, Row, Transaction
from storage.vault import content_digest

CONTENT: Final = "official_template.content"


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A template as it came, without its content."""

    id: str
    county_id: str
    number: int
    name: str
    digest: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Mapping:
    """One version of what the columns of a template hold."""

    id: str
    template_id: str
    number: int
    state: Literal["draft", "active", "retired"]
    template: Template = field(repr=False)
    by: str
    at: datetime


async def add(
    tx: Transaction, county_id: str, name: str, content: bytes, *, by: str, now: datetime
) -> str:
    """Keep a template as the county's next one; return its id."""
    row = await tx.the(
        "official_templates.add",
        id=new_id(now),
        scope_id=county_id,
        name=name,
        content=tx.system.seal_bytes(CONTENT, content),
        digest=content_digest(content),
        by=by,
        now=to_micros(now),
    )
    template_id: str = row["id"]
    return template_id


async def get(reading: Reading, template_id: str) -> Uploaded | None:
    """Return a template by id."""
    row = await reading.one("official_templates.get", id=template_id)
    return None if row is None else _uploaded(row)


async def content(reading: Reading, template_id: str) -> bytes:
    """Return the .xlsx."""
    row = await reading.the("official_templates.content", id=template_id)
    return reading.system.open_bytes(CONTENT, row["content"])


async def of_county(reading: Reading, county_id: str) -> list[Uploaded]:
    """Return the templates of a county, newest first."""
    rows = await reading.all("official_templates.of_scope", scope_id=county_id)
    return [_uploaded(row) for row in rows]


async def add_mapping(
    tx: Transaction, template_id: str, template: Template, *, by: str, now: datetime
) -> str:
    """Keep a mapping as the next draft of a template; return its id."""
    row = await tx.the(
        "official_templates.add_mapping",
        id=new_id(now),
        template_id=template_id,
        mapping=template.model_dump_json(exclude_defaults=True),
        by=by,
        now=to_micros(now),
    )
    mapping_id: str = row["id"]
    return mapping_id


async def mapping(reading: Reading, mapping_id: str) -> Mapping | None:
    """Return a mapping by id."""
    row = await reading.one("official_templates.mapping", id=mapping_id)
    return None if row is None else _mapping(row)


async def mappings(reading: Reading, county_id: str) -> list[Mapping]:
    """Return all mappings of a county, those of its newest template first."""
    rows = await reading.all("official_templates.mappings", scope_id=county_id)
    return [_mapping(row) for row in rows]


async def active(reading: Reading, county_id: str) -> Mapping | None:
    """Return the mapping by which a county exports; None while it uses ours."""
    row = await reading.one("official_templates.active", scope_id=county_id)
    return None if row is None else _mapping(row)


async def activate(tx: Transaction, county_id: str, mapping_id: str) -> bool:
    """Let a county export by a mapping from now on; False when it does already."""
    found = await active(tx, county_id)
    if found is not None and found.id == mapping_id:
        return False
    await tx.all("official_templates.retire", scope_id=county_id)
    return await tx.one("official_templates.activate", id=mapping_id) is not None


async def use_ours(tx: Transaction, county_id: str) -> None:
    """Let a county export into our own template again."""
    await tx.all("official_templates.retire", scope_id=county_id)


def _uploaded(row: Row) -> Uploaded:
    return Uploaded(
        row["id"],
        row["scope_id"],
        row["number"],
        row["name"],
        row["digest"],
        row["created_by"],
        from_micros(row["created_at"]),
    )


def _mapping(row: Row) -> Mapping:
    return Mapping(
        row["id"],
        row["template_id"],
        row["number"],
        row["state"],
        Template.model_validate_json(row["mapping"]),
        row["created_by"],
        from_micros(row["created_at"]),
    )
