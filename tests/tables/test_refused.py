"""What is no table, or not a harmless one, is refused with its cure; limits are really hit."""

import io
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from storage.export.protect import EncryptingStream
from storage.tables.faults import TOLD
from storage.tables.limits import Limits
from storage.tables.opening import open_table
from tests.tables.files import in_container, ods, packed, with_parts, xlsx, xlsx_of
from tests.tables.reading import read, refused

ROOT = Path(__file__).parent.parent.parent
TEXTS = ROOT / "conversations" / "forms" / "texts" / "tables.zh.toml"


def _picture(kind: str) -> bytes:
    saved = io.BytesIO()
    Image.new("RGB", (4, 4)).save(saved, kind)
    return saved.getvalue()


def _locked(folder: Path) -> bytes:
    stream = EncryptingStream("a password of tests", folder)
    stream.write(xlsx_of([["在"]]))
    saved = io.BytesIO()
    stream.finish(saved)
    stream.close()
    return saved.getvalue()


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n", "empty"),
        (b"%PDF-1.7\n\x00", "pdf"),
        (_picture("PNG"), "picture"),
        (_picture("JPEG"), "picture"),
        (_picture("BMP"), "picture"),
        (packed({"a.xlsx": b"x"}), "archive"),
        (b"Rar!\x1a\x07\x01\x00", "archive"),
        (packed({"word/document.xml": b"x"}), "document"),
        (packed({"mimetype": b"application/vnd.oasis.opendocument.text"}), "document"),
        (packed({"xl/workbook.bin": b"x"}), "binary"),
        (in_container("WordDocument", b"x"), "document"),
        (in_container("EncryptedPackage", b"x"), "password"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "web_page"),
        (b'<?xml version="1.0"?><Workbook/>', "web_page"),
        (b"\x7fELF\x00\x00\x01", "unknown"),
        (b"PK\x03\x04 is all that is left", "corrupt"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and no more", "corrupt"),
        (xlsx_of([["在"]])[:-200], "corrupt"),
        (with_parts(xlsx_of([["在"]]), {"xl/worksheets/sheet1.xml": b"<work"}), "corrupt"),
    ],
)
async def test_what_is_no_table_is_refused_by_what_it_is(content: bytes, key: str) -> None:
    fault = await refused(content)
    assert fault.key == key
    assert str(fault).endswith(fault.cure)


async def test_a_file_that_needs_a_password_is_refused(tmp_path: Path) -> None:
    assert (await refused(_locked(tmp_path))).key == "password"


async def test_a_zip_bomb_is_seen_in_the_directory() -> None:
    bomb = with_parts(xlsx_of([["在"]]), {"xl/media/a": bytes(20 << 20)})
    assert (await refused(bomb)).key == "bomb"


async def test_a_directory_that_lies_is_found_out() -> None:
    honest = with_parts(xlsx_of([["在"]]), {"xl/sharedStrings.xml": b"<sst>" + bytes(300_000)})
    real, said = (300_005).to_bytes(4, "little"), (5).to_bytes(4, "little")
    assert honest.count(real) == 2
    assert (await refused(honest.replace(real, said))).key == "bomb"


async def test_more_rows_than_allowed_are_refused_before_the_library_sees_them() -> None:
    content = xlsx_of([["在"]] * 1_001)
    fault = await refused(content, Limits(rows=1_000))
    assert (fault.key, fault.values["most"]) == ("rows", 1_000)
    assert len((await read(content, Limits(rows=1_001)))[0]) == 1_001


async def test_columns_sheets_long_cells_and_large_files_are_refused() -> None:
    assert (await refused(xlsx_of([["在"] * 9]), Limits(columns=8))).key == "columns"
    assert (await refused(xlsx_of([["在"]]), Limits(sheets=0))).key == "sheets"
    assert (await refused(xlsx_of([["在" * 9]]), Limits(cell=8))).key == "cell"
    assert (await refused(bytes(2 << 20), Limits(size=1 << 20))).key == "large"


async def test_a_sheet_that_needs_too_much_memory_ends_the_child_and_not_the_parent() -> None:
    # Two cells far apart: the library makes room for all that lies between.
    far = xlsx(lambda sheet, _: (sheet.write(0, 0, "a"), sheet.write(1_048_575, 250, "b")))
    assert (await refused(far)).key == "memory"


async def test_a_reading_that_takes_too_much_time_is_ended() -> None:
    long = b",".join([b"a"] * 60) + b"\n"
    assert (await refused(long * 190_000, Limits(processor=1))).key == "time"


async def test_a_child_that_does_not_answer_is_ended() -> None:
    assert (await refused(xlsx_of([["在"]]), Limits(wait=0.001))).key == "time"


async def test_leaving_in_the_middle_ends_the_child() -> None:
    async with open_table(xlsx_of([[f"行{at}"] * 40 for at in range(5_000)])) as table:
        async for _ in table.rows(0):
            break
        process = table._child.process
    assert process.returncode is not None


async def test_a_document_type_in_a_document_is_refused() -> None:
    rows = '<table:table-row><table:table-cell table:formula="of:=1"/></table:table-row>'
    content = ods(rows)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        xml = package.read("content.xml")
    typed = xml.replace(b"?>", b'?><!DOCTYPE a [<!ENTITY b "c">]>', 1)
    assert (await refused(with_parts(content, {"content.xml": typed}))).key == "corrupt"


LOCKED = """
import socket, subprocess, sys
sys.path.insert(0, sys.argv[1])
from storage.tables.cage import lock_in
from storage.tables.limits import Limits
lock_in(Limits())
def tried(what):
    try:
        what()
    except OSError as error:
        return error.errno == 24
    return False
print(
    tried(lambda: socket.socket()),
    tried(lambda: socket.create_connection(("127.0.0.1", 9))),
    tried(lambda: open("/etc/hostname")),
    tried(lambda: open("/tmp/written", "w")),
    tried(lambda: subprocess.run(["/bin/true"])),
)
try:
    bytearray(2 << 30)
except MemoryError:
    print("no memory")
"""


def test_the_child_opens_no_socket_and_no_file_and_starts_nothing() -> None:
    done = subprocess.run(
        [sys.executable, "-I", "-B", "-c", LOCKED, str(ROOT)],
        capture_output=True,
        check=True,
        text=True,
        env={},
    )
    assert done.stdout == "True True True True True\nno memory\n"


def test_every_fault_has_its_words_and_its_cure() -> None:
    texts = tomllib.loads(TEXTS.read_text("utf-8"))["table"]
    assert set(texts["fault"]) == set(texts["cure"]) == set(TOLD)
    for words in texts["fault"].values():
        assert words.format(line=1, found=1, most=1)
