"""Who can read the file, and what is left behind."""

import os
import struct
from collections.abc import Iterator
from pathlib import Path

import msoffcrypto
import olefile
import pytest

from storage.export.errors import TargetError
from storage.export.protect import EncryptingStream, new_password
from storage.export.run import Target
from tests.export.people import names, plain, record, records, write
from tests.export.reading import by_openpyxl, decrypted
from tests.identities import identity


async def test_the_password_opens_both_files_and_no_other_does(tmp_path: Path) -> None:
    password = new_password()
    target = Target(tmp_path / "out.xlsx", password)
    given = records(30)
    await write(target, [*given, record(identity(9), ethnicity="")])
    rows = by_openpyxl(decrypted(target.path, password))
    assert [row[1] for row in rows] == [values["id_number"] for values in given]
    assert len(by_openpyxl(decrypted(target.held_back, password))) == 1
    with pytest.raises(msoffcrypto.exceptions.InvalidKeyError):
        decrypted(target.path, new_password())


async def test_a_protected_export_never_has_a_plain_byte_on_the_disk(tmp_path: Path) -> None:
    stream = EncryptingStream("secret", tmp_path)
    assert names(tmp_path) == []
    stream.write(b"plain words " * 10_000)
    sealed = stream._sealed
    sealed.flush()
    sealed.seek(0)
    assert b"plain words" not in sealed.read()
    stream.close()


async def test_files_are_their_owners_only(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        await write(plain(tmp_path), [*records(1), record(identity(9), ethnicity="")])
    finally:
        os.umask(old)
    modes = {name: (tmp_path / name).stat().st_mode & 0o777 for name in names(tmp_path)}
    assert modes == {"out.xlsx": 0o600, "out.held-back.xlsx": 0o600}


@pytest.mark.parametrize("existing", ["out.xlsx", "out.held-back.xlsx"])
async def test_nobody_s_file_is_overwritten_without_force(tmp_path: Path, existing: str) -> None:
    (tmp_path / existing).write_text("precious")
    with pytest.raises(TargetError, match="--force"):
        await write(plain(tmp_path), records(1))
    assert (tmp_path / existing).read_text() == "precious"
    assert names(tmp_path) == [existing]


async def test_force_replaces_the_file_and_removes_reasons_out_of_date(tmp_path: Path) -> None:
    bad = record(identity(9), ethnicity="")
    await write(plain(tmp_path), [bad])
    await write(Target(tmp_path / "out.xlsx", force=True), records(2))
    assert names(tmp_path) == ["out.xlsx"]
    assert len(by_openpyxl((tmp_path / "out.xlsx").read_bytes())) == 2


@pytest.mark.parametrize("password", [None, "secret"])
async def test_an_export_that_breaks_off_leaves_nothing(
    tmp_path: Path, password: str | None
) -> None:
    def breaking_off() -> Iterator[dict[str, str]]:
        yield from records(3)
        yield record(identity(9), ethnicity="")
        raise ConnectionError

    with pytest.raises(ConnectionError):
        await write(Target(tmp_path / "out.xlsx", password), breaking_off())
    assert names(tmp_path) == []


async def test_a_missing_folder_is_told_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(TargetError, match="folder"):
        await write(plain(tmp_path / "missing"), records(1))


@pytest.mark.parametrize("megabytes", [1, 8, 18])
def test_large_packages_fit_the_container(tmp_path: Path, megabytes: int) -> None:
    stream = EncryptingStream("secret", tmp_path)
    content = os.urandom(megabytes << 20)
    stream.write(content)
    with (tmp_path / "big").open("w+b") as target:
        stream.finish(target)
    stream.close()
    with olefile.OleFileIO(tmp_path / "big", raise_defects=olefile.DEFECT_UNSURE) as container:
        assert container.parsing_issues == []
        assert len(container.openstream("EncryptedPackage").read()) >= len(content)
        last = container.first_difat_sector + container.num_difat_sectors - 1
    if megabytes > 7:
        end = 512 * (last + 2)
        written = (tmp_path / "big").read_bytes()
        assert struct.unpack("<I", written[end - 4 : end]) == (0xFFFFFFFE,)


def test_passwords_can_be_read_out_and_differ() -> None:
    found = {new_password() for _ in range(200)}
    assert len(found) == 200
    assert all([len(group) for group in each.split("-")] == [4] * 4 for each in found)
    assert not set("il1o0") & set("".join(found))
