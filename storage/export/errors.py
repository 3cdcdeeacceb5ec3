"""What can go wrong in an export, and whose mistake it is.

ExportError              base, a StorageError; catch it, never raise it
├── TemplateError        the county's: file or key is named, with the cure
├── TargetError          the caller's: the file exists, or its folder cannot be written
└── TooManyRows          the world's: an Excel sheet ends at row 1,048,576

A record that breaks the rules is not an error. It is held back, with its reasons.
"""

from pathlib import Path

from storage.errors import StorageError


class ExportError(StorageError):
    """Anything that an export could not do."""


class TemplateError(ExportError):
    """A template or its mapping cannot be used.

    Args:
        where: file, and sheet, key or cell in it.
        fault: what is wrong, in plain words.
        cure: what to do about it.
        key: one word by which the console finds its own words for it.
    """

    def __init__(self, where: str, fault: str, cure: str, *, key: str = "broken") -> None:
        super().__init__(f"{where}: {fault}. {cure}")
        self.key = key
        self.where = where
        self.fault = fault
        self.cure = cure


class TargetError(ExportError):
    """The file cannot be written where it shall go."""

    def __init__(self, path: Path, fault: str, cure: str) -> None:
        super().__init__(f"{path}: {fault}. {cure}")
        self.path = path
        self.cure = cure


class TooManyRows(ExportError):
    """The sheet is full; export township by township."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"an Excel sheet holds {limit} rows at most; export a smaller place")
        self.limit = limit
