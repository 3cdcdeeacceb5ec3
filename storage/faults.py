"""Says in plain words why a database could not be opened, and what to do about it."""

from typing import Final

from storage.errors import DatabaseUnavailable, DatabaseUrlError, StorageError

CURE: Final = "set STORAGE__URL to sqlite:///path/of/file.db or postgresql://user@host/name"
_REFUSED: Final = {
    "28": "PostgreSQL refuses the user or the password",
    "3D": "PostgreSQL has no database of that name",
    "42": "the user may not make tables in this database",
}


def sqlite_not_opened(error: Exception) -> StorageError:
    """Return our error for what SQLite or the file system said."""
    name = str(getattr(error, "sqlite_errorname", type(error).__name__))
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return DatabaseUrlError(
            "another process holds the database file", "stop it, or name another file"
        )
    if isinstance(error, OSError) or name.startswith(("SQLITE_CANTOPEN", "SQLITE_READONLY")):
        return DatabaseUrlError(
            f"the file or its folder cannot be written ({name})",
            "give this user the right to write there, or name another file",
        )
    return DatabaseUrlError(
        f"the file is no whole SQLite database ({name})", "restore a backup, or name another file"
    )


def postgres_not_opened(error: Exception) -> StorageError:
    """Return our error: refused for good, or not there at present."""
    state = getattr(error, "sqlstate", None) or ""
    if state[:2] in _REFUSED:
        return DatabaseUrlError(f"{_REFUSED[state[:2]]} (SQLSTATE {state})", CURE)
    if isinstance(error, ValueError):
        return DatabaseUrlError("the address of the database cannot be understood", CURE)
    return DatabaseUnavailable(f"the database cannot be reached ({type(error).__name__})")
