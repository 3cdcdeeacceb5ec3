"""What keeps a finished record out of an official file, as a table of small pure functions.

A record is its values by role, codes as the form stores them, hidden answers left out. Items
and branches are those of the notice 晋人社办函〔2022〕179号, section 三. Nothing here steers a
conversation: the form refuses these things already; a record that a staff member entered, an
import or an older form brought may still break them.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import filterfalse
from typing import Final

Record = Mapping[str, str]

LOWEST_AGE: Final = 16
REVIEW_AGE: Final = 60
MAX_INCOME: Final = 200_000

_ID_NUMBER: Final = re.compile(r"[1-9][0-9]{16}[0-9X]")
_MONTH: Final = re.compile(r"(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])(?:-[0-3][0-9])?")
_MOBILE: Final = re.compile(r"1[0-9]{10}")
_CHECK_DIGITS: Final = "10X98765432"
_GENDERS: Final = {str(digit): "1" if digit % 2 else "2" for digit in range(10)}
_SHANXI: Final = "140000"


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a record: a key of the texts, and the roles that it is about."""

    key: str
    roles: tuple[str, ...] = ()


def is_id_number(text: str) -> bool:
    """Tell whether this is a well-formed identity number with the right check digit (GB 11643)."""
    if not _ID_NUMBER.fullmatch(text):
        return False
    # The weight of each digit is a power of 2 modulo 11, and so is that of a number in base 13.
    total = 2 * int(text[:17], 13)
    return _CHECK_DIGITS[total % 11] == text[17] and born_on(text) is not None


def born_on(id_number: str) -> date | None:
    """Return the birth date that digits 7 to 14 hold, None when there is no such day."""
    try:
        return date(int(id_number[6:10]), int(id_number[10:12]), int(id_number[12:14]))
    except ValueError:
        return None


@lru_cache(maxsize=8)
def latest_birth(today: date, age: int) -> str:
    """Return the last birth date, YYYYMMDD, that makes somebody this old today.

    Who was born on 29 February is a year older from 1 March on in common years.
    """
    return f"{today.year - age:04}{today:%m%d}"


def _always(record: Record) -> bool:
    return True


def _works(record: Record) -> bool:
    return record.get("employment_status") == "1"


def _earns(record: Record) -> bool:
    return record.get("employment_status") in {"1", "2"}


def _seeks(record: Record) -> bool:
    return record.get("job_intent") == "1"


def _learns(record: Record) -> bool:
    return record.get("training_intent") == "1"


REQUIRED: Final[Mapping[str, Callable[[Record], bool]]] = {
    "name": _always,
    "id_number": _always,
    "gender": _always,
    "ethnicity": _always,
    "phone_listed": _always,
    "hukou_address": _always,
    "political_status": _always,
    "education": _always,
    "labour_capacity": _always,
    "training_intent": _always,
    "training_date": _learns,
    "training_place": _learns,
    "training_trade": _learns,
    "job_intent": _always,
    "job_industry": _seeks,
    "expected_salary": _seeks,
    "expected_place": _seeks,
    "employment_status": _always,
    "monthly_income": _earns,
    "stable_employment": _works,
    "startup_status": _always,
    "transfer_region": _works,
}
"""The 22 items of the notice and when each must be there."""


def missing(record: Record) -> tuple[str, ...]:
    """Return the roles of the notice's items that this record should have and has not."""
    return tuple(role for role in filterfalse(record.get, REQUIRED) if REQUIRED[role](record))


def _id_number_wrong(record: Record, today: date) -> bool:
    number = record.get("id_number", "")
    return bool(number) and not is_id_number(number)


def _gender_differs(record: Record, today: date) -> bool:
    number, gender = record.get("id_number", ""), record.get("gender")
    if not gender or gender == _GENDERS.get(number[16:17]):
        return False
    return _ID_NUMBER.fullmatch(number) is not None


def _birth_date_differs(record: Record, today: date) -> bool:
    number, birth = record.get("id_number", ""), record.get("birth_date", "")
    return bool(birth and number) and birth.replace("-", "") != number[6:14]


def _too_young(record: Record, today: date) -> bool:
    return record.get("id_number", "")[6:14] > latest_birth(today, LOWEST_AGE)


def _phone_wrong(record: Record, today: date) -> bool:
    phone = record.get("phone_listed", "")
    return bool(phone) and not _MOBILE.fullmatch(phone)


def _cannot_work(record: Record, today: date) -> bool:
    return record.get("labour_capacity") in {"4", "5"} and not _earns(record)


def _works_without_capacity(record: Record, today: date) -> bool:
    return record.get("labour_capacity") in {"4", "5"} and _earns(record)


def _income_without_work(record: Record, today: date) -> bool:
    return bool(record.get("monthly_income")) and record.get("employment_status") == "3"


