"""Ties the columns of a template to what the form asks: by title, and drop-downs by their words.

A guess is shown and corrected by people. What a county decided for a column stays when the same
column stands in a newer template, wherever it moved.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal

from storage.export.layout import Found, Layout, plain
from storage.export.template import SERIAL, Column, Template, load_template

_FILE: Final = Path(__file__).with_name("synonyms.toml")
_CODED: Final = re.compile(r"^([0-9A-Za-z]{1,6})[\s\-_.．、:：]+(?=\S)")
MONTHS: Final = frozenset(("training_date", "transfer_date"))
NUMBERS: Final = frozenset(("monthly_income", SERIAL))


@dataclass(frozen=True, slots=True)
class Known:
    """What titles and wordings mean.

    Args of the constructor:
        roles: role by plain title.
        lists: name of the list of a role.
        words: list name -> code -> wordings that mean it, our own first.
        columns: our own column of a role.
        names: what a role is called, in the order in which they are offered.
    """

    roles: Mapping[str, str]
    lists: Mapping[str, str]
    words: Mapping[str, Mapping[str, tuple[str, ...]]]
    columns: Mapping[str, Column]
    names: Mapping[str, str]


@lru_cache(maxsize=1)
def known() -> Known:
    """Return what our own template and the synonyms beside it say."""
    ours = load_template()
    told = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    roles: dict[str, str] = {}
    for role, titles in told["titles"].items():
        roles |= {plain(title): role for title in titles}
    roles |= {plain(column.title): column.roles[0] for column in ours.columns}
    lists = {column.roles[0]: column.list for column in ours.columns if column.list}
    words = {
        name: {
            code: (label, *told["words"].get(name, {}).get(code, ()))
            for code, label in codes.items()
        }
        for name, codes in ours.lists.items()
    }
    columns = {column.roles[0]: column for column in ours.columns}
    names = {column.roles[0]: column.title for column in ours.columns}
    names |= {role: titles[0] for role, titles in told["titles"].items() if role not in names}
    return Known(roles, {**lists, **ours.role_lists}, words, columns, names)


def guess(layout: Layout, title: str) -> Template:
    """Return the mapping that titles and drop-downs suggest; unknown columns stay empty."""
    taken: set[str] = set()
    columns, lists = [], {}
    for found in layout.columns:
        column, codes = guess_column(found, taken)
        taken.update(column.roles)
        columns.append(column)
        if column.list:
            lists[column.list] = codes
    return assembled(layout, title, columns, lists)


def guess_column(found: Found, taken: Iterable[str] = ()) -> tuple[Column, dict[str, str]]:
    """Return what a column probably holds, and its wording by code where it has a list.

    Args:
        taken: roles that another column holds already.
    """
    role = known().roles.get(plain(found.title), "")
    return column_for(found, () if not role or role in set(taken) else (role,))


def column_for(found: Found, roles: Sequence[str]) -> tuple[Column, dict[str, str]]:
    """Return a column that holds these roles as our own one does, and the wording of its list."""
    told = known()
    ours = told.columns.get(roles[0]) if roles else None
    name = told.lists.get(roles[0], "") if roles else ""
    list_name = f"{found.letter}.{name}" if name else ""
    if len(roles) == 1 and ours is not None and not found.options:
        roles = ours.roles
    column = Column(
        title=found.title,
        group=found.group,
        letter=found.letter,
        roles=tuple(roles),
        allowed=found.options,
        first=bool(found.options),
        list=list_name,
        value="label" if found.options else "setting",
        kind=kind_of(roles[0]) if roles else "text",
        join=ours.join if ours is not None else "",
        max=ours.max if ours is not None else Column.model_fields["max"].default,
    )
    return column, matched(name, found.options) if name else {}


def kind_of(role: str) -> Literal["text", "month", "number"]:
    """Return how the answer of a role is written unless people say otherwise."""
    if role in MONTHS:
        return "month"
    return "number" if role in NUMBERS else "text"


def matched(name: str, options: Sequence[str]) -> dict[str, str]:
    """Return for each code of a list the wording of the drop-down that means it.

    Codes without a counterpart are left out; without a drop-down our own wording is taken.
    """
    codes = known().words[name]
    if not options:
        return {code: labels[0] for code, labels in codes.items()}
    by_words = {plain(uncoded(option)): option for option in reversed(options)}
    found: dict[str, str] = {}
    for code, labels in codes.items():
        option = next((by_words[plain(w)] for w in labels if plain(w) in by_words), None)
        option = option or _coded(code, labels, options) or _containing(labels, by_words)
        if option is not None:
            found[code] = option
    return found


def uncoded(option: str) -> str:
    """Return a wording without the code that some templates write before it: 01-汉族."""
    return _CODED.sub("", option)


def _coded(code: str, labels: Sequence[str], options: Sequence[str]) -> str | None:
    """Return the wording that is a bare code, when the drop-down holds nothing but codes."""
    is_bare = all(re.fullmatch(r"[0-9A-Za-z]{1,6}", option) for option in options)
    return code if is_bare and code in options else None


def _containing(labels: Sequence[str], by_words: Mapping[str, str]) -> str | None:
    """Return the only wording that holds one of ours or is held by it; None where unclear."""
    for label in map(plain, labels):
        found = [
            o for words, o in by_words.items() if words and (label in words or words in label)
        ]
        if len(found) == 1 and len(label) > 1:
            return found[0]
    return None


def assembled(
    layout: Layout,
    title: str,
    columns: Sequence[Column],
    lists: Mapping[str, Mapping[str, str]],
) -> Template:
    """Return the mapping of a layout; lists that no column uses are left out."""
    told = known()
    used = {column.list for column in columns if column.list}
    # Behind the first, roles are worded by lists of their own: those of our template.
    others = {role for column in columns for role in column.roles[1:] if role in told.lists}
    role_lists = {role: told.lists[role] for role in others}
    own = {
        name: {code: labels[0] for code, labels in told.words[name].items()}
        for name in role_lists.values()
    }
    return Template(
        title=title[:200] or layout.sheet,
        file="",
        sheet=layout.sheet,
        heading=layout.heading,
        first_row=layout.first_row,
        columns=tuple(columns),
        lists=own | {name: dict(codes) for name, codes in lists.items() if name in used},
        role_lists=role_lists,
    )
