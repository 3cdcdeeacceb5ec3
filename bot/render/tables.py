"""Says in Chinese what is wrong with an uploaded table, and what should be known about it."""

from bot.texts import Texts
from storage.tables.faults import TableFault
from storage.tables.rows import Note


def told_fault(texts: Texts, fault: TableFault) -> str:
    """Return what is wrong with a file, and what to do."""
    values = {"line": "", "found": "", "most": ""}
    values |= {name: str(value) for name, value in fault.values.items()}
    return texts(f"table.fault.{fault.key}", **values) + texts(f"table.cure.{fault.key}")


def told_note(texts: Texts, note: Note) -> str:
    """Return what should be known although the file was read."""
    where = "、".join(note.where)
    more = "…" if note.count > len(note.where) and note.where else ""
    return texts(f"table.note.{note.key}", count=str(note.count), where=f"{where}{more}")
