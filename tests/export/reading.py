"""Opens what was written with other people's libraries."""

import io
import zipfile
from pathlib import Path

import msoffcrypto
import openpyxl
import python_calamine


def by_openpyxl(content: bytes, first_row: int = 4, sheet: int = 0) -> list[list[object]]:
    """Return the rows of people, None for an empty cell."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [
        [cell.value for cell in row] for row in book.worksheets[sheet].iter_rows(min_row=first_row)
    ]


def by_calamine(content: bytes, first_row: int = 4, sheet: int = 0) -> list[list[object]]:
    """Return the same rows, read by a library in another language."""
    book = python_calamine.load_workbook(io.BytesIO(content))
    rows = book.get_sheet_by_index(sheet).to_python(skip_empty_area=False)
    return [[None if cell == "" else cell for cell in row] for row in rows[first_row - 1 :]]


def parts(content: bytes) -> dict[str, bytes]:
    """Return every part of the package by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


def decrypted(path: Path, password: str) -> bytes:
    """Return the package of a protected file, its integrity checked."""
    opened = io.BytesIO()
    with path.open("rb") as file:
        protected = msoffcrypto.OfficeFile(file)
        protected.load_key(password=password, verify_password=True)
        protected.decrypt(opened, verify_integrity=True)
    return opened.getvalue()
