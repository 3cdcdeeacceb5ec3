"""Looks through the records of an .xls before a library does: formulas, errors, a password."""

import io
import struct
from collections.abc import Iterator
from typing import Final

import olefile

from storage.tables.faults import TableFault
from storage.tables.parts import Scan, address_of

_BOUND_SHEET, _FILE_PASS, _FORMULA, _ERROR, _BEGIN, _END = 0x85, 0x2F, 0x06, 0x205, 0x809, 0x0A
_SHOWN: Final = 5
_KEPT: Final = 5_000


class Records:
    """The stream of records of an .xls."""

    def __init__(self, content: bytes) -> None:
        with olefile.OleFileIO(io.BytesIO(content)) as container:
            name = "Workbook" if container.exists("Workbook") else "Book"
            with container.openstream(name) as stream:
                self._stream: bytes = stream.read()
        if any(kind == _FILE_PASS for kind, _, _ in self._records(0)):
            raise TableFault("password")

    def scan(self, index: int) -> Scan:
        """Look through a sheet, by its number from 0."""
        scan = Scan()
        offsets = [
            struct.unpack_from("<I", self._stream, at)[0]
            for kind, at, _ in self._records(0)
            if kind == _BOUND_SHEET
        ]
        if index < len(offsets):
            for kind, at, length in self._records(offsets[index]):
                if kind in {_FORMULA, _ERROR} and length >= 8:
                    self._note(scan, kind, at)
        return scan

    def _note(self, scan: Scan, kind: int, at: int) -> None:
        line, column = struct.unpack_from("<HH", self._stream, at)
        line += 1
        # A formula's result says by its last two bytes that it is no number, by its first what.
        result = self._stream[at + 6 : at + 14]
        if kind == _FORMULA:
            scan.formulas += 1
            if len(scan.formula_cells) < _SHOWN:
                scan.formula_cells.append(address_of(line, column))
            is_error = result[6:8] == b"\xff\xff" and result[:1] == b"\x02"
        else:
            is_error = result[1:2] == b"\x01"
        if is_error:
            scan.error_count += 1
            if len(scan.error_cells) < _SHOWN:
                scan.error_cells.append(address_of(line, column))
            if len(scan.errors) < _KEPT:
                scan.errors[line, column] = None

    def _records(self, at: int) -> Iterator[tuple[int, int, int]]:
        """Yield kind, place and length of the records of one substream."""
        depth = 0
        while at + 4 <= len(self._stream):
            kind, length = struct.unpack_from("<HH", self._stream, at)
            if kind == _BEGIN:
                depth += 1
            elif kind == _END:
                depth -= 1
                if depth <= 0:
                    return
            yield kind, at + 4, length
            at += 4 + length
