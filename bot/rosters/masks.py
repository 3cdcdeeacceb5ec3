"""Values of a file as they may be shown before anybody gave a reason to see them."""

import re
from collections.abc import Sequence
from typing import Final

from bot.rosters.rules import load_words
from conversations.cases import masked_name
from conversations.dialogue.shown import masked
from storage.tables.rows import Row

_RUN: Final = re.compile(r"[0-9][0-9Xx]{4,}")
_LONGEST: Final = 16
_SHORT: Final = 4
# What says little of anybody, and what a clerk must see to know which column it is.
_OPEN: Final = frozenset(
    (
        *("county", "township", "village", "gender", "ethnicity"),
        *("political_status", "education", "labour_capacity"),
    )
)
_ROLE_MASKS: Final = {"id_number": "id", "phone": "phone"}


def masked_samples(rows: Sequence[Row], titles: Sequence[str]) -> list[list[str]]:
    """Return a few rows masked: enough to know which column it is, not who it is."""
    words = load_words()
    roles = [words.role_of(title) or "" for title in titles]
    return [[masked_cell(row.cell(at), roles[at]) for at in range(len(titles))] for row in rows]


def masked_cell(cell: str, role: str) -> str:
    """Return a cell of a file as it is shown: numbers by their ends, a name by its surname."""
    text = " ".join(cell.split())
    if role in _OPEN:
        return text[:_LONGEST]
    if len(text) <= _SHORT and not any(char.isdecimal() for char in text):
        return masked_name(text)
    hidden = _RUN.sub(lambda found: "•" * 6 + found[0][-2:], text)
    return hidden if hidden != text else f"{text[:2]}••••" if len(text) > 2 else text


def masked_value(value: str, role: str) -> str:
    """Return a value that is kept under a role as it is shown."""
    if role == "name":
        return masked_name(value)
    if role in _ROLE_MASKS:
        return masked(value, _ROLE_MASKS[role])
    return value if role in _OPEN else f"{value[:1]}••••"
