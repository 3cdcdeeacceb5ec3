"""Files as people upload them, made without the reader."""

import io
import struct
import zipfile
from collections.abc import Callable, Mapping, Sequence

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

ODS = "application/vnd.oasis.opendocument.spreadsheet"


def xlsx(fill: Callable[[Worksheet, xlsxwriter.Workbook], object]) -> bytes:
    """Return a workbook whose first sheet was filled by a function."""
    saved = io.BytesIO()
    with xlsxwriter.Workbook(saved, {"in_memory": True}) as book:
        fill(book.add_worksheet("名单"), book)
    return saved.getvalue()


def xlsx_of(rows: Sequence[Sequence[object]]) -> bytes:
    """Return a workbook of rows, text as text."""

    def fill(sheet: Worksheet, _: xlsxwriter.Workbook) -> None:
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(at, column, value)
                else:
                    sheet.write(at, column, value)

    return xlsx(fill)


def with_parts(content: bytes, parts: Mapping[str, bytes]) -> bytes:
    """Return a package with other or more parts."""
    changed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            if name not in parts:
                target.writestr(name, source.read(name))
        for name, part in parts.items():
            target.writestr(name, part)
    return changed.getvalue()


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Return a zip."""
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as target:
        for name, part in parts.items():
            target.writestr(name, part)
    return saved.getvalue()


def ods(rows: str) -> bytes:
    """Return an OpenDocument spreadsheet with one sheet of given row elements."""
    names = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{names}><office:body>'
        f'<office:spreadsheet><table:table table:name="名单">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<?xml version="1.0"?><manifest:manifest '
        'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    )
    return packed(
        {
            "mimetype": ODS.encode(),
            "META-INF/manifest.xml": manifest.encode(),
            "content.xml": content.encode(),
        }
    )


def xls(cells: Sequence[tuple[int, int, str | float]], extra: Sequence[bytes] = ()) -> bytes:
    """Return an Excel 97 file of one sheet; `extra` goes into the records of the book."""
    name = "名单".encode("utf-16-le")
    begin = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 1997, 0, 6))
    end = _record(0x0A)
    bound = 4 + 8 + len(name)
    offset = len(begin) + sum(map(len, extra)) + bound + len(end)
    book = begin + b"".join(extra)
    book += _record(0x85, struct.pack("<IHBB", offset, 0, 2, 1) + name) + end
    sheet = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 1997, 0, 6))
    sheet += b"".join(_cell(*cell) for cell in cells)
    return in_container("Workbook", book + sheet + end)


def formula(line: int, column: int, result: float) -> bytes:
    """Return the record of a formula `=1` whose result was kept."""
    body = struct.pack("<HHHdHIH", line, column, 0, result, 0, 0, 3) + b"\x1e\x01\x00"
    return _record(0x06, body)


def _cell(line: int, column: int, value: str | float) -> bytes:
    place = struct.pack("<HHH", line, column, 0)
    if isinstance(value, str):
        words = value.encode("utf-16-le")
        return _record(0x204, place + struct.pack("<HB", len(value), 1) + words)
    return _record(0x203, place + struct.pack("<d", value))


def _record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def in_container(name: str, stream: bytes) -> bytes:
    """Return the old container of Office with one stream, padded to where no mini stream is."""
    stream = stream.ljust(max(4096, -(-len(stream) // 512) * 512), b"\x00")
    sectors = len(stream) // 512
    table = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, sectors + 2), 0xFFFFFFFE]
    table += [0xFFFFFFFF] * (128 - len(table))
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIIII",
        *(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6),
        *(0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0),
    )
    header += struct.pack("<108I", *([0xFFFFFFFF] * 108))
    entries = _entry("Root Entry", 5, 1, 0xFFFFFFFE, 0)
    entries += _entry(name, 2, 0xFFFFFFFF, 2, len(stream)) + bytes(256)
    return header + struct.pack("<128I", *table) + entries + stream


def _entry(name: str, kind: int, child: int, begins: int, size: int) -> bytes:
    words = (name + "\x00").encode("utf-16-le")
    return (
        words.ljust(64, b"\x00")
        + struct.pack("<HBB", len(words), kind, 1)
        + struct.pack("<III", 0xFFFFFFFF, 0xFFFFFFFF, child)
        + bytes(36)
        + struct.pack("<IQ", begins, size)
    )
