"""A database of each kind."""

from tests.storage.conftest import database, key_file, url, vault

__all__ = ["database", "key_file", "url", "vault"]
