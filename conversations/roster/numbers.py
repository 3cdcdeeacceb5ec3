"""The identity number in a cell of a roster: what is wrong with it, and what it says by itself."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from stdnum.cn.ric import calc_check_digit

from conversations.replies.identity_number import age_on, read_identity_number
from conversations.replies.outcome import Reason, Understood
from conversations.spoilt_numbers import has_exponent, is_rounded

ADULT: Final = 16
_CLEAN_ID: Final = re.compile(r"[1-9][0-9]{16}[0-9X]")
FLOAT: Final = re.compile(r"([0-9]+)\.0+")
ERROR: Final = re.compile(r"#(?:N/A|REF|VALUE|NAME|NULL|NUM|DIV/0|####).*|#+")
_DATE: Final = re.compile(r"(?:19|20)[0-9]{2}[-/年.][0-9]{1,2}[-/月.][0-9]{1,2}日?(?:[ T].*)?")


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a row cannot be taken over, or something to know of one that is."""

    key: str
    role: str
    params: Mapping[str, str] = field(default_factory=dict)


def number_fault(cell: str, today: date) -> Fault | str:
    """Return what is wrong with an identity number, or the number where it only looked odd."""
    whole = FLOAT.fullmatch(cell)
    bare = whole[1] if whole else cell
    if not bare:
        return Fault("empty", "id_number")
    if has_exponent(bare.replace(" ", "")):
        return Fault("id_cut", "id_number")
    if ERROR.fullmatch(bare):
        return Fault("cell_error", "id_number")
    if _DATE.fullmatch(bare):
        return Fault("id_is_date", "id_number")
    read = read_identity_number(bare, today)
    if isinstance(read, Understood):
        return read.value
    if is_rounded(bare, today):
        return Fault("id_cut", "id_number")
    reason = getattr(read, "reason", Reason.ID_LENGTH)
    return Fault(str(reason), "id_number", {"count": str(len(bare))})


def ripe_on(born_on: date) -> date:
    """Return the first day of the month after somebody turns 16; the day itself stays sealed."""
    year, month = born_on.year + ADULT, born_on.month + 1
    return date(year + 1, 1, 1) if month > 12 else date(year, month, 1)


def born_on(id_number: str) -> date:
    """Return the birth date in a number that was read."""
    return date(int(id_number[6:10]), int(id_number[10:12]), int(id_number[12:14]))


def sex_of(id_number: str) -> str:
    """Return 1 for a man, 2 for a woman (GB/T 2261.1)."""
    return "1" if int(id_number[16]) % 2 else "2"


def ripe_from(id_number: str, today: date) -> date | None:
    """Return when somebody below 16 can first be asked, None for whoever can be asked now."""
    born = born_on(id_number)
    return ripe_on(born) if age_on(born, today) < ADULT else None


def is_clean(number: str, today: date) -> bool:
    """Tell whether a number is right at the first look: no spaces, no doubt, no reason needed."""
    if not _CLEAN_ID.fullmatch(number):
        return False
    if calc_check_digit(number) != number[17]:
        return False
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    return today.year - 119 <= born.year and born <= today
