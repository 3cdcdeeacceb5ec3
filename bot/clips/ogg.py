"""Ogg Opus files: read, and put one after another, without decoding (RFC 3533, 6716, 7845).

Opus packets tell by themselves how they are to be decoded, so the packets of several recordings
make one stream as they are. What is between two is a moment of coded silence.
"""

import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

RATE: Final = 48_000
# 20 ms of silence (CELT, full band, one channel).
_SILENCE: Final = b"\xf8\xff\xfe"
_SILENT_FRAME: Final = 960
_HEADER: Final = struct.Struct("<4sBBqIIIB")
_HEAD: Final = struct.Struct("<8sBBHIhB")
_MAX_SEGMENTS: Final = 255
_FIRST, _LAST = 2, 4
# Frame lengths in samples by configuration (RFC 6716, table 2).
_SILK: Final = (480, 960, 1920, 2880)
_HYBRID: Final = (480, 960)
_CELT: Final = (120, 240, 480, 960)


class NotOpus(Exception):
    """The file is no Ogg Opus recording with one channel, or it is damaged."""


@dataclass(frozen=True, slots=True)
class Recording:
    """The packets of one recording.

    Args of the constructor:
        pre_skip: samples at the start that are not to be heard.
        length: samples, `pre_skip` included.
    """

    packets: tuple[bytes, ...]
    pre_skip: int
    length: int

    @property
    def seconds(self) -> float:
        """Return how long it can be heard."""
        return (self.length - self.pre_skip) / RATE


def read(data: bytes) -> Recording:
    """Return what is in a file.

    Raises:
        NotOpus: it is something else, has two channels, or is damaged.
    """
    try:
        head, _tags, *packets = _packets(data)
        magic, _, channels, pre_skip, *_ = _HEAD.unpack_from(head)
        length = sum(map(_samples, packets))
    except (ValueError, IndexError, struct.error):
        raise NotOpus("it is no Ogg Opus file") from None
    if magic != b"OpusHead":
        raise NotOpus("it is no Ogg Opus file")
    if channels != 1:
        raise NotOpus("it has more than one channel")
    return Recording(tuple(packets), pre_skip, length)


def joined(recordings: Sequence[Recording], pause: float) -> bytes:
    """Return one file of all these in order.

    Args:
        pause: seconds of silence between two.
    """
    first, *others = recordings
    silence = (_SILENCE,) * round(pause * RATE / _SILENT_FRAME)
    packets = list(first.packets)
    for recording in others:
        packets += silence + recording.packets
    return b"".join(_pages(packets, first.pre_skip))


def _packets(data: bytes) -> list[bytes]:
    """Return the packets of all pages, those that go over a page's end made whole."""
    found: list[bytes] = []
    open_packet, at = b"", 0
    while at < len(data):
        magic, *_, segments = _HEADER.unpack_from(data, at)
        if magic != b"OggS":
            raise ValueError("no page")
        at += _HEADER.size
        lacing = data[at : at + segments]
        at += segments
        for size in lacing:
            if at + size > len(data):
                raise ValueError("cut off")
            open_packet += data[at : at + size]
            at += size
            if size < _MAX_SEGMENTS:
                found.append(open_packet)
                open_packet = b""
    return found


def _samples(packet: bytes) -> int:
    """Return how many samples a packet holds, by its first byte or two."""
    toc = packet[0]
    kind = toc >> 3
    if kind < 12:
        frame = _SILK[kind % 4]
    elif kind < 16:
        frame = _HYBRID[kind % 2]
    else:
        frame = _CELT[kind % 4]
    code = toc & 3
    return frame * (packet[1] & 63 if code == 3 else min(code, 1) + 1)


def _pages(packets: list[bytes], pre_skip: int) -> Iterator[bytes]:
    head = _HEAD.pack(b"OpusHead", 1, 1, pre_skip, RATE, 0, 0)
    tags = b"OpusTags" + struct.pack("<I", 8) + b"xiangwen" + struct.pack("<I", 0)
    yield _page([head], 0, 0, _FIRST)
    yield _page([tags], 0, 1, 0)
    position, number = 0, 2
    chunks = list(_chunks(packets))
    for place, chunk in enumerate(chunks, 1):
        position += sum(map(_samples, chunk))
        yield _page(chunk, position, number, _LAST if place == len(chunks) else 0)
        number += 1


def _chunks(packets: list[bytes]) -> Iterator[list[bytes]]:
    """Yield what goes on one page; no packet goes over its end."""
    chunk: list[bytes] = []
    room = _MAX_SEGMENTS
    for packet in packets:
        needed = len(packet) // 255 + 1
        if needed > room:
            yield chunk
            chunk, room = [], _MAX_SEGMENTS
        chunk.append(packet)
        room -= needed
    yield chunk


def _page(packets: Iterable[bytes], position: int, number: int, kind: int) -> bytes:
    lacing, body = bytearray(), bytearray()
    for packet in packets:
        lacing += b"\xff" * (len(packet) // 255)
        lacing.append(len(packet) % 255)
        body += packet
    # One stream a file: any number names it.
    header = _HEADER.pack(b"OggS", 0, kind, position, 1, number, 0, len(lacing))
    page = bytearray(header + lacing + body)
    page[22:26] = struct.pack("<I", _checksum(page))
    return bytes(page)


def _table() -> list[int]:
    table = []
    for byte in range(256):
        value = byte << 24
        for _ in range(8):
            value = (value << 1) ^ (0x04C11DB7 if value & 0x80000000 else 0)
        table.append(value & 0xFFFFFFFF)
    return table


_TABLE: Final = _table()


def _checksum(page: bytes | bytearray) -> int:
    value = 0
    for byte in page:
        value = ((value << 8) & 0xFFFFFFFF) ^ _TABLE[(value >> 24) ^ byte]
    return value
