"""Records to cells: one small function per column, made once per export."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, Literal

from conversations.record_rules import Finding, Record
from storage.export.template import REVIEW, Column, Template

Wording = Literal["labels", "codes"]
Labels = Mapping[str, Mapping[str, str]]

_BETWEEN_LABELS: Final = "；"
_BETWEEN_CODES: Final = ","


class Columns:
    """The columns of a template, ready to read records.

    Args:
        wording: labels or codes, for the columns that leave it open.
        labels: wording by role and code, for roles that the template has no list of.
    """

    def __init__(self, template: Template, wording: Wording, labels: Labels) -> None:
        self.template = template
        self.titles = _titles(template)
        self._cells = [_cell(template, column, wording, labels) for column in template.columns]
        self._limits = [(column.max, column.roles) for column in template.columns]
        self._shortest = min(limit for limit, _ in self._limits)

    def cells(self, record: Record, review: str) -> list[str]:
        """Return the text of each cell, "" for none.

        Args:
            review: what staff should look at although the row is exported.
        """
        return [cell(record) if cell is not None else review for cell in self._cells]

    def faults(self, record: Record, cells: Sequence[str]) -> Iterator[Finding]:
        """Yield what this template cannot take: codes out of its lists, texts too long."""
        unknown = tuple(self._unknown(record))
        if unknown:
            yield Finding("not_in_list", unknown)
        long = tuple(
            roles[0]
            for (limit, roles), cell in zip(self._limits, cells, strict=True)
            if len(cell) > limit
        )
        if long:
            yield Finding("too_long", long)

    def _unknown(self, record: Record) -> Iterator[str]:
        """Yield the roles whose code stands in no list of the template."""
        for column in self.template.columns:
            value = record.get(column.roles[0], "")
            if column.list and value:
                known = self.template.lists[column.list]
                if value not in known and not all(name in known for name in value.split(" ")):
                    yield column.roles[0]


def _titles(template: Template) -> dict[str, str]:
    """Return the column title of each role, the first column's where several show it."""
    titles: dict[str, str] = {}
    for column in template.columns:
        for role in column.roles:
            titles.setdefault(role, column.title)
    return titles


def _cell(
    template: Template, column: Column, wording: Wording, labels: Labels
) -> Callable[[Record], str] | None:
    """Return what reads a column's cell from a record, None for the review column."""
    if column.roles == (REVIEW,):
        return None
    as_code = column.value == "code" or (column.value == "setting" and wording == "codes")
    parts = []
    for at, role in enumerate(column.roles):
        known = template.lists[column.list] if column.list and at == 0 else labels.get(role, {})
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
