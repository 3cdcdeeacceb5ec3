"""The key file: the only place outside of memory where keys stand unwrapped.

JSON, mode 0600, in a folder apart from the data:
`{"version": 1, "wrapping": {"current": ID, "keys": {ID: BASE64}}, "index": {…the same…}}`.
A key id is eight hexadecimal digits. Old keys stay in the file until nothing uses them.
"""

import base64
import binascii
import json
import os
import secrets
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from storage.errors import KeyFileError

KEY_BYTES: Final = 32
_RESTORE: Final = "restore it from the backup of the keys; without it no record can be read"

KeyId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8}$")]


class _Ring(BaseModel):
    """Keys of one use: `current` makes new values, the others only read old ones."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    current: KeyId
    keys: dict[KeyId, str]


class _KeyFile(BaseModel):
    """The shape of the file."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    version: Literal[1]
    wrapping: _Ring
    index: _Ring


@dataclass(frozen=True, slots=True, repr=False)
class KeyRing:
    """Keys of one use by their id."""

    current: str
    keys: dict[str, bytes]


@dataclass(frozen=True, slots=True, repr=False)
class Keys:
    """What a key file holds: `wrapping` guards data keys, `index` makes keyed digests."""

    wrapping: KeyRing
    index: KeyRing


def create_key_file(path: Path) -> None:
    """Write a file with fresh keys, readable by its owner only.

    Raises:
        KeyFileError: there is a file already; a key file is never written over.
    """
    rings = {use: _fresh_ring() for use in ("wrapping", "index")}
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise KeyFileError(path, "there is a key file already", "keep it") from None
    with os.fdopen(handle, "w", encoding="ascii") as file:
        json.dump({"version": 1, **rings}, file, indent=2)
        file.flush()
        os.fsync(file.fileno())
    _sync_folder(path.parent)


def read_key_file(path: Path) -> Keys:
    """Return the keys.

    Raises:
        KeyFileError: the file is missing, readable by others, or not a key file.
    """
    try:
        mode = path.stat().st_mode
        text = path.read_text(encoding="ascii")
    except FileNotFoundError:
        raise KeyFileError(path, "the key file is missing", _RESTORE) from None
    except (OSError, UnicodeDecodeError) as error:
        raise KeyFileError(path, f"cannot be read ({type(error).__name__})", _RESTORE) from None
    if stat.S_IMODE(mode) & 0o077:
        raise KeyFileError(path, "others may read the key file", f"run: chmod 600 {path}")
    try:
        file = _KeyFile.model_validate_json(text)
        return Keys(_decode(file.wrapping), _decode(file.index))
    except (ValidationError, ValueError):
        # The validation text would quote the file, keys included.
        raise KeyFileError(path, "this is not a whole key file", _RESTORE) from None


def _fresh_ring() -> dict[str, object]:
    """Return a ring of one new key."""
    name = secrets.token_hex(4)
    key = base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode("ascii")
    return {"current": name, "keys": {name: key}}


def _decode(ring: _Ring) -> KeyRing:
    """Return the ring with its keys as bytes; ValueError when one is no key."""
    try:
        keys = {name: base64.b64decode(key, validate=True) for name, key in ring.keys.items()}
    except binascii.Error:
        raise ValueError("a key is not base64") from None
    if ring.current not in keys or any(len(key) != KEY_BYTES for key in keys.values()):
        raise ValueError("a key is missing or too short")
    return KeyRing(ring.current, keys)


def _sync_folder(folder: Path) -> None:
    """Make a new name in a folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
