"""A database of each kind, with keys of its own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.database import Database
from storage.keyfile import create_key_file
from storage.vault import Vault
from tests import blanks


@pytest.fixture
def key_file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Return keys of this test's own, or those of the copy that it begins with."""
    path = tmp_path / "keys" / "keys.json"
    if "database" in request.fixturenames:
        blanks.copy_keys(path)
    else:
        create_key_file(path)
    return path


@pytest.fixture
def vault(key_file: Path) -> Vault:
    return Vault.open(key_file)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of an empty database, or of a migrated copy for the fixture below."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/data/xiangwen.db"
    if "database" in request.fixturenames:
        copy: str = request.getfixturevalue("postgres_copy")(False)
        return copy
    address: str = request.getfixturevalue("postgres_url")
    return address


@pytest.fixture
async def database(url: str, vault: Vault) -> AsyncIterator[Database]:
    if url.startswith("sqlite:///"):
        await blanks.copy_sqlite(Path(url.removeprefix("sqlite:///")), with_form=False)
    database = await Database.open(url, vault)
    yield database
    await database.close()


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/data/only.db"
