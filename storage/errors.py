"""What can go wrong in storage, and whose mistake it is.

StorageError              base; catch it, never raise it
├── DatabaseUnavailable   the world's: no answer in time, connection lost; try again later
├── DatabaseRefused       ours: a statement broke a rule of the schema
├── StaleRevision         the caller's: the interview was saved by somebody else in between
├── SetUpError            the operator's: the start stops, the text names the cure
│   ├── DatabaseUrlError  the address of the database cannot be understood or opened
│   ├── MigrationError    the database and this program do not belong together
│   └── KeyFileError      the key file is missing, open to others, broken or the wrong one
└── SealError             a sealed value was altered or moved, or its key is gone

No text of these errors holds a person's words, a number or a key.
"""

from pathlib import Path


class StorageError(Exception):
    """Anything that storage could not do."""


class DatabaseUnavailable(StorageError):
    """The database did not answer; nothing was committed as far as is known."""


class DatabaseRefused(StorageError):
    """The database refused a statement.

    Args:
        statement: name of the statement in storage/queries.
        reason: the driver's error class, or the SQLSTATE; never the driver's text.
    """

    def __init__(self, statement: str, reason: str) -> None:
        super().__init__(f"the database refused {statement}: {reason}")
        self.statement = statement
        self.reason = reason


class StaleRevision(StorageError):
    """An interview was saved with a revision that is no longer the present one."""

    def __init__(self, interview_id: str, revision: int) -> None:
        super().__init__(f"interview {interview_id} is past revision {revision}")
        self.interview_id = interview_id
        self.revision = revision


class SetUpError(StorageError):
    """A fault that only the operator can mend.

    Args:
        fault: what is wrong, in plain words.
        cure: what to do about it.
    """

    def __init__(self, fault: str, cure: str) -> None:
        super().__init__(f"{fault}: {cure}")
        self.fault = fault
        self.cure = cure


class DatabaseUrlError(SetUpError):
    """The setting STORAGE__URL names no database that can be opened."""


class MigrationError(SetUpError):
    """The database was made by another version, or an applied migration was edited."""


class KeyFileError(SetUpError):
    """The key file cannot be used.

    Args:
        path: where the key file was looked for.
    """

    def __init__(self, path: Path, fault: str, cure: str) -> None:
        super().__init__(f"{path}: {fault}", cure)
        self.path = path


class SealError(StorageError):
    """A sealed value cannot be opened.

    Args:
        place: table and column, as `report.answers`.
    """

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(f"a sealed value of {place} cannot be opened: {reason}")
        self.place = place
