"""The farmers' calendar: which day of ours a day of theirs is.

The table holds what astronomers fixed; two independent libraries agree on every year of it.
"""

from datetime import date, timedelta
from functools import cache
from typing import Final, NamedTuple

FIRST_YEAR: Final = 1990

# A year: month and day of its first day, the month that comes twice (0: none), and for each of its
# months in turn whether it has 30 days (1) or 29 (0).
_TABLE: Final = """
0127:5:0100100101111 0215:0:010010010111 0204:0:011001001011 0123:3:0110101001010
0210:0:111010100101 0131:8:0110101100101 0219:0:010110101100 0207:0:101010110110
0128:5:1001001101101 0216:0:100100101110 0205:0:110010010110 0124:4:1101010010101
0212:0:110101001010 0201:0:110110100101 0122:2:0101101010101 0209:0:010101101010
0129:7:1010101011011 0218:0:001001011101 0207:0:100100101101 0126:5:1100100101011
0214:0:101010010101 0203:0:101101001010 0123:4:1011010101010 0210:0:101011010101
0131:9:0101010110101 0219:0:010010111010 0208:0:101001011011 0128:6:0101001010111
0216:0:010100101011 0205:0:101010010011 0125:4:0111010010101 0212:0:011010101010
0201:0:101011010101 0122:2:0100110110101 0210:0:010010110110 0129:6:1010010101110
0217:0:101001001110 0206:0:110100100110 0126:5:1110100100110 0213:0:110101010011
0203:0:010110101010 0123:3:0110101101010 0211:0:100101101101 0131:11:0100101011101
0219:0:010010101101 0208:0:101001001101 0128:6:1101001001011 0215:0:110100100101
0204:0:110101010010 0124:5:1101101010100 0212:0:101101011010 0201:0:010101101101
0122:2:0100101011011 0210:0:010010011011 0130:7:1010010010111 0217:0:101001001011
0206:0:101010100101 0126:5:1011010100101 0214:0:011011010010 0202:0:101011011010
0123:3:0101010110110 0211:0:100100110111 0201:8:0100100101111 0219:0:010010010111
0208:0:011001001011 0128:6:0110101001010 0215:0:111010100101
"""


class LunarYear(NamedTuple):
    """A year of the farmers' calendar.

    Args of the constructor:
        first_on: its New Year's day.
        leap: the month that comes twice, 0 for none.
        lengths: days of its months in turn, the repeated one included.
    """

    first_on: date
    leap: int
    lengths: tuple[int, ...]


@cache
def _years() -> dict[int, LunarYear]:
    """Return the table, read at its first use."""
    years = {}
    for year, row in enumerate(_TABLE.split(), FIRST_YEAR):
        new_year, leap, bits = row.split(":")
        first_on = date(year, int(new_year[:2]), int(new_year[2:]))
        years[year] = LunarYear(first_on, int(leap), tuple(29 + int(bit) for bit in bits))
    return years


def spring_festival(year: int) -> date | None:
    """Return the day on which the farmers' year begins; None outside of the table."""
    found = _years().get(year)
    return found.first_on if found else None


def lunar_year_of(day: date) -> int:
    """Return the farmers' year that this day lies in."""
    first_on = spring_festival(day.year)
    return day.year - 1 if first_on is not None and day < first_on else day.year


def day_of(year: int, month: int, day: int, *, is_leap: bool = False) -> date | None:
    """Return our date of a day of the farmers' calendar.

    Returns:
        None when there is no such day, or it lies outside of the table. A 30th in a month of 29
        days is its last day: people mean the end of it.
    """
    found = _years().get(year)
    if found is None or not (1 <= month <= 12 and 1 <= day <= 30):
        return None
    if is_leap and found.leap != month:
        return None
    place = month - 1 + (0 < found.leap < month or is_leap)
    within = min(day, found.lengths[place]) - 1
    return found.first_on + timedelta(days=sum(found.lengths[:place]) + within)
