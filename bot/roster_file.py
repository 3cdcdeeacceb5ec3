"""A roster file: CSV rows with official titles become entries, each checked with its reason.

What is said of a row names its line and its column, and never what stands in it.
"""

import csv
import io
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Final

from bot.cli.failures import Refusal
from bot.places import Place, Places
from conversations.replies.identity_number import age_on, read_identity_number
from conversations.replies.outcome import Reading, Reason, Understood
from conversations.replies.phone import read_phone
from conversations.replies.wording import read_name, read_village, read_words
from conversations.xform import Form, Session
from conversations.xform.question import Choice
from storage.roster import Entry

TITLES: Final = Path(__file__).parent.parent / "conversations" / "forms" / "roster.toml"
NEEDED: Final = ("name", "id_number", "township")
ADULT: Final = 16
_CODED: Final = ("ethnicity", "political_status", "education")
_WHY: Final = {
    Reason.EMPTY: "is empty",
    Reason.ID_NO_DIGITS: "holds no number",
    Reason.ID_15_DIGITS: "has 15 digits: the old number cannot be used",
    Reason.ID_LENGTH: "has not 18 digits",
    Reason.ID_LETTERS: "holds letters",
    Reason.ID_REGION: "begins with 0",
    Reason.ID_DATE: "holds a date that does not exist",
    Reason.ID_FUTURE: "holds a birth date to come",
    Reason.ID_TOO_OLD: "holds a birth date too long ago",
    Reason.ID_CHECK_DIGIT: "has a wrong check digit: a digit is mistyped",
    Reason.NAME_SHORT: "is too short for a full name",
    Reason.NAME_LONG: "is too long for a name",
    Reason.NAME_DIGITS: "holds digits",
    Reason.NAME_NOT_HAN: "holds no Chinese character",
}
_SCIENTIFIC: Final = "E+"


@dataclass(frozen=True, slots=True)
class Row:
    """A row that can be taken over."""

    line: int
    entry: Entry = field(repr=False)


@dataclass(frozen=True, slots=True)
class Fault:
    """A row that cannot, and why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Reader:
    """What rows are read by.

    Args of the constructor, where not plain:
        choices: of the coded columns, by role.
    """

    places: Places
    choices: Mapping[str, Sequence[Choice]]
    today: date


def read_text(path: Path) -> str:
    """Return the file's text: UTF-8 with or without its mark, otherwise GB 18030.

    Raises:
        Refusal: it cannot be read, or is neither.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Refusal(f"{path}: cannot be read ({error.strerror}).") from None
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refusal(f"{path}: is neither UTF-8 nor GB 18030. Save it as CSV UTF-8.")


def read_titles() -> dict[str, list[str]]:
    """Return the titles that are understood, by role."""
    titles: dict[str, list[str]] = tomllib.loads(TITLES.read_text("utf-8"))["titles"]
    return titles


def code_titles() -> list[str]:
    """Return the titles of a file of codes: name, township, village, code."""
    titles: list[str] = tomllib.loads(TITLES.read_text("utf-8"))["codes"]["titles"]
    return titles


def columns_of(header: Sequence[str]) -> dict[str, int]:
    """Return the column of each role that the header names.

    Raises:
        Refusal: a needed column is missing, or one is there twice.
    """
    cells = [cell.strip() for cell in header]
    columns: dict[str, int] = {}
    for role, titles in read_titles().items():
        places = [at for at, cell in enumerate(cells) if cell == role or cell in titles]
        if len(places) > 1:
            raise Refusal(f"line 1: {cells[places[0]]} and {cells[places[1]]} mean the same.")
        if places:
            columns[role] = places[0]
        elif role in NEEDED:
            raise Refusal(f"line 1: a column {titles[0]} is needed. Write the titles there.")
    return columns


def read_rows(text: str, reader: Reader) -> Iterator[Row | Fault]:
    """Yield each row or what is wrong with it; empty lines are passed over.

    Raises:
        Refusal: the header lacks what is needed, or the file is no CSV.
    """
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    seen: dict[str, int] = {}
    try:
        columns = columns_of(next(lines, []))
        for cells in lines:
            if any(cell.strip() for cell in cells):
                given = {role: _cell(cells, at) for role, at in columns.items()}
                yield _read_row(lines.line_num, given, reader, seen)
    except csv.Error:
        raise Refusal(f"line {lines.line_num}: a quotation mark is not closed.") from None


