"""Write `pinyin.csv` anew from pypinyin's dictionary: `python -m bot.forms.pinyin DICTIONARY`.

DICTIONARY is `pinyin_dict.json` of the PyPI package pypinyin (MIT), unpacked anywhere; the package
itself is never installed beside the program.
"""

import argparse
import csv
import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bot.places import FOLDER, load_places

_MOST: Final = 3
_COMMON_ROWS: Final = range(0xB0, 0xF8)
_CELLS: Final = range(0xA1, 0xFF)


def main() -> None:
    """Read the dictionary that the command line names and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("dictionary", type=Path)
    known = json.loads(parser.parse_args().dictionary.read_text("utf-8"))
    by_syllable: dict[str, list[str]] = {}
    for char in sorted(_wanted()):
        for syllable in _syllables(known.get(str(ord(char)), "")):
            by_syllable.setdefault(syllable, []).append(char)
    with (FOLDER / "pinyin.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(("syllable", "characters"))
        rows.writerows((one, "".join(by_syllable[one])) for one in sorted(by_syllable))


def _wanted() -> Iterator[str]:
    """Yield the 6,763 characters of GB 2312 and those of the form and its lists."""
    places = load_places()
    texts = [place.name for place in places.by_id.values()]
    texts += [name for names in places.villages.values() for name in names]
    texts.append((FOLDER / "rural_labour.md").read_text("utf-8"))
    common = (bytes((row, cell)) for row in _COMMON_ROWS for cell in _CELLS)
    texts += [pair.decode("gb2312", "ignore") for pair in common]
    yield from {char for char in "".join(texts) if unicodedata.category(char) == "Lo"}


def _syllables(readings: str) -> list[str]:
    """Return the most usual readings without their tones; ü is written v."""
    plain = (_toneless(reading) for reading in readings.split(","))
    return [found for found in dict.fromkeys(plain) if found.isascii() and found.isalpha()][:_MOST]


def _toneless(reading: str) -> str:
    apart = unicodedata.normalize("NFD", reading).replace("u\u0308", "v")
    return "".join(char for char in apart if unicodedata.category(char) != "Mn")


if __name__ == "__main__":
    main()
