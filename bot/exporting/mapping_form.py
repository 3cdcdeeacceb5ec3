"""What the mapping screen posts, read into the next version of a mapping."""

from collections.abc import Mapping
from typing import Final, Literal, Protocol, cast

from bot.figures import figure
from storage.export.guess import assembled, column_for, known, matched
from storage.export.layout import Found, Layout
from storage.export.template import Column, Template
from storage.export.text import MAX_CELL

EMPTY: Final = ""
CONSTANT: Final = "="
_KINDS: Final = frozenset(("text", "month", "number"))
_VALUES: Final = frozenset(("setting", "label", "code"))


class Fields(Protocol):
    """A form that was posted: what was given for a field, "" for nothing."""

    def get(self, name: str, otherwise: str = "") -> str:
        """Return what was given."""
        ...


def mapping_from(
    fields: Fields, layout: Layout, before: Template, roles: frozenset[str]
) -> Template:
    """Return the mapping that somebody chose.

    Args:
        before: the version that was shown; a column whose role changed is worded anew.
        roles: what may be chosen.
    """
    shown = {column.letter: column for column in before.columns}
    columns, lists = [], {}
    for found in layout.columns:
        column, codes = _column(fields, found, shown.get(found.letter), roles, before)
        columns.append(column)
        if column.list:
            lists[column.list] = codes
    return assembled(layout, before.title, columns, lists)


def _column(
    fields: Fields,
    found: Found,
    shown: Column | None,
    roles: frozenset[str],
    before: Template,
) -> tuple[Column, Mapping[str, str]]:
    letter = found.letter
    holds = fields.get(f"{letter}.holds")
    if holds == CONSTANT:
        words = fields.get(f"{letter}.constant")[:200]
        return _settled(column_for(found, ())[0], fields, constant=words), {}
    if holds not in roles:
        return column_for(found, ())[0], {}
    same = shown is not None and shown.roles[:1] == (holds,)
    column, codes = column_for(found, shown.roles if same and shown is not None else (holds,))
    if not same:
        return column, codes
    return _settled(column, fields), _worded(fields, found, column, before)


def _settled(column: Column, fields: Fields, constant: str = "") -> Column:
    """Return a column with what was chosen beside its role."""
    letter = column.letter
    kind, value = fields.get(f"{letter}.kind"), fields.get(f"{letter}.value")
    most = fields.get(f"{letter}.max")
    return column.model_copy(
        update={
            "constant": constant,
            "kind": cast(Literal["text"], kind) if kind in _KINDS else column.kind,
            "value": cast(Literal["label"], value) if value in _VALUES else column.value,
            "max": figure(most, column.max, least=1, most=MAX_CELL),
        }
    )


def _worded(fields: Fields, found: Found, column: Column, before: Template) -> Mapping[str, str]:
    """Return the wording of each code: of a drop-down the chosen one, else as it was."""
    if not column.list:
        return {}
    if not found.options:
        return before.lists.get(column.list) or matched(_name(column), ())
    chosen = {
        code: fields.get(f"{column.letter}.word.{code}") for code in known().words[_name(column)]
    }
    return {code: words for code, words in chosen.items() if words in found.options}


def _name(column: Column) -> str:
    return known().lists[column.roles[0]]