def choices_of(form: Form, now: datetime) -> dict[str, Sequence[Choice]]:
    """Return the choices of the coded columns that this form has."""
    session = Session(form, now)
    return {
        role: session.question(form.roles[role]).choices for role in _CODED if role in form.roles
    }


def _cell(cells: Sequence[str], at: int) -> str:
    # Excel is kept from cutting numbers by an apostrophe or ="…".
    text = cells[at].strip() if at < len(cells) else ""
    return text.removeprefix("'").removeprefix('="').removesuffix('"').strip()


def _read_row(
    line: int, given: Mapping[str, str], reader: Reader, seen: dict[str, int]
) -> Row | Fault:
    if _SCIENTIFIC in given["id_number"].upper():
        return Fault(line, "id_number: Excel cut it. Make the column text and type it again.")
    name, number = read_name(given["name"]), read_identity_number(given["id_number"], reader.today)
    for role, read in (("name", name), ("id_number", number)):
        if not isinstance(read, Understood):
            return Fault(line, f"{role}: {_reason(read) if given[role] else 'is empty'}.")
    phone = read_phone(given["phone"]) if given.get("phone") else None
    if phone is not None and not isinstance(phone, Understood):
        return Fault(line, "phone: is no mobile number of 11 digits; leave it empty or mend it.")
    township = _township(given, reader.places)
    if isinstance(township, str):
        return Fault(line, township)
    values = {role: _value(read) for role, read in (("name", name), ("id_number", number))}
    values["phone"] = _value(phone) if phone is not None else ""
    first = seen.setdefault(values["id_number"], line)
    if first != line:
        return Fault(line, f"id_number: the same as in line {first}.")
    return Row(line, _entry({**values, **_others(given, township, reader)}, township, reader))


def _reason(read: Reading) -> str:
    reason = getattr(read, "reason", None)
    return _WHY.get(reason, "cannot be read") if isinstance(reason, Reason) else "cannot be read"


def _value(read: Reading) -> str:
    return read.value if isinstance(read, Understood) else ""


def _township(given: Mapping[str, str], places: Places) -> Place | str:
    """Return the township, by id, code or name, or what is wrong with it."""
    wanted, county = given["township"], given.get("county", "")
    if not wanted:
        return "township: is empty."
    found = [
        place
        for place in places.by_id.values()
        if place.level == "township"
        and wanted in (place.id, place.code, place.name)
        and (not county or _is_in(place, county, places))
    ]
    if len(found) == 1:
        return found[0]
    if not found:
        where = "that county" if county else "Shanxi"
        return f"township: there is none of this name or code in {where}."
    return "township: several have this name. Add the county, or give the code."


def _is_in(township: Place, county: str, places: Places) -> bool:
    above = next((place for place in places.above(township) if place.level == "county"), None)
    return above is not None and county in (above.id, above.code, above.name)


def _others(given: Mapping[str, str], township: Place, reader: Reader) -> dict[str, str]:
    """Return what may be left out: an odd value is not kept, so that it is asked."""
    values = {place.level: place.id for place in reader.places.above(township)}
    values["township"] = township.id
    if given.get("village"):
        values["village"] = _value(read_village(given["village"]))
    if given.get("address_detail"):
        values["address_detail"] = _value(read_words(given["address_detail"]))
    for role, choices in reader.choices.items():
        wanted = given.get(role, "")
        hits = [c.name for c in choices if wanted and wanted in (c.name, c.label)]
        values[role] = hits[0] if len(hits) == 1 else ""
    return {role: value for role, value in values.items() if value}


def _entry(values: dict[str, str], township: Place, reader: Reader) -> Entry:
    number = values["id_number"]
    born_on = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    is_young = age_on(born_on, reader.today) < ADULT
    return Entry(
        id_number=number,
        phone=values["phone"],
        answers={role: value for role, value in values.items() if value},
        township_id=township.id,
        county_id=values.get("county", ""),
        birth_year=born_on.year,
        sex="1" if int(number[16]) % 2 else "2",
        ripe_on=ripe_on(born_on) if is_young else None,
    )


def ripe_on(born_on: date) -> date:
    """Return the first day of the month after somebody turns 16; the day itself stays sealed."""
    year, month = born_on.year + ADULT, born_on.month + 1
    return date(year + 1, 1, 1) if month > 12 else date(year, month, 1)
