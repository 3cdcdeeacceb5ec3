"""Recordings made here, without any program: a few packets that a decoder takes for silence."""

from pathlib import Path

from bot.clips import ogg
from bot.clips.pack import ENDING, Pack, load_pack, write_said

_PACKET = b"\xf8\xff\xfe"


def recorded(packets: int) -> bytes:
    """Return an Ogg Opus file of so many packets of 20 ms."""
    return ogg.joined([ogg.Recording((_PACKET,) * packets, 312, 960 * packets)], 0)


def packed(folder: Path, said: dict[str, str]) -> Pack:
    """Return a pack of these sentences by name, each recording of another length."""
    for place, name in enumerate(said, 1):
        file = folder / f"{name}{ENDING}"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(recorded(place))
    write_said(folder, said)
    return load_pack(folder)
