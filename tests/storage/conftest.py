"""A database of each kind, with keys of its own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.database import Database
from storage.keyfile import create_key_file
from storage.vault import Vault


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    path = tmp_path / "keys" / "keys.json"
    create_key_file(path)
    return path


@pytest.fixture
def vault(key_file: Path) -> Vault:
    return Vault.open(key_file)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/data/xiangwen.db"
    address: str = request.getfixturevalue("postgres_url")
    return address


@pytest.fixture
async def database(url: str, vault: Vault) -> AsyncIterator[Database]:
    database = await Database.open(url, vault)
    yield database
    await database.close()


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/data/only.db"
