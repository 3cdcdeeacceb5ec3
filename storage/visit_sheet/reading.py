"""Reads a sheet that comes back, as Excel, WPS or LibreOffice saved it; nothing in it is trusted.

Read are words and numbers of the first sheet. Refused are files above 5 MB, packages that unpack
to more than they should, document types, and cells with formulas: what they show may change.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Final, Literal
from xml.parsers import expat

import msoffcrypto
from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError

from storage.errors import StorageError
from storage.export.package import elements_in, strict_parser
from storage.export.template import number_of

MOST_BYTES: Final = 5 << 20
MOST_UNPACKED: Final = 40 << 20
MOST_CELLS: Final = 100_000
_LONGEST: Final = 2_000
_WIDEST: Final = 200
_OLE: Final = b"\xd0\xcf\x11\xe0"
_CELL: Final = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_WHOLE: Final = re.compile(r"(-?[0-9]+)\.0+")

Why = Literal["large", "password", "broken", "formula", "cells"]
_TOLD: Final[Mapping[Why, str]] = {
    "large": "more than 5 MB, or far more unpacked. Take the file that was made here",
    "password": "the password is wrong. Type the one that was shown when the file was made",
    "broken": "no .xlsx that can be read. Open it in Excel or WPS and save it as .xlsx",
    "formula": "there are formulas in it. Copy the cells, paste them as values, save again",
    "cells": "more cells than a visit sheet has. Take the file that was made here",
}
Rows = dict[int, dict[int, str]]


class SheetRefused(StorageError):
    """A sheet cannot be taken in; `why` is one word, the text says what to do."""

    def __init__(self, why: Why) -> None:
        super().__init__(f"The visit sheet: {_TOLD[why]}.")
        self.why = why


def is_protected(content: bytes) -> bool:
    """Tell whether a password is needed."""
    return content.startswith(_OLE)


def unprotected(content: bytes, password: str) -> bytes:
    """Return the package of a protected file.

    Raises:
        SheetRefused: the password is wrong, or the file cannot be read.
    """
    if len(content) > MOST_BYTES:
        raise SheetRefused("large")
    plain = io.BytesIO()
    try:
        file = msoffcrypto.OfficeFile(io.BytesIO(content))
        file.load_key(password=password, verify_password=True)
        file.decrypt(plain)
    except (InvalidKeyError, DecryptionError):
        raise SheetRefused("password") from None
    except (FileFormatError, OSError, ValueError, KeyError, IndexError, AttributeError):
        raise SheetRefused("broken") from None
    return plain.getvalue()


def rows_of(content: bytes) -> Rows:
    """Return the words of the first sheet, by row from 1 and column from 0.

    Raises:
        SheetRefused: it is too large, no .xlsx, or has formulas.
    """
    if len(content) > MOST_BYTES:
        raise SheetRefused("large")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            if sum(entry.file_size for entry in package.infolist()) > MOST_UNPACKED:
                raise SheetRefused("large")
            names = set(package.namelist())
            shared = "xl/sharedStrings.xml"
            words = _shared(package.read(shared)) if shared in names else []
            return _Cells(words).read(package.read(_first_sheet(package)))
    except (
        *(zipfile.BadZipFile, KeyError, IndexError, ValueError, expat.ExpatError),
        *(NotImplementedError, RuntimeError, EOFError, StopIteration, zlib.error),
    ):
        raise SheetRefused("broken") from None


def _first_sheet(package: zipfile.ZipFile) -> str:
    """Return the name of the part that holds the first sheet."""
    book = elements_in(package.read("xl/workbook.xml"))
    first = next(attributes for tag, attributes in book if tag == "sheet")
    relation = next(value for name, value in first.items() if name.endswith(":id"))
    for tag, attributes in elements_in(package.read("xl/_rels/workbook.xml.rels")):
        if tag == "Relationship" and attributes["Id"] == relation:
            return str(PurePosixPath("/xl") / attributes["Target"]).removeprefix("/")
    raise KeyError(relation)


def _shared(xml: bytes) -> list[str]:
    """Return the strings that cells point at; readings of characters (rPh) are left out."""
    found: list[str] = []
    inside: list[str] = []

    def start(tag: str, _: dict[str, str]) -> None:
        inside.append(tag.rpartition(":")[2])
        if inside[-1] == "si":
            found.append("")

    def end(_: str) -> None:
        inside.pop()

    def text(words: str) -> None:
        if inside[-1] == "t" and "rPh" not in inside and found:
            found[-1] = (found[-1] + words)[:_LONGEST]

    parser = strict_parser()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = text
    parser.Parse(xml, True)
    return found


class _Cells:
    """Collects the cells of a sheet while its XML goes by."""

    def __init__(self, shared: list[str]) -> None:
        self._shared = shared
        self._rows: Rows = {}
        self._inside: list[str] = []
        self._place = (0, 0)
        self._kind = ""
        self._text = ""
        self._count = 0

    def read(self, xml: bytes) -> Rows:
        """Return the cells that hold something."""
        parser = strict_parser()
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._words
        parser.Parse(xml, True)
        return self._rows

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        local = tag.rpartition(":")[2]
        self._inside.append(local)
        if local == "f":
            raise SheetRefused("formula")
        if local == "c":
            self._count += 1
            if self._count > MOST_CELLS:
                raise SheetRefused("cells")
            match = _CELL.fullmatch(attributes.get("r", ""))
            if match is None:
                raise ValueError("a cell without a place")
            self._place = int(match[2]), number_of(match[1]) - 1
            self._kind, self._text = attributes.get("t", "n"), ""

    def _words(self, words: str) -> None:
        if self._inside[-1] in {"v", "t"} and "rPh" not in self._inside:
            self._text = (self._text + words)[:_LONGEST]

    def _end(self, tag: str) -> None:
        self._inside.pop()
        if tag.rpartition(":")[2] != "c":
            return
        text = self._shared[int(self._text)] if self._kind == "s" else self._text
        if self._kind == "n" and (whole := _WHOLE.fullmatch(text)):
            text = whole[1]
        row, column = self._place
        if text.strip() and column < _WIDEST:
            self._rows.setdefault(row, {})[column] = text.strip()
