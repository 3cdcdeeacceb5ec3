"""Ogg Opus: read, joined, and decoded by a program that is not ours."""

import subprocess
from pathlib import Path

import pytest

from bot.clips import ogg
from bot.clips.pack import Pack
from tests.clips.tones import recorded


def test_what_was_written_is_read_again() -> None:
    recording = ogg.read(recorded(50))
    assert len(recording.packets) == 50
    assert recording.seconds == pytest.approx(1.0, abs=0.01)


def test_long_packets_and_many_pages_survive() -> None:
    packets = tuple(bytes([0xF8]) + bytes(length) for length in (0, 253, 254, 255, 1000) * 200)
    whole = ogg.joined([ogg.Recording(packets, 312, 0)], 0)
    assert ogg.read(whole).packets == packets


@pytest.mark.parametrize("cut", [0, 3, 27, 40, 60, 200])
def test_what_is_cut_off_is_no_recording(cut: int) -> None:
    with pytest.raises(ogg.NotOpus):
        ogg.read(recorded(100)[:cut])


def test_two_channels_are_refused() -> None:
    stereo = bytearray(recorded(5))
    stereo[28 + 9] = 2
    with pytest.raises(ogg.NotOpus, match="channel"):
        ogg.read(bytes(stereo))


def test_another_program_decodes_joined_clips_without_complaint(
    sample: Pack, ffmpeg: str, tmp_path: Path
) -> None:
    clip = sample.lines(["我自己", "山西农村户口", "都没有"])
    sound = sample.sound(clip)
    assert sound is not None
    (tmp_path / "clip.ogg").write_bytes(sound)
    command = [
        ffmpeg,
        "-v",
        "warning",
        "-i",
        "clip.ogg",
        "-f",
        "s16le",
        "-ar",
        "48000",
        "said.raw",
    ]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True)
    assert done.stderr == b""
    heard = (tmp_path / "said.raw").stat().st_size / 2 / ogg.RATE
    assert heard == pytest.approx(ogg.read(sound).seconds, abs=0.05)
