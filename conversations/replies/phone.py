"""Mobile numbers of mainland China: 11 digits, whatever is written around them."""

import re
from typing import Final

from phonenumbers import NumberParseException, PhoneNumberType, number_type, parse

from conversations.replies.characters import plain
from conversations.replies.numerals import digits_of
from conversations.replies.outcome import Reading, Reason, Unclear, Understood

_BETWEEN: Final = re.compile(r"(?<=[0-9+)])[\s\-().,，、·_—–]+(?=[0-9(])")
_LETTER_O: Final = re.compile(r"(?<=[0-9oO])[oO]|[oO](?=[0-9])")
_WHOLE: Final = re.compile(r"(?<![0-9])(?:(?:\+|00)?86|0)?(1[3-9][0-9]{9})(?![0-9])")
_RUN: Final = re.compile(r"\+?[0-9]+")
_MOBILE: Final = re.compile(r"1[0-9]{10}")
_LANDLINE: Final = re.compile(r"0[1-9][0-9]{8,10}|[2-8][0-9]{6,7}")


def read_phone(text: str) -> Reading:
    """Read a mobile number; +86, spaces, hyphens and words around it do not matter."""
    bare = _LETTER_O.sub("0", digits_of(plain(text)))
    # Several numbers in one message: the gaps between them must not join them.
    whole = list(dict.fromkeys(_WHOLE.findall(bare)))
    if len(whole) > 1:
        return Understood(whole[0], whole[0], Reason.PHONE_SEVERAL)
    runs = whole or _RUN.findall(_BETWEEN.sub("", bare))
    if not runs:
        return Unclear(Reason.PHONE_NO_DIGITS)
    run = _national(max(runs, key=len))
    if _MOBILE.fullmatch(run):
        return Understood(run, run, None if is_known_mobile(run) else Reason.PHONE_UNUSUAL)
    return Unclear(_fault(run), {"count": str(len(run))})


def _national(run: str) -> str:
    for prefix in ("+86", "0086", "86", "0"):
        if run.startswith(prefix) and _MOBILE.fullmatch(run.removeprefix(prefix)):
            return run.removeprefix(prefix)
    return run


def _fault(run: str) -> Reason:
    if run.startswith("+") or run.startswith("00"):
        return Reason.PHONE_FOREIGN
    if _LANDLINE.fullmatch(run):
        return Reason.PHONE_LANDLINE
    if len(run) == 11:
        return Reason.PHONE_NOT_MOBILE
    return Reason.PHONE_SHORT if len(run) < 11 else Reason.PHONE_LONG


def is_known_mobile(number: str) -> bool:
    """Tell whether its first digits are a mobile range known to the library's tables.

    New ranges reach the tables late, so an unknown one is a doubt, never a refusal.
    """
    try:
        return number_type(parse(number, "CN")) == PhoneNumberType.MOBILE
    except NumberParseException:
        return False
