"""A database of each kind, and one of the quick kind alone."""

from collections.abc import AsyncIterator

import pytest

from storage.database import Database
from storage.vault import Vault
from tests.storage.conftest import database, key_file, sqlite_url, url, vault

__all__ = ["database", "key_file", "sqlite_url", "url", "vault"]


@pytest.fixture
async def sqlite(sqlite_url: str, vault: Vault) -> AsyncIterator[Database]:
    database = await Database.open(sqlite_url, vault)
    yield database
    await database.close()
