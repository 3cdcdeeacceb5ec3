"""How a template differs from the one that was mapped, and what of the mapping can stay."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar

from storage.export.guess import assembled, guess_column, known, matched
from storage.export.layout import Found, Layout, plain
from storage.export.template import Column, Template


class _Titled(Protocol):
    @property
    def title(self) -> str: ...

    @property
    def group(self) -> str: ...


Some = TypeVar("Some", bound=_Titled)


@dataclass(frozen=True, slots=True)
class Changes:
    """Titles of the columns that are new, gone, moved or offer other wordings.

    Args of the constructor:
        place: sheet, heading or first row differ.
    """

    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    reworded: tuple[str, ...] = ()
    place: bool = False

    def __bool__(self) -> bool:
        return bool(self.new or self.gone or self.moved or self.reworded or self.place)


def changes(mapped: Template, layout: Layout) -> Changes:
    """Return what differs between a mapping and the template at hand."""
    before = _by_key(zip(mapped.columns, mapped.letters, strict=True))
    now = _by_key((found, found.letter) for found in layout.columns)
    both = [key for key in now if key in before]
    return Changes(
        new=tuple(found.title for key, (found, _) in now.items() if key not in before),
        gone=tuple(column.title for key, (column, _) in before.items() if key not in now),
        moved=tuple(now[key][0].title for key in both if now[key][1] != before[key][1]),
        reworded=tuple(
            now[key][0].title
            for key in both
            if set(now[key][0].options) != set(before[key][0].allowed)
        ),
        place=(mapped.sheet, mapped.heading, mapped.first_row)
        != (layout.sheet, layout.heading, layout.first_row),
    )


def carried_over(mapped: Template, layout: Layout, title: str) -> Template:
    """Return the mapping of a newer template: what stays keeps its own, the rest is guessed."""
    before = _by_key(zip(mapped.columns, mapped.letters, strict=True))
    taken = {role for column, _ in before.values() for role in column.roles}
    columns: list[Column] = []
    lists: dict[str, Mapping[str, str]] = {}
    for key, (found, _) in _by_key((one, one.letter) for one in layout.columns).items():
        if key in before:
            column, codes = _kept(before[key][0], found, mapped)
        else:
            column, codes = guess_column(found, taken)
            taken.update(column.roles)
        columns.append(column)
        if column.list:
            lists[column.list] = codes
    return assembled(layout, title, columns, lists)


def _kept(column: Column, found: Found, mapped: Template) -> tuple[Column, dict[str, str]]:
    """Return a column at its new place; wordings that the drop-down lost are matched anew."""
    name = known().lists.get(column.roles[0], "") if column.list else ""
    codes = dict(mapped.lists.get(column.list, {}))
    if found.options and name:
        kept = {code: words for code, words in codes.items() if words in found.options}
        codes = matched(name, found.options) | kept
    changed = {
        "letter": found.letter,
        "title": found.title,
        "group": found.group,
        "allowed": found.options,
        "list": f"{found.letter}.{name}" if name else "",
    }
    return column.model_copy(update=changed), codes


def _by_key(columns: Iterable[tuple[Some, str]]) -> dict[str, tuple[Some, str]]:
    """Return columns with their letters by titles; the second of two equals is told apart."""
    seen: Counter[str] = Counter()
    found: dict[str, tuple[Some, str]] = {}
    for column, letter in columns:
        key = f"{plain(column.group)}|{plain(column.title)}"
        seen[key] += 1
        found[f"{key}|{seen[key]}"] = (column, letter)
    return found