def _income_wrong(record: Record, today: date) -> bool:
    income = record.get("monthly_income", "")
    if not income:
        return False
    return not (income.isascii() and income.isdecimal() and int(income) <= MAX_INCOME)


def _month_wrong(record: Record, today: date) -> bool:
    return not (
        _is_month_or_none(record.get("training_date"))
        and _is_month_or_none(record.get("transfer_date"))
    )


@lru_cache(maxsize=1_000)
def _is_month_or_none(text: str | None) -> bool:
    return not text or _MONTH.fullmatch(text) is not None


def _moved_in_future(record: Record, today: date) -> bool:
    return record.get("transfer_date", "")[:7] > _month_of(today)


@lru_cache(maxsize=8)
def _month_of(today: date) -> str:
    return today.isoformat()[:7]


def _startup_differs(record: Record, today: date) -> bool:
    return record.get("employment_form") in {"2", "3"} and record.get("startup_status") == "0"


def _work_place_differs(record: Record, today: date) -> bool:
    region = record.get("transfer_region", "")
    fits = _PLACE_FITS.get(region)
    return fits is not None and not fits(record)


def _in_own_county(record: Record) -> bool:
    return _is_in_shanxi(record) and record.get("work_county", "") in {"", record.get("county")}


def _in_own_city(record: Record) -> bool:
    county = record.get("work_county")
    return _is_in_shanxi(record) and (not county or county != record.get("county"))


def _in_other_city(record: Record) -> bool:
    city = record.get("work_city")
    return _is_in_shanxi(record) and (not city or city != record.get("city"))


def _in_other_province(record: Record) -> bool:
    place = record.get("work_place", "")
    is_named_so = bool(place) and not place.startswith("山西")
    return is_named_so and record.get("work_province") != _SHANXI


def _abroad(record: Record) -> bool:
    place = record.get("work_place", "")
    return bool(place) and not place.startswith("山西") and not record.get("work_province")


def _is_in_shanxi(record: Record) -> bool:
    return record.get("work_place", "").startswith("山西") and not record.get("work_province")


def _work_place_missing(record: Record, today: date) -> bool:
    return record.get("transfer_region", "1") != "1" and not record.get("work_place")


def _wish_differs(record: Record, today: date) -> bool:
    given = record.get
    return (given("job_intent") == "0" and any(map(given, _JOB_WISH))) or (
        given("training_intent") == "0" and any(map(given, _TRAINING_WISH))
    )


_JOB_WISH: Final = ("job_industry", "expected_salary", "expected_place")
_TRAINING_WISH: Final = ("training_date", "training_place", "training_trade")
_PLACE_FITS: Final[Mapping[str, Callable[[Record], bool]]] = {
    "2": _in_own_county,
    "3": _in_own_city,
    "4": _in_other_city,
    "5": _in_other_province,
    "6": _abroad,
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: `is_broken` looks at the record, `key` names the text for people."""

    key: str
    is_broken: Callable[[Record, date], bool]
    roles: tuple[str, ...] = ()


RULES: Final = (
    Rule("id_number_wrong", _id_number_wrong, ("id_number",)),
    Rule("gender_differs", _gender_differs, ("gender", "id_number")),
    Rule("birth_date_differs", _birth_date_differs, ("birth_date", "id_number")),
    Rule("too_young", _too_young, ("id_number",)),
    Rule("phone_wrong", _phone_wrong, ("phone_listed",)),
    Rule("cannot_work", _cannot_work, ("labour_capacity",)),
    Rule("works_without_capacity", _works_without_capacity, ("labour_capacity",)),
    Rule("income_without_work", _income_without_work, ("monthly_income",)),
    Rule("income_wrong", _income_wrong, ("monthly_income",)),
    Rule("month_wrong", _month_wrong, ("training_date", "transfer_date")),
    Rule("moved_in_future", _moved_in_future, ("transfer_date",)),
    Rule("startup_differs", _startup_differs, ("startup_status", "employment_form")),
    Rule("work_place_differs", _work_place_differs, ("transfer_region", "work_place")),
    Rule("work_place_missing", _work_place_missing, ("work_place",)),
    Rule("wish_differs", _wish_differs, ("job_intent", "training_intent")),
)


def findings(record: Record, today: date) -> Iterator[Finding]:
    """Yield what holds this record back.

    Args:
        today: local calendar date of the station (Asia/Shanghai).
    """
    absent = missing(record)
    if absent:
        yield Finding("missing", absent)
    for rule in RULES:
        if rule.is_broken(record, today):
            yield Finding(rule.key, rule.roles)


def over_age(record: Record, today: date) -> bool:
    """Tell whether somebody is 60 or older; the notice sets no upper age, so it is a hint."""
    return "" < record.get("id_number", "")[6:14] <= latest_birth(today, REVIEW_AGE)
