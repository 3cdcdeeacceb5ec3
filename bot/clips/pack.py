"""A voice pack in memory: which sentences can be heard, and what they sound like put together."""

import csv
import logging
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from bot.clips.ogg import NotOpus, Recording, joined, read

SAID: Final = "said.csv"
ENDING: Final = ".ogg"
# Enough to tell some thousand recordings apart; a button can carry five of them.
ID_LENGTH: Final = 5
MOST_PARTS: Final = 64
# So many options are on show at the most, each with its number.
MOST_OPTIONS: Final = 12
_PLACES: Final = tuple(f"numbers/{place}" for place in range(1, MOST_OPTIONS + 1))
_PAUSE: Final = 0.3
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Pack:
    """Recordings by the sentence that is said in them.

    A clip is named by the ids of its recordings, one behind the other: whoever has the name can
    ask any process for the sound, and nothing about a person is in it.

    Args of the constructor:
        ids: sentence -> id of its recording.
        recordings: id -> what is to be heard.
        numbers: ids of one, two, three …, "" where a number was not recorded.
    """

    ids: Mapping[str, str] = field(default_factory=dict, repr=False)
    recordings: Mapping[str, Recording] = field(default_factory=dict, repr=False)
    numbers: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether anything can be heard at all."""
        return bool(self.ids)

    def question(
        self, label: str, hint: str, options: Iterable[str] = (), before: Sequence[str] = ()
    ) -> str:
        """Return the clip of a question and its options with their numbers, "" when there is none.

        Args:
            before: what was said before it and waits for no reply.
        """
        asked = self.ids.get(spoken(label, hint), "")
        if not asked:
            return ""
        return "".join([self.lines(before), asked, *self._options(options)])

    def asks(self, label: str, hint: str) -> bool:
        """Tell whether a question can be heard."""
        return spoken(label, hint) in self.ids

    def lines(self, lines: Iterable[str]) -> str:
        """Return the clip of those lines that were recorded, "" when none was."""
        return "".join(self.ids.get(line, "") for line in lines)

    def has(self, clip: str) -> bool:
        """Tell whether a clip is one of this pack."""
        return bool(self._parts(clip))

    def sound(self, clip: str) -> bytes | None:
        """Return a clip as an Ogg Opus file, None when it is not one of this pack."""
        parts = self._parts(clip)
        return _sound(tuple(self.recordings[part] for part in parts)) if parts else None

    def _options(self, options: Iterable[str]) -> Iterator[str]:
        for place, option in enumerate(options):
            if heard := self.ids.get(option, ""):
                yield (self.numbers[place] if place < len(self.numbers) else "") + heard

    def _parts(self, clip: str) -> list[str]:
        parts = [clip[at : at + ID_LENGTH] for at in range(0, len(clip), ID_LENGTH)]
        is_ours = len(parts) <= MOST_PARTS and all(part in self.recordings for part in parts)
        return parts if is_ours else []


SILENT: Final = Pack()


@lru_cache(maxsize=100)
def _sound(recordings: tuple[Recording, ...]) -> bytes:
    return joined(recordings, _PAUSE)


def spoken(label: str, hint: str) -> str:
    """Return a question as it stands on the screen."""
    return f"{label}\n{hint}" if hint else label


def load_pack(folder: Path) -> Pack:
    """Return the pack in a folder; what is damaged or gone is left out."""
    ids: dict[str, str] = {}
    recordings: dict[str, Recording] = {}
    by_name: dict[str, str] = {}
    for name, sentence in read_said(folder).items():
        try:
            data = (folder / f"{name}{ENDING}").read_bytes()
            recording = read(data)
        except (OSError, NotOpus) as error:
            what = {"clip": name, "error": type(error).__name__}
            _log.warning("a recording cannot be used", extra=what)
            continue
        ids[sentence] = id_of(data)
        recordings[id_of(data)] = recording
        by_name[name] = id_of(data)
    return Pack(ids, recordings, tuple(by_name.get(place, "") for place in _PLACES))


def read_said(folder: Path) -> dict[str, str]:
    """Return what is said in each recording of a folder, by its name."""
    try:
        with (folder / SAID).open(encoding="utf-8", newline="") as file:
            return {row["clip"]: row["sentence"] for row in csv.DictReader(file)}
    except FileNotFoundError:
        return {}


def write_said(folder: Path, said: Mapping[str, str]) -> None:
    """Write down what is said in each recording."""
    with (folder / SAID).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["clip", "sentence"])
        writer.writerows(sorted(said.items()))


def id_of(data: bytes) -> str:
    """Return the id of a recording: of letters that a button may carry."""
    return urlsafe_b64encode(sha256(data).digest())[:ID_LENGTH].decode()
