"""Says what a file is by its first bytes and its directory, whatever its name says."""

import io
import re
import zipfile
from typing import Final, Literal

import olefile

from storage.tables.faults import TableFault
from storage.tables.limits import Limits

Kind = Literal["xlsx", "xls", "ods", "csv"]
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BEGINNINGS: Final = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"BM", "picture"),
    (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"),
    (b"RIFF", "picture"),
    (b"\x00\x00\x00\x18ftyp", "picture"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"{\\rtf", "document"),
)
_WEB: Final = re.compile(
    rb"\s*<(?:!doctype|html|table|head|meta|style|div|\?xml|!--)|MIME-Version", re.I
)
_TEXT_MARKS: Final = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")
_PARTS: Final = 5_000
_FREE: Final = 1 << 20


def kind_of(content: bytes, limits: Limits) -> Kind:
    """Return what a file is.

    Raises:
        TableFault: it is no table, is protected, or would unpack to too much.
    """
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise TableFault("empty")
    if content.startswith(_OLE):
        return _ole_kind(content)
    if content.startswith(b"PK\x03\x04"):
        return _packed_kind(content, limits)
    is_text = content.startswith(_TEXT_MARKS)
    for beginning, key in _BEGINNINGS:
        # "BM" begins a picture, and may begin a word of a table: a picture has zeros.
        if content.startswith(beginning) and (len(beginning) > 2 or b"\x00" in content[:64]):
            raise TableFault(key)
    if _WEB.match(content.removeprefix(b"\xef\xbb\xbf")):
        raise TableFault("web_page")
    if not is_text and b"\x00" in content:
        raise TableFault("unknown")
    return "csv"


def _ole_kind(content: bytes) -> Kind:
    """Return "xls", or say what else the old container holds."""
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as container:
            names = {name[0].lower() for name in container.listdir()}
    except (OSError, ValueError, IndexError, TypeError, AttributeError):
        raise TableFault("corrupt") from None
    if "encryptedpackage" in names:
        raise TableFault("password")
    if names & {"workbook", "book"}:
        return "xls"
    raise TableFault("document" if names & {"worddocument", "powerpoint document"} else "unknown")


def _packed_kind(content: bytes, limits: Limits) -> Kind:
    """Return "xlsx" or "ods", or say what else is packed; sizes are those of the directory."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            entries = package.infolist()
            names = {entry.filename for entry in entries}
            kind = _kind_by_parts(package, names)
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, RuntimeError):
        raise TableFault("corrupt") from None
    unpacked = sum(entry.file_size for entry in entries)
    is_dense = any(
        entry.file_size > max(_FREE, limits.ratio * max(1, entry.compress_size))
        for entry in entries
    )
    if is_dense or unpacked > limits.unpacked or len(entries) > _PARTS:
        raise TableFault("bomb")
    return kind


def _kind_by_parts(package: zipfile.ZipFile, names: set[str]) -> Kind:
    if any(entry.flag_bits & 1 for entry in package.infolist()):
        raise TableFault("password")
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "xl/workbook.bin" in names:
        raise TableFault("binary")
    if "mimetype" in names:
        with package.open("mimetype") as part:
            words = part.read(100)
        if b"opendocument.spreadsheet" in words:
            return "ods"
        raise TableFault("document")
    if names & {"word/document.xml", "ppt/presentation.xml"}:
        raise TableFault("document")
    raise TableFault("archive")
