"""Records to cells: one small function per column, made once per export."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, Literal

from conversations.record_rules import Finding, Record
from storage.export.template import REVIEW, Column, Template
from storage.export.text import MAX_CELL

Wording = Literal["labels", "codes"]

_BETWEEN_LABELS: Final = "；"
_BETWEEN_CODES: Final = ","


class Columns:
    """The columns of a template, ready to read records.

    Args:
        wording: labels or codes, for the columns that leave it open.
    """

    def __init__(self, template: Template, wording: Wording) -> None:
        self.template = template
        self.titles = _titles(template)
        self._cells = [_cell(template, column, wording) for column in template.columns]
        self._limits = [
            (at, column.max, column.roles[0])
            for at, column in enumerate(template.columns)
            if not column.list or column.max < MAX_CELL
        ]
        self._lists = [
            (column.roles[0], template.lists[column.list])
            for column in template.columns
            if column.list
        ]

    def cells(self, record: Record, review: str) -> list[str]:
        """Return the text of each cell, "" for none.

        Args:
            review: what staff should look at although the row is exported.
        """
        return [cell(record) if cell is not None else review for cell in self._cells]

    def faults(self, record: Record, cells: Sequence[str]) -> Iterator[Finding]:
        """Yield what this template cannot take: codes out of its lists, texts too long."""
        unknown = tuple(
            role
            for role, known in self._lists
            if (value := record.get(role)) and value not in known and not _all_in(known, value)
        )
        if unknown:
            yield Finding("not_in_list", unknown)
        long = tuple(role for at, limit, role in self._limits if len(cells[at]) > limit)
        if long:
            yield Finding("too_long", long)


def _all_in(known: Mapping[str, str], value: str) -> bool:
    """Tell whether several answers, separated by spaces, all stand in a list."""
    return all(name in known for name in value.split(" "))


def _titles(template: Template) -> dict[str, str]:
    """Return the column title of each role, the first column's where several show it."""
    titles: dict[str, str] = {}
    for column in template.columns:
        for role in column.roles:
            titles.setdefault(role, column.title)
    return titles


def _cell(template: Template, column: Column, wording: Wording) -> Callable[[Record], str] | None:
    """Return what reads a column's cell from a record, None for the review column."""
    if column.roles == (REVIEW,):
        return None
    as_code = column.value == "code" or (column.value == "setting" and wording == "codes")
    parts = []
    for at, role in enumerate(column.roles):
        name = column.list if at == 0 else template.role_lists.get(role, "")
        known = template.lists[name] if name else {}
        parts.append(_part(role, known, as_code=as_code, is_month=column.kind == "month"))
    if len(parts) == 1:
        return parts[0]
    return lambda record: column.join.join(filter(None, (part(record) for part in parts)))


def _part(
    role: str, known: Mapping[str, str], *, as_code: bool, is_month: bool
) -> Callable[[Record], str]:
    """Return what reads one role: as it is, as a month, as codes or in words."""
    if is_month:
        return lambda record: record.get(role, "")[:7]
    if not known:
        return lambda record: record.get(role, "")
    words = {code: code for code in known} if as_code else known
    between = _BETWEEN_CODES if as_code else _BETWEEN_LABELS

    def read(record: Record) -> str:
        value = record.get(role, "")
        whole = words.get(value)
        if whole is not None or not value:
            return whole or ""
        return between.join(words.get(name, name) for name in value.split(" "))

    return read
