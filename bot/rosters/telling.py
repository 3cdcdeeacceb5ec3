"""What is wrong with a row or a file, in a sentence and with its cure."""

import json
from collections.abc import Mapping
from typing import Any

from bot.rosters.rules import load_words
from bot.texts import Texts
from conversations.roster.mapping import ColumnMapping
from conversations.roster.numbers import Fault
from storage.roster_imports import Import
from storage.tables.faults import TableFault


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


def fault_text(fault: TableFault) -> str:
    """Return how it is kept why a file cannot be read: a key and numbers, no words of the file."""
    return json.dumps({"table": fault.key, "values": fault.values})


def failed(texts: Texts, one: Import) -> tuple[str, str]:
    """Return why a file could not be taken at all, and what to do."""
    if not one.fault.startswith("{"):
        return texts(f"roster.failed.{one.fault}"), texts(f"roster.failed.{one.fault}_cure")
    kept = json.loads(one.fault)
    fault = TableFault(kept["table"], kept["values"])
    if texts.language == "en":
        return fault.told, fault.cure
    values = {"line": "", "found": "", "most": ""}
    values |= {name: str(value) for name, value in fault.values.items()}
    return texts(f"table.fault.{fault.key}", **values), texts(f"table.cure.{fault.key}")
