"""The public holidays as data: those that were announced, and by rule those of later years."""

import csv
from datetime import date
from pathlib import Path
from typing import Final

from bot.places import FOLDER
from conversations.holidays import statutory

# As far as the farmers' calendar is known.
_LAST: Final = 2040


def load_holidays(folder: Path = FOLDER) -> frozenset[date]:
    """Return the holidays; a year in the table is as announced, every later one by the rule."""
    with (folder / "holidays.csv").open(encoding="utf-8", newline="") as file:
        announced = {date.fromisoformat(row["day"]) for row in csv.DictReader(file)}
    last = max(day.year for day in announced)
    later = (statutory(year) for year in range(last + 1, _LAST + 1))
    return frozenset(announced).union(*later)
