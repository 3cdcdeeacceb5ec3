"""What the mapping screen shows, ready for its template."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.exporting.mapping_form import CONSTANT, EMPTY
from bot.exporting.templates import Shown, sample_of
from storage.export.changes import Changes, changes
from storage.export.checks import Fault, faults
from storage.export.guess import known
from storage.export.layout import Found
from storage.export.template import Column, Template
from storage.export.text import MAX_CELL
from storage.official_templates import Mapping as Mapped


@dataclass(frozen=True, slots=True)
class WordRow:
    """One of our options, and which wording of the drop-down it is written as."""

    code: str
    label: str
    chosen: str


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """One column as the screen shows it.

    Args of the constructor, where not plain:
        holds: a role, `=` for a constant, "" for nothing.
        most: longest text, "" where the sheet takes any.
        cell: what the made-up person has there.
    """

    letter: str
    title: str
    group: str
    holds: str
    constant: str
    kind: str
    value: str
    most: str
    coded: bool
    options: Sequence[str]
    words: Sequence[WordRow]
    cell: str


@dataclass(frozen=True, slots=True)
class Screen:
    """The mapping screen.

    Args of the constructor, where not plain:
        choices: what a column can hold, by role.
        changed: how it differs from the one in use; None where that is this one, or none is.
    """

    mapping: Mapped
    sheets: Sequence[str]
    columns: Sequence[ColumnRow]
    choices: Mapping[str, str]
    faults: Sequence[Fault]
    changed: Changes | None
    stops: bool


def screen_of(shown: Shown, active: Template | None, roles: frozenset[str]) -> Screen:
    """Return what the screen shows.

    Args:
        roles: what the form calls its answers.
    """
    template = shown.mapping.template
    cells = {letter: cell for letter, _, cell in sample_of(template)}
    by_letter = dict(zip(template.letters, template.columns, strict=True))
    found = faults(template, roles)
    is_other = active is not None and shown.mapping.state != "active"
    return Screen(
        mapping=shown.mapping,
        sheets=[sheet.name for sheet in shown.book.sheets if not sheet.is_hidden],
        columns=[
            _row(one, by_letter.get(one.letter), template, cells.get(one.letter, ""))
            for one in shown.layout.columns
        ],
        choices={role: name for role, name in known().names.items() if role in roles},
        faults=found,
        changed=changes(active, shown.layout) if is_other and active is not None else None,
        stops=any(fault.stops for fault in found),
    )


def _row(found: Found, column: Column | None, template: Template, cell: str) -> ColumnRow:
    column = column or Column(title=found.title)
    holds = column.roles[0] if column.roles else (CONSTANT if column.constant else EMPTY)
    name = known().lists.get(holds, "") if column.list else ""
    chosen = template.lists.get(column.list, {})
    return ColumnRow(
        letter=found.letter,
        title=found.title,
        group=found.group,
        holds=holds,
        constant=column.constant,
        kind=column.kind,
        value=column.value,
        most="" if column.max == MAX_CELL else str(column.max),
        coded=bool(column.list),
        options=found.options,
        words=[
            WordRow(code, labels[0], chosen.get(code, ""))
            for code, labels in (known().words[name] if name and found.options else {}).items()
        ],
        cell=cell,
    )
