"""Made-up people for tests: valid check digits, seeded, never anybody's own data."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from typing import Final

WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_FAMILY: Final = "王李张刘陈杨赵郭高梁"
_GIVEN: Final = "小春夏秋冬梅兰竹菊强山河平安福禄寿喜宝玉"
_COUNTIES: Final = ("140105", "140423", "140728", "141102", "142301", "110105")


@dataclass(frozen=True, slots=True)
class Identity:
    """A made-up person; `gender` is 1 or 2 as in GB/T 2261.1."""

    name: str
    id_number: str
    gender: str
    birth_date: date
    phone: str


def id_number(area: str, born_on: date, sequence: int) -> str:
    """Return the number of GB 11643-1999 with its check digit; odd sequences are men."""
    body = f"{area}{born_on:%Y%m%d}{sequence:03}"
    remainder = sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True)) % 11
    return body + "10X98765432"[remainder]


def identities(
    seed: int = 1, oldest: date = date(1950, 1, 1), youngest: date = date(2005, 12, 31)
) -> Iterator[Identity]:
    """Yield people without end, the same for the same seed, no number or phone twice."""
    chance = random.Random(seed)
    seen: set[str] = set()
    for serial in count():
        born_on = oldest + timedelta(days=chance.randrange((youngest - oldest).days + 1))
        sequence = chance.randrange(1, 1000)
        number = id_number(chance.choice(_COUNTIES), born_on, sequence)
        if number in seen:
            continue
        seen.add(number)
        name = chance.choice(_FAMILY) + "".join(chance.choices(_GIVEN, k=2))
        gender = "1" if sequence % 2 else "2"
        yield Identity(name, number, gender, born_on, f"199{(seed * 100_003 + serial) % 10**8:08}")


def identity(seed: int = 1, born_on: date | None = None) -> Identity:
    """Return one person, born on this day if it is given."""
    if born_on is None:
        return next(identities(seed))
    return next(identities(seed, born_on, born_on))
