"""What should be known of a file although it was read, as it was kept at the first look."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.render.tables import told_note
from bot.texts import Texts
from storage.tables.rows import Note


def notes_of(texts: Texts, notes: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the notes in words."""
    return [
        told_note(texts, Note(note["key"], note["count"], tuple(note["where"]))) for note in notes
    ]
