"""The child process: reads one file from its standard input and gives its rows back, in frames.

What goes in: eight bytes of length, the file, then lines: `rows <number of the sheet>`. What
comes out: four bytes of length and a JSON list, again and again: `["head", sheets, notes]`, then
for each line `["notes", …]`, `["rows", …]` many times and `["end", …]`; or at any time, as the
last, `["fault", key, values]`.
"""

import codecs
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import IO, Any, Final

from storage.tables.books import Book, open_book
from storage.tables.cage import lock_in
from storage.tables.faults import TableFault
from storage.tables.limits import Limits
from storage.tables.parts import BROKEN
from storage.tables.values import text_of

_ROWS: Final = 250
_CELLS: Final = 20_000
# Python loads these from files at their first use, and later no file can be opened.
_ENCODINGS: Final = (
    *("cp437", "gb18030", "utf-8", "utf-16", "utf-16-le", "utf-16-be", "latin-1", "ascii"),
    *("cp1252", "cp936"),
)


def main() -> None:
    """Read the limits from the command line, lock this process in, and work."""
    limits = Limits(**json.loads(sys.argv[-1]))
    given, out = sys.stdin.buffer, sys.stdout.buffer
    for encoding in _ENCODINGS:
        codecs.lookup(encoding)
    lock_in(limits)
    try:
        _serve(given, out, limits)
    except TableFault as fault:
        send(out, ["fault", fault.key, fault.values])
    except MemoryError:
        send(out, ["fault", "memory", {}])
    except (*BROKEN, AttributeError, TypeError):
        send(out, ["fault", "corrupt", {}])


def _serve(given: IO[bytes], out: IO[bytes], limits: Limits) -> None:
    content = given.read(int.from_bytes(given.read(8), "big"))
    book = open_book(content, limits)
    if len(book.sheets) > limits.sheets:
        raise TableFault("sheets", {"found": len(book.sheets), "most": limits.sheets})
    send(out, ["head", [asdict(one) for one in book.sheets], [asdict(one) for one in book.notes]])
    while line := given.readline():
        _send_rows(out, book, int(line.split()[1]), limits)


def _send_rows(out: IO[bytes], book: Book, index: int, limits: Limits) -> None:
    notes, rows = book.read(index)
    send(out, ["notes", [asdict(note) for note in notes]])
    chunk: list[list[Any]] = []
    cells = 0
    for count, (line, texts, marks) in enumerate(lines_of(rows, limits), 1):
        if count > limits.rows:
            raise TableFault("rows", {"found": count, "most": limits.rows})
        chunk.append([line, texts, marks])
        cells += len(texts)
        if len(chunk) >= _ROWS or cells >= _CELLS:
            send(out, ["rows", chunk])
            chunk, cells = [], 0
    if chunk:
        send(out, ["rows", chunk])
    send(out, ["end", [asdict(note) for note in book.after()]])


def lines_of(
    rows: Iterator[tuple[int, Sequence[Any]]], limits: Limits
) -> Iterator[tuple[int, list[str], dict[int, str]]]:
    """Yield the rows that hold something, as text with marks."""
    for line, values in rows:
        texts: list[str] = []
        marks: dict[int, str] = {}
        for at, value in enumerate(values):
            if type(value) is str and value[:1] not in {"'", "="}:
                texts.append(value)
                continue
            text, mark = ("", "error") if value is None else text_of(value)
            texts.append(text)
            if mark is not None:
                marks[at] = mark
        while texts and not texts[-1] and len(texts) - 1 not in marks:
            texts.pop()
        if not any(texts) and not marks:
            continue
        if len(texts) > limits.columns:
            raise TableFault("columns", {"found": len(texts), "most": limits.columns})
        if max(map(len, texts)) > limits.cell:
            raise TableFault("cell", {"line": line, "most": limits.cell})
        yield line, texts, marks


def send(out: IO[bytes], frame: list[Any]) -> None:
    """Write one frame."""
    packed = json.dumps(frame, ensure_ascii=False, separators=(",", ":")).encode()
    out.write(len(packed).to_bytes(4, "big") + packed)
    out.flush()


if __name__ == "__main__":
    main()
