"""What is wrong with a mapping before anybody exports by it: faults stop it, others are asked."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from conversations.record_rules import REQUIRED
from storage.export.guess import known
from storage.export.template import REVIEW, SERIAL, Column, Template

# Without these nobody can tell whom a row is about.
NEEDED = ("name", "id_number")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to look at: a key of the texts, the column's title, and what it is about.

    Args of the constructor:
        stops: a mapping with it cannot be used.
    """

    key: str
    title: str = ""
    words: tuple[str, ...] = ()
    stops: bool = False


def faults(template: Template, known_roles: frozenset[str]) -> list[Fault]:
    """Return what is wrong, the worst first.

    Args:
        known_roles: what the form calls its answers.
    """
    found = [*_about_roles(template, known_roles)]
    for column in template.columns:
        found += _about_column(column, template)
    return sorted(found, key=lambda fault: not fault.stops)


def _about_roles(template: Template, known_roles: frozenset[str]) -> Iterator[Fault]:
    times = Counter(role for column in template.columns for role in column.roles)
    for role in NEEDED:
        if not times[role]:
            yield Fault("needed", words=(title_of(role),), stops=True)
    others = [role for role in REQUIRED if role not in NEEDED and not times[role]]
    if others:
        yield Fault("unmapped", words=tuple(map(title_of, others)))
    strange = [role for role in times if role not in known_roles and role not in (REVIEW, SERIAL)]
    if strange:
        yield Fault("no_such_role", words=tuple(strange), stops=True)
    twice = [role for role, count in times.items() if count > 1]
    if twice:
        yield Fault("twice", words=tuple(map(title_of, twice)))


def _about_column(column: Column, template: Template) -> Iterator[Fault]:
    if column.constant and column.allowed and column.constant not in column.allowed:
        yield Fault("constant_not_allowed", column.title, (column.constant,), stops=True)
    if len(column.constant) > column.max:
        yield Fault("constant_too_long", column.title, (str(column.max),), stops=True)
    if not column.list:
        return
    told = known().words.get(known().lists.get(column.roles[0], ""), {})
    words = template.lists[column.list]
    absent = tuple(labels[0] for code, labels in told.items() if code not in words)
    if absent:
        yield Fault("no_counterpart", column.title, absent)
    strange = tuple(w for w in words.values() if column.allowed and w not in column.allowed)
    if strange:
        yield Fault("not_in_drop_down", column.title, strange, stops=True)
    unused = tuple(words_ for words_ in column.allowed if words_ not in words.values())
    if unused:
        yield Fault("unused_wording", column.title, unused)
    long = tuple(w for w in words.values() if len(w) > column.max)
    if long:
        yield Fault("wording_too_long", column.title, long)


def title_of(role: str) -> str:
    """Return what our own template calls an answer."""
    return known().names.get(role, role)
