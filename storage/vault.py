"""Encryption at rest and keyed digests; the only module that knows hashlib and hmac.

A sealed value is: version (1 byte), algorithm (1), key id (4), nonce (12), ciphertext with tag.
Header and associated data (`table.column`, then the id of the person) are authenticated, so a
value that was altered, or moved to another person or column, does not open. One data key per
person stands wrapped in `person_key`: who destroys that row has erased all that it sealed.
"""

import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from storage.errors import SealError
from storage.keyfile import KEY_BYTES, KeyRing, Keys, read_key_file

_VERSION: Final = 1
_AES_256_GCM: Final = 1
_LABEL: Final = bytes((_VERSION, _AES_256_GCM))
_KEY_ID: Final = slice(2, 6)
_HEADER: Final = 6
_NONCE: Final = 12
SYSTEM: Final = "system"
_OTHER_KEY: Final = "another key sealed it"


@dataclass(frozen=True, slots=True)
class DataKey:
    """A key that seals values of one owner: a person's id, or SYSTEM."""

    owner: str
    key_id: bytes = field(repr=False)
    _cipher: AESGCM = field(repr=False, compare=False)

    def seal(self, place: str, text: str) -> bytes:
        """Return the sealed form of a text that belongs to `place` (`table.column`)."""
        return self.seal_bytes(place, text.encode())

    def seal_bytes(self, place: str, content: bytes) -> bytes:
        """Return the sealed form of anything that is no text."""
        return _seal(self._cipher, self.key_id, place, self.owner, content)

    def open(self, place: str, sealed: bytes) -> str:
        """Return the text.

        Raises:
            SealError: altered, moved from another place or person, or sealed by another key.
        """
        return self.open_bytes(place, sealed).decode()

    def open_bytes(self, place: str, sealed: bytes) -> bytes:
        """Return what was sealed as bytes; of a text its UTF-8.

        Raises:
            SealError: as `open`.
        """
        if sealed[_KEY_ID] != self.key_id:
            raise SealError(place, _OTHER_KEY)
        return _open(self._cipher, place, self.owner, sealed)


class Vault:
    """Keys in memory: makes, wraps and unwraps data keys, and makes keyed digests."""

    def __init__(self, keys: Keys, path: Path) -> None:
        self.path = path
        self._index: KeyRing = keys.index
        # Copied for each digest: to begin with the key anew costs several times as much.
        self._macs = {
            name: hmac.new(key, digestmod="sha256") for name, key in keys.index.keys.items()
        }
        self._wrapping = {
            bytes.fromhex(name): AESGCM(key) for name, key in keys.wrapping.keys.items()
        }
        self._current = bytes.fromhex(keys.wrapping.current)

    @classmethod
    def open(cls, path: Path) -> Self:
        """Return a vault with the keys of a file.

        Raises:
            KeyFileError: the file is missing, readable by others, or not a key file.
        """
        return cls(read_key_file(path), path)

    def new_key(self, owner: str) -> tuple[DataKey, bytes]:
        """Return a fresh data key and its wrapped form, which is what the database keeps."""
        plain = secrets.token_bytes(4 + KEY_BYTES)
        place = _wrapping_place(owner)
        wrapped = _seal(self._wrapping[self._current], self._current, place, owner, plain)
        return DataKey(owner, plain[:4], AESGCM(plain[4:])), wrapped

    def unwrap(self, owner: str, wrapped: bytes) -> DataKey:
        """Return the data key.

        Raises:
            SealError: no key of the key file wrapped it, or it was altered or moved.
        """
        plain = self._unwrapped(owner, wrapped)
        return DataKey(owner, plain[:4], AESGCM(plain[4:]))

    def unseal(self, owner: str, wrapped: bytes, place: str, sealed: bytes) -> bytes:
        """Return one value as UTF-8: `unwrap` and `open` in one, for readers of many rows.

        Raises:
            SealError: as these.
        """
        plain = self._unwrapped(owner, wrapped)
        if sealed[_KEY_ID] != plain[:4]:
            raise SealError(place, _OTHER_KEY)
        return _open(AESGCM(plain[4:]), place, owner, sealed)

    def _unwrapped(self, owner: str, wrapped: bytes) -> bytes:
        """Return id and key, one behind the other."""
        place = _wrapping_place(owner)
        cipher = self._wrapping.get(bytes(wrapped[_KEY_ID]))
        if cipher is None:
            raise SealError(place, "no key of the key file wrapped it")
        return _open(cipher, place, owner, wrapped)

    @property
    def index_key_id(self) -> str:
        """Return the id of the key that makes new digests."""
        return self._index.current

    def digest(self, use: str, value: str) -> bytes:
        """Return the keyed digest of a value under the present index key.

        Digests of different uses never match, so two tables cannot be joined on them.
        """
        return _keyed(self._macs[self._index.current], use, value)

    def digests(self, use: str, value: str) -> dict[str, bytes]:
        """Return the digest under every index key, by key id (old rows keep the old key)."""
        return {name: _keyed(mac, use, value) for name, mac in self._macs.items()}


def content_digest(content: bytes) -> str:
    """Return the plain SHA-256 of public content: forms, migrations, files already encrypted.

    Never for a person's values: the plain digest of a number is the number.
    """
    return hashlib.sha256(content).hexdigest()


def _wrapping_place(owner: str) -> str:
    """Return where a wrapped key stands."""
    return "system_key.wrapped" if owner == SYSTEM else "person_key.wrapped"


def _keyed(mac: hmac.HMAC, use: str, value: str) -> bytes:
    """Return HMAC-SHA-256 of use and value."""
    own = mac.copy()
    own.update(f"{use}\0{value}".encode())
    return own.digest()


def _seal(cipher: AESGCM, key_id: bytes, place: str, owner: str, plain: bytes) -> bytes:
    """Return header, nonce and ciphertext."""
    header = _LABEL + key_id
    nonce = os.urandom(_NONCE)
    bound = header + f"{place}\0{owner}".encode()
    return header + nonce + cipher.encrypt(nonce, plain, bound)


def _open(cipher: AESGCM, place: str, owner: str, sealed: bytes) -> bytes:
    """Return the plain bytes; SealError when anything does not fit."""
    header = sealed[:_HEADER]
    if header[:2] != _LABEL:
        raise SealError(place, "unknown version or algorithm")
    bound = header + f"{place}\0{owner}".encode()
    start = _HEADER + _NONCE
    try:
        return cipher.decrypt(sealed[_HEADER:start], sealed[start:], bound)
    except (InvalidTag, ValueError):
        raise SealError(place, "it was altered, moved or sealed by another key") from None
