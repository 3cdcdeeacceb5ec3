"""A county's own template: taken in, mapped column by column, looked at filled, put into use."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from storage import official_templates
from storage.export.book import Book, read_book
from storage.export.changes import Changes, carried_over, changes
from storage.export.columns import Columns
from storage.export.guess import guess, known
from storage.export.layout import Layout, layout_of
from storage.export.layout import guess as find_layout
from storage.export.package import cut
from storage.export.sample import SAMPLE
from storage.export.template import Template
from storage.official_templates import Mapping
from storage.transaction import Reading, Transaction


@dataclass(frozen=True, slots=True)
class Taken:
    """A template that came in, with the draft of its mapping.

    Args of the constructor:
        changed: how it differs from the one that is in use; None where none is.
    """

    template_id: str
    mapping_id: str
    changed: Changes | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A mapping with the file that it is about, read again."""

    mapping: Mapping
    book: Book = field(repr=False)
    layout: Layout = field(repr=False)


async def take_in(
    tx: Transaction, county_id: str, name: str, content: bytes, *, by: str, now: datetime
) -> Taken:
    """Keep a template and guess what its columns hold; what a county decided before stays.

    Raises:
        TemplateError: it cannot be used, with the cure.
    """
    active = await official_templates.active(tx, county_id)
    told = (name, content, None if active is None else active.template)
    template, changed = await asyncio.to_thread(_understood, *told)
    template_id = await official_templates.add(tx, county_id, name, content, by=by, now=now)
    mapping_id = await official_templates.add_mapping(tx, template_id, template, by=by, now=now)
    return Taken(template_id, mapping_id, changed)


def _understood(
    name: str, content: bytes, active: Template | None
) -> tuple[Template, Changes | None]:
    """Return the mapping of a new template, and how it differs from the one in use."""
    book = read_book(content, name)
    layout = find_layout(book, known().roles, name)
    template = guess(layout, name) if active is None else carried_over(active, layout, name)
    # Fails here, and not when somebody exports by it.
    cut(content, template, name)
    return template, None if active is None else changes(active, layout)


async def shown(reading: Reading, mapping: Mapping) -> Shown:
    """Return a mapping with what its template says.

    Raises:
        TemplateError: the sheet or the headings of the mapping are not in it.
    """
    content = await official_templates.content(reading, mapping.template_id)
    name = mapping.template.title

    def read() -> Shown:
        book = read_book(content, name)
        template = mapping.template
        heading = template.heading or template.first_row - 1
        layout = layout_of(book, template.sheet, heading, template.first_row, name)
        return Shown(mapping, book, layout)

    return await asyncio.to_thread(read)


async def move(
    tx: Transaction,
    mapping: Mapping,
    place: tuple[str, int, int],
    *,
    by: str,
    now: datetime,
) -> str:
    """Look for the columns elsewhere in the same file; return the id of the new draft.

    Args:
        place: sheet, last row of the headings, first row of people.

    Raises:
        TemplateError: there are no headings.
    """
    content = await official_templates.content(tx, mapping.template_id)
    name = mapping.template.title

    def read() -> Template:
        layout = layout_of(read_book(content, name), *place, name)
        moved = carried_over(mapping.template, layout, name)
        cut(content, moved, name)
        return moved

    template = await asyncio.to_thread(read)
    return await official_templates.add_mapping(tx, mapping.template_id, template, by=by, now=now)


def sample_of(template: Template) -> Sequence[tuple[str, str, str]]:
    """Return letter, title and cell of every column for one made-up person."""
    columns = Columns(template, "labels")
    cells, _ = columns.cells(SAMPLE, "")
    titles = [
        f"{column.group}·{column.title}" if column.group else column.title
        for column in template.columns
    ]
    return list(zip(template.letters, titles, cells, strict=True))


async def outdated(reading: Reading, county_id: str) -> bool:
    """Tell whether a county has a newer template than the one that it exports by."""
    active = await official_templates.active(reading, county_id)
    uploaded = await official_templates.of_county(reading, county_id)
    return active is not None and uploaded[0].id != active.template_id
