"""A file that appears whole or not at all, readable by its owner only."""

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Final

from storage.export.errors import TargetError

OWNER_ONLY: Final = 0o600
_DISK: Final = frozenset(
    (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS, errno.EACCES, errno.EPERM)
)


def refuse_existing(paths: tuple[Path, ...], *, force: bool) -> None:
    """Refuse to begin when the result could not be put in place.

    Raises:
        TargetError: a file exists and `force` is not set, or the folder cannot be written.
    """
    for path in paths:
        if path.is_dir():
            raise TargetError(path, "this is a folder", "Name a file in it")
        if os.path.lexists(path) and not force:
            raise TargetError(path, "the file exists", "Name another one, or add --force")
        if not os.access(path.parent, os.W_OK | os.X_OK):
            raise TargetError(path, "its folder cannot be written", "Name another folder")


@contextmanager
def new_file(path: Path, *, force: bool) -> Iterator[IO[bytes]]:
    """Lend a file, mode 0600, that takes its name when the block ends without an error.

    Raises:
        TargetError: the file exists and `force` is not set, or cannot be written.
    """
    partial = path.with_name(f".{path.name}.{secrets.token_hex(6)}.partial")
    try:
        descriptor = os.open(partial, os.O_RDWR | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
        with os.fdopen(descriptor, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        _put_in_place(partial, path, force=force)
    except OSError as error:
        # Other errors of this kind come from where the rows come from: a lost connection is one.
        if error.errno not in _DISK:
            raise
        reason = error.strerror or "cannot be written"
        raise TargetError(path, reason, "Name another file or make room") from None
    finally:
        with suppress(FileNotFoundError):
            partial.unlink()


def _put_in_place(partial: Path, path: Path, *, force: bool) -> None:
    """Give the file its name; without `force` nobody's file is overwritten, not even now."""
    if force:
        partial.replace(path)
        return
    try:
        path.hardlink_to(partial)
    except FileExistsError:
        raise TargetError(path, "the file exists", "Name another one, or add --force") from None
