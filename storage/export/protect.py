"""Office encryption (ECMA-376 agile, AES) of a package that never touches a disk in plain.

msoffcrypto-tool makes the key and the container. Its own `encrypt` wants the finished plain
file; here the package is encrypted 4,096 bytes at a time while it is written, so only
ciphertext is ever stored, in an unnamed file, and memory does not grow with the rows.
"""

import mmap
import secrets
import struct
import tempfile
from pathlib import Path
from typing import IO, Final

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from msoffcrypto.method.container.ecma376_encrypted import ECMA376Encrypted
from msoffcrypto.method.ecma376_agile import ECMA376Agile

_SEGMENT: Final = 4096
_BLOCK: Final = 16
_SIZE: Final = struct.Struct("<Q")
_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS: Final = 4
_DIFAT_START: Final = 68
_SECTOR: Final = 512
_END_OF_CHAIN: Final = b"\xfe\xff\xff\xff"


def new_password() -> str:
    """Return a password in four groups of four, easy to read out: 79 bits.

    Letters and digits that look alike (i l 1, o 0) are left out.
    """
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(_GROUPS))
    return "-".join(groups)


class EncryptingStream:
    """Takes a package from its first byte to its last and keeps only ciphertext."""

    def __init__(self, password: str, folder: Path) -> None:
        self._info, self._key = ECMA376Agile.generate_encryption_parameters(password)
        self._salt: bytes = self._info.keyData.saltValue
        self._pending = bytearray()
        self._segments = 0
        self._size = 0
        self._sealed: IO[bytes] = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115
        self._sealed.write(_SIZE.pack(0))

    def write(self, data: bytes, /) -> int:
        """Take these bytes; whole segments are encrypted at once."""
        self._pending += data
        self._size += len(data)
        whole = len(self._pending) // _SEGMENT * _SEGMENT
        for start in range(0, whole, _SEGMENT):
            self._encrypt(bytes(self._pending[start : start + _SEGMENT]))
        del self._pending[:whole]
        return len(data)

    def flush(self) -> None:
        """Do nothing: a segment is only complete with its last byte."""

    def finish(self, target: IO[bytes]) -> None:
        """Write the protected file."""
        if self._pending:
            last = bytes(self._pending) + bytes(-len(self._pending) % _BLOCK)
            # The container cuts streams between 1.5 and 4 KB off; what is behind the size that the
            # stream itself names is nobody's (MS-OFFCRYPTO 2.3.4.4).
            self._encrypt(last if self._segments else last.ljust(_SEGMENT, b"\0"))
        self._sealed.seek(0)
        self._sealed.write(_SIZE.pack(self._size))
        self._sealed.flush()
        with mmap.mmap(self._sealed.fileno(), 0, access=mmap.ACCESS_READ) as sealed:
            about = ECMA376Agile.get_encryption_information(self._info, sealed, self._key)
            start = target.tell()
            ECMA376Encrypted(sealed, about).write_to(target)
        _end_sector_table(target, start)

    def close(self) -> None:
        """Drop the unnamed file."""
        self._sealed.close()

    def _encrypt(self, segment: bytes) -> None:
        """Encrypt one segment: AES-CBC, its vector made from the salt and its number."""
        digest = hashes.Hash(hashes.SHA512())
        digest.update(self._salt + struct.pack("<I", self._segments))
        vector = digest.finalize()[:_BLOCK]
        cipher = Cipher(algorithms.AES(self._key), modes.CBC(vector)).encryptor()
        self._sealed.write(cipher.update(segment) + cipher.finalize())
        self._segments += 1


def _end_sector_table(target: IO[bytes], start: int) -> None:
    """Write the end mark of the sector table, which the container leaves out above 7 MB.

    MS-CFB 2.5: the last DIFAT sector's next field must be ENDOFCHAIN; msoffcrypto-tool 6.1
    leaves it FREESECT.
    """
    target.seek(start + _DIFAT_START)
    first, count = struct.unpack("<II", target.read(8))
    if count:
        last = first + count - 1
        target.seek(start + _SECTOR * (last + 2) - len(_END_OF_CHAIN))
        target.write(_END_OF_CHAIN)
    target.seek(0, 2)
