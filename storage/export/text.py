"""Words as a cell can hold them: nothing that XML cannot carry, nothing that acts as a formula."""

import re
from typing import Final

MAX_CELL: Final = 32_767

_BREAKS: Final = re.compile(r"[\t\n\r\x85\u2028\u2029]+")
_FORBIDDEN: Final = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_ESCAPE_LIKE: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
SPECIAL: Final = re.compile("[&<>\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff_]")
_FORMULA: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def clean(text: str) -> str:
    """Return the text on one line, without characters that XML 1.0 or a terminal cannot hold.

    Characters outside the basic plane stay: names and villages have them.
    """
    return _FORBIDDEN.sub("", _BREAKS.sub(" ", text)).strip()


def in_xml(text: str) -> str:
    """Return cleaned text for an XML element of a sheet.

    Excel reads `_x0041_` as an escape for a character (ECMA-376, ST_Xstring), so words that
    look like one are escaped themselves.
    """
    words = clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _ESCAPE_LIKE.sub("_x005F_", words)


def in_csv(text: str) -> str:
    """Return cleaned text for a CSV cell, never the beginning of a formula.

    A CSV cell has no type: Excel and WPS run one that begins with = + - @. An apostrophe before
    it makes it words; no identity number, phone, date or code of ours begins so.
    """
    words = clean(text)
    return "'" + words if words.startswith(_FORMULA) else words
