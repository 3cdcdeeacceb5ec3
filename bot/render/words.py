"""Days and codes as people read them."""

from datetime import date


def day_in_words(day: date) -> str:
    """Return 2027年3月5日."""
    return f"{day.year}年{day.month}月{day.day}日"


def grouped(code: str) -> str:
    """Return a code in groups of five, as it is copied from the screen."""
    return "-".join(code[at : at + 5] for at in range(0, len(code), 5))
