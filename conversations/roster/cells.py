"""One cell of a roster: what it says, or what is wrong with it."""

import re
from collections.abc import Mapping
from typing import Final

from conversations.replies.dates import read_date
from conversations.replies.outcome import Understood
from conversations.replies.phone import read_phone
from conversations.replies.wording import read_name, read_words, says_nothing
from conversations.roster.choices import Choices
from conversations.roster.numbers import ERROR, FLOAT, Fault, born_on, sex_of
from conversations.spoilt_numbers import has_exponent

_CLEAN_PHONE: Final = re.compile(r"1[3-9][0-9]{9}")
_CLEAN_NAME: Final = re.compile("[\u4e00-\u9fff]{2,4}")
_SPOKEN: Final = frozenset("我姓名本叫是")
_DIGITS: Final = re.compile(r"[^0-9]+")
_NO_PHONE: Final = frozenset(("0", "/", "-", "\\", "—", "none", "null"))


def name_in(cell: str, faults: list[Fault]) -> str:
    """Return a name as the form holds it; what is wrong with it goes to the faults."""
    if _CLEAN_NAME.fullmatch(cell) and not _SPOKEN & set(cell):
        return cell
    if not cell:
        faults.append(Fault("empty", "name"))
        return ""
    read = read_name(cell)
    if isinstance(read, Understood):
        return read.value
    key = str(getattr(read, "reason", "name_not_han"))
    faults.append(Fault("cell_error" if ERROR.fullmatch(cell) else key, "name"))
    return ""


def phone_in(cell: str, faults: list[Fault]) -> str:
    """Return a mobile number, "" for none; what is wrong with it goes to the faults."""
    if _CLEAN_PHONE.fullmatch(cell):
        return cell
    if not cell or cell.lower() in _NO_PHONE or says_nothing(cell):
        return ""
    whole = FLOAT.fullmatch(cell)
    if has_exponent(cell):
        faults.append(Fault("phone_cut", "phone"))
        return ""
    read = read_phone(whole[1] if whole else cell)
    if isinstance(read, Understood):
        return read.value
    faults.append(Fault(str(getattr(read, "reason", "phone_short")), "phone"))
    return ""


def words_in(cell: str) -> str:
    """Return a few words as the form holds them, "" where they make no sense."""
    if cell.isalnum():
        return cell
    read = read_words(cell) if cell else None
    return read.value if isinstance(read, Understood) else ""


def compare_with_number(
    given: Mapping[str, str], number: str, choices: Choices, notes: list[Fault]
) -> None:
    """Note a sex or birth date that the number contradicts: one of the two is mistyped."""
    if said := given.get("gender"):
        code = choices.code("gender", said)
        if code and code != sex_of(number):
            notes.append(Fault("gender_differs", "gender"))
    if said := given.get("birth_date"):
        day = said.partition(" ")[0]
        if _DIGITS.sub("", day) == number[6:14]:
            return
        read = read_date(day, born_on(number))
        if isinstance(read, Understood) and read.value != born_on(number).isoformat():
            notes.append(Fault("birth_date_differs", "birth_date"))
