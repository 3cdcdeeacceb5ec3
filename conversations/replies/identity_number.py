"""The identity number of GB 11643-1999: 6 area, 8 birth, 3 sequence, 1 check digit.

The area is not judged: numbers keep the county of the day they were given, and many of those are
in no table (python-stdnum's `cn.ric` refuses three of four present county and birth year pairs).
"""

import re
from datetime import date
from typing import Final

from stdnum.cn.ric import calc_check_digit

from conversations.replies.characters import plain
from conversations.replies.outcome import Reading, Reason, Unclear, Understood

OLDEST: Final = 120
_LONG_AGO: Final = 1900
_WITHIN: Final = re.compile(r"(?<![0-9])[1-9][0-9]{5}((?:19|20)[0-9]{6})[0-9]{3}[0-9X](?![0-9])")
_INTRODUCED: Final = re.compile(r"^(?:我的|他的|她的)?(?:身份证)?(?:号码|号|是|[:：])*")
_SEPARATORS: Final = re.compile(r"[\s\-_.,，。·—–/]+")
_LOOKS_LIKE_X: Final = str.maketrans(dict.fromkeys("×хХΧχ", "X"))


def read_identity_number(text: str, today: date) -> Reading:
    """Read an identity number; each way of being wrong has its own reason."""
    bare = _SEPARATORS.sub("", plain(text).translate(_LOOKS_LIKE_X)).upper()
    bare = _INTRODUCED.sub("", bare)
    reason = _fault(bare, today)
    if reason is None:
        return Understood(bare, bare)
    return Unclear(reason, {"count": str(len(bare))})


def _fault(bare: str, today: date) -> Reason | None:
    if not any("0" <= char <= "9" for char in bare):
        return Reason.ID_NO_DIGITS
    if not re.fullmatch(r"[0-9]*[0-9X]", bare):
        return Reason.ID_LETTERS
    if len(bare) == 15:
        return Reason.ID_15_DIGITS
    if len(bare) != 18:
        return Reason.ID_LENGTH
    if bare[0] == "0":
        return Reason.ID_REGION
    return _date_fault(bare, today) or (
        None if calc_check_digit(bare) == bare[-1] else Reason.ID_CHECK_DIGIT
    )


def _date_fault(bare: str, today: date) -> Reason | None:
    try:
        born_on = date(int(bare[6:10]), int(bare[10:12]), int(bare[12:14]))
    except ValueError:
        return Reason.ID_DATE
    if born_on > today:
        return Reason.ID_FUTURE
    return Reason.ID_TOO_OLD if age_on(born_on, today) > OLDEST else None


def holds_identity_number(text: str) -> bool:
    """Tell whether somebody's identity number stands in a text, one with a slip in it included."""
    bare = _SEPARATORS.sub("", plain(text).translate(_LOOKS_LIKE_X)).upper()
    return any(_is_born(found[1]) for found in _WITHIN.finditer(bare))


def _is_born(digits: str) -> bool:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).year > _LONG_AGO
    except ValueError:
        return False


def age_on(born_on: date, today: date) -> int:
    """Return the age in whole years; somebody born on 29 February turns older on 1 March."""
    had_birthday = (today.month, today.day) >= (born_on.month, born_on.day)
    return today.year - born_on.year - (not had_birthday)
