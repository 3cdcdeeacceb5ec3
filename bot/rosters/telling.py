"""What is wrong with a row or a file, in a sentence and with its cure."""

import json
from collections.abc import Mapping
from typing import Any

from bot.rosters.rules import load_words
from bot.texts import Texts
from conversations.roster.checks import Fault
from conversations.roster.mapping import ColumnMapping
from storage.roster_imports import Import


def titles_of(one: Import) -> dict[str, str]:
    """Return what the file itself calls the column of each role; else what we call it."""
    words = load_words()
    titles = {role: names[0] for role, names in words.titles.items()}
    if one.head and one.mapping:
        given = json.loads(one.head)["titles"]
        columns = ColumnMapping.model_validate_json(one.mapping).columns
        titles |= {role: given[at] for role, at in columns.items() if at < len(given)}
    return titles


def told(texts: Texts, fault: Fault, titles: Mapping[str, str]) -> tuple[str, str]:
    """Return what is wrong with a row and what to do about it."""
    return sentence(texts, "fault", fault, titles), texts(f"roster.cure.{fault.key}")


def noted(texts: Texts, note: Fault, titles: Mapping[str, str]) -> str:
    """Return what is to be known of a row that is taken."""
    return sentence(texts, "note", note, titles)


def sentence(texts: Texts, kind: str, fault: Fault, titles: Mapping[str, str]) -> str:
    """Return a sentence with the column, lines and names of places that it speaks of."""
    params: dict[str, Any] = {"column": titles.get(fault.role, fault.role), "near": ""}
    return texts(f"roster.{kind}.{fault.key}", **{**params, **fault.params})


def failed(texts: Texts, one: Import) -> tuple[str, str]:
    """Return why a file could not be taken at all, and what to do."""
    kind, _, key = one.fault.rpartition(".")
    if kind == "table":
        most = {"line": "?", "found": "?", "most": "?"}
        return texts(f"table.fault.{key}", **most), texts(f"table.cure.{key}")
    return texts(f"roster.failed.{key}"), texts(f"roster.failed.{key}_cure")
