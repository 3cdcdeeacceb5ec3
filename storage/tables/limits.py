"""How large an uploaded table may be, and what reading it may cost."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds of one reading.

    Args of the constructor:
        size, unpacked: bytes, as uploaded and without compression.
        ratio: how often a packed part may unpack to its own size, above a megabyte.
        rows: of a sheet that hold something.
        memory: bytes of address space of the child.
        processor: seconds of processor time of the child.
        wait: seconds that the child may need for its next answer.
    """

    size: int = 64 << 20
    unpacked: int = 640 << 20
    ratio: int = 400
    rows: int = 200_000
    columns: int = 300
    sheets: int = 60
    cell: int = 4_000
    memory: int = 1 << 30
    processor: int = 90
    wait: float = 60
