"""XLSForm file -> XForm text, by pyxform."""

import re
from pathlib import Path
from typing import Final

from bot.forms.places import located, row_with, words_in
from conversations.xform import Form, load_form
from conversations.xform.errors import FormError

_KINDS: Final = (".md", ".xlsx", ".csv", ".xml")
_ROW: Final = re.compile(r"\[row : (\d+)\]\s*(?:On the '(\w+)' sheet, )?")
_SHEET: Final = re.compile(r"(?:the|the '|')(survey|choices|settings|entities)'?(?: sheet| work)")


def compile_form(path: Path) -> str:
    """Return the XForm of an XLSForm file; a compiled `.xml` is returned as it is.

    Args:
        path: `.md` (Markdown tables), `.xlsx`, `.csv` or `.xml`.

    Raises:
        FormError: the file cannot be read, or pyxform refuses it; sheet and row are named where
            pyxform says them.
    """
    if path.suffix.lower() not in _KINDS:
        raise FormError(
            path.name, "It is of a kind that is not known.", "Use .md, .xlsx, .csv or .xml."
        )
    try:
        if path.suffix.lower() == ".xml":
            return path.read_text(encoding="utf-8-sig")
        path.open("rb").close()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise FormError(path.name, f"It cannot be read: {reason}.", "Check the path.") from error
    return _convert(path)


def open_form(path: Path) -> Form:
    """Compile and load a form.

    Raises:
        FormError: as `compile_form` and `load_form`; file, sheet and row are named.
    """
    return load_compiled(path, compile_form(path))


def load_compiled(path: Path, xml: str) -> Form:
    """Load the text that was compiled from this file.

    Raises:
        FormError: as `load_form`; file, sheet and row are named.
    """
    try:
        return load_form(xml)
    except FormError as error:
        raise located(path, error) from error


def _convert(path: Path) -> str:
    """Run pyxform on a file."""
    # Importing pyxform takes a quarter of a second, and a known form needs none of it.
    from pyxform.errors import PyXFormError
    from pyxform.xls2xform import convert

    try:
        return str(convert(str(path), file_type=path.suffix.lower()).xform)
    except PyXFormError as error:
        raise _explained(path, str(error)) from error
    except Exception as error:
        # A broken workbook escapes from the spreadsheet libraries as an error of theirs.
        raise FormError(
            path.name,
            f"pyxform could not read it ({type(error).__name__}).",
            "Open it in a spreadsheet program and save it again.",
        ) from error


def _explained(path: Path, message: str) -> FormError:
    """Return pyxform's message with its sheet and row in front, and its advice as the cure."""
    text = " ".join(message.split())
    found = _ROW.search(text)
    sheet = _SHEET.search(text)
    place = path.name
    if found:
        place = f"{path.name}, sheet {found[2] or (sheet[1] if sheet else 'survey')}"
        place += f", row {found[1]}"
        text = (text[: found.start()] + text[found.end() :]).strip()
    elif row := row_with(path, words_in(text)):
        place = f"{path.name}, {row.removesuffix(': ')}"
    elif sheet:
        place = f"{path.name}, sheet {sheet[1]}"
    fault, _, cure = text.partition(". ")
    return FormError(place, fault.rstrip(".") + ".", cure or "Correct this in the form.")
