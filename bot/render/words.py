"""Days and codes as people read them."""

from datetime import date

from bot.texts import Texts

_BETWEEN = "|"


def day_in_words(texts: Texts, day: date) -> str:
    """Return 2027年3月5日, or how the language of the texts has it."""
    month = texts("date.months").split(_BETWEEN)[day.month - 1]
    return texts("date.day", year=str(day.year), month=month, day=str(day.day))


def month_in_words(texts: Texts, month: str) -> str:
    """Return 2027年3月 of 2027-03, 2027年 of 2027; of a day its month."""
    year, _, rest = month.partition("-")
    if not rest:
        return texts("date.year", year=year)
    name = texts("date.months").split(_BETWEEN)[int(rest[:2]) - 1]
    return texts("date.month", year=year, month=name)


def grouped(code: str) -> str:
    """Return a code in groups of five, as it is copied from the screen."""
    return "-".join(code[at : at + 5] for at in range(0, len(code), 5))
