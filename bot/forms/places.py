"""Where in an author's file a fault is: sheet and row, found by the words of the fault."""

import re
from pathlib import Path
from typing import Final

from conversations.xform.errors import FormError

_WORD: Final = re.compile(r"'([^']+)'|\$\{([^}]+)\}|\"([^\"]+)\"")
_SHEETS: Final = ("survey", "choices", "settings")


def located(path: Path, error: FormError) -> FormError:
    """Return the error with file, sheet and row before the name it gives, where they are found."""
    if error.where.startswith(path.name) or path.suffix.lower() == ".xml":
        return error
    name = error.where.partition(",")[0].strip()
    place = row_with(path, [name], exactly=True)
    return FormError(f"{path.name}, {place}{error.where}", error.what, error.cure)


def words_in(message: str) -> list[str]:
    """Return the words that a message quotes."""
    return [next(filter(None, found.groups()), "") for found in _WORD.finditer(message)]


def row_with(path: Path, words: list[str], *, exactly: bool = False) -> str:
    """Return "sheet survey, row 5: " for the first row that holds one of the words, else "".

    Args:
        exactly: the word must be the row's name, not only stand in one of its cells.
    """
    # Importing pyxform takes a quarter of a second, and only a broken form needs it here.
    from pyxform.errors import PyXFormError
    from pyxform.xls2json_backends import get_xlsform

    try:
        book = get_xlsform(str(path), file_type=path.suffix.lower())
    except (PyXFormError, OSError, ValueError):
        return ""
    for word in filter(None, words):
        for sheet in _SHEETS:
            for number, row in enumerate(getattr(book, sheet, None) or (), 2):
                cells = [str(row.get("name", ""))] if exactly else map(str, row.values())
                if any(word == cell if exactly else word in cell for cell in cells):
                    return f"sheet {sheet}, row {number}: "
    return ""
