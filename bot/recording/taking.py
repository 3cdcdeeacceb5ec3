"""What somebody recorded -> a clip of a pack: trimmed, made even, checked. ffmpeg does it."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Final

from bot.clips.ogg import NotOpus, read

KINDS: Final = (".wav", ".mp3", ".ogg", ".oga", ".opus", ".m4a", ".aac", ".amr", ".flac")
_FROM_START: Final = "silenceremove=start_periods=1:start_threshold=-45dB:start_silence=0.1"
_TRIM: Final = f"{_FROM_START},areverse,{_FROM_START},areverse"
_MEAN, _PEAK, _MOST_GAIN = -20.0, -1.5, 25.0
_SECONDS_EACH: Final = 120
_SHORTEST, _SLOWEST, _LEEWAY = 0.05, 0.9, 3.0


class NoFfmpeg(Exception):
    """ffmpeg is not installed."""


class BadRecording(Exception):
    """A recording cannot be used. The text says why."""


def find_ffmpeg() -> str:
    """Return the path of ffmpeg.

    Raises:
        NoFfmpeg: it is not there.
    """
    found = shutil.which("ffmpeg")
    if found is None:
        raise NoFfmpeg
    return found


def take_in(file: Path, sentence: str, ffmpeg: str) -> bytes:
    """Return a recording as Ogg Opus: one channel, 16 kbit/s, without silence at its ends.

    Raises:
        BadRecording: there is no sound in it, or far too little or too much for the sentence.
    """
    measured = _run(ffmpeg, file, f"{_TRIM},volumedetect", ("-f", "null", "-")).stderr
    mean, peak = _level(measured, "mean_volume"), _level(measured, "max_volume")
    gain = min(_MEAN - mean, _PEAK - peak, _MOST_GAIN)
    coding = ("-c:a", "libopus", "-b:a", "16k", "-application", "voip", "-f", "ogg", "pipe:1")
    data = _run(ffmpeg, file, f"{_TRIM},volume={gain:.1f}dB", coding).stdout
    try:
        seconds = read(data).seconds
    except NotOpus as error:
        raise BadRecording(str(error)) from None
    _check_length(seconds, len(sentence))
    return data


def _run(
    ffmpeg: str, file: Path, chain: str, output: tuple[str, ...]
) -> subprocess.CompletedProcess[bytes]:
    """Run ffmpeg on a file; it reads no other one, whatever stands in it."""
    command = [ffmpeg, "-nostdin", "-hide_banner", "-protocol_whitelist", "file,pipe", "-i"]
    command += [str(file.absolute()), "-vn", "-map_metadata", "-1", "-ac", "1", "-ar", "48000"]
    command += ["-af", chain, *output]
    try:
        return subprocess.run(  # noqa: S603 (no shell; the path is absolute)
            command, capture_output=True, check=True, timeout=_SECONDS_EACH
        )
    except subprocess.TimeoutExpired:
        raise BadRecording("it takes ffmpeg too long") from None
    except subprocess.CalledProcessError:
        raise BadRecording("ffmpeg cannot read it") from None


def _level(measured: bytes, name: str) -> float:
    found = re.search(rf"{name}: (-?[\d.]+) dB", measured.decode(errors="replace"))
    if found is None or float(found[1]) < -60:
        raise BadRecording("nothing can be heard in it")
    return float(found[1])


def _check_length(seconds: float, characters: int) -> None:
    if seconds < max(0.1, _SHORTEST * characters):
        raise BadRecording(f"{seconds:.1f} seconds are too short for this sentence")
    if seconds > _SLOWEST * characters + _LEEWAY:
        raise BadRecording(f"{seconds:.1f} seconds are too long for this sentence")
