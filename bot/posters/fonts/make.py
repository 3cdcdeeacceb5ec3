"""`python -m bot.posters.fonts.make NotoSansCJK-Regular.ttc`: makes `sans.otf` anew.

The file is in Debian's fonts-noto-cjk. Kept are the characters of GB 2312 and all that our own
catalogues, lists and questionnaire write; run this again when a list brings new ones.
"""

import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Final

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from bot.places import FOLDER

FONT: Final = Path(__file__).parent / "sans.otf"
# Where the characters have the shapes of the mainland; the others are for Japan, Korea and so on.
SIMPLIFIED: Final = "Noto Sans CJK SC"
WRITTEN_IN: Final = (".csv", ".md", ".toml")
# What hides the digits of a number.
ALSO: Final = "•"
_LEFT_OUT: Final = ("BASE", "DSIG", "GDEF", "GPOS", "GSUB", "VORG", "vhea", "vmtx")


def make(collection: Path) -> None:
    """Write the font."""
    font = _face(collection)
    options = Options(hinting=False, layout_features=[], name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14])
    options.drop_tables += _LEFT_OUT
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=sorted({ord(one) for one in wanted() if one.isprintable()}))
    subsetter.subset(font)
    font.save(FONT)


def wanted() -> set[str]:
    """Return all characters that the font is to hold."""
    ours = (file for file in FOLDER.rglob("*") if file.suffix in WRITTEN_IN)
    return {*common(), *ALSO, *"".join(file.read_text("utf-8") for file in ours)}


def common() -> Iterator[str]:
    """Yield the characters of GB 2312, its signs and its 6,763 ideographs."""
    for pair in product(range(0xA1, 0xFF), repeat=2):
        yield from bytes(pair).decode("gb2312", "ignore")


def _face(collection: Path) -> TTFont:
    for number in range(10):
        font = TTFont(collection, fontNumber=number)
        if font["name"].getDebugName(1) == SIMPLIFIED:
            return font
    raise LookupError(SIMPLIFIED)


if __name__ == "__main__":
    make(Path(sys.argv[1]))
