"""Amounts, months and lists in words, in the language of the question."""

from typing import Final

MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def listed(names: list[str], language: str) -> str:
    """Return several labels in one line."""
    return (", " if language == "en" else "、").join(names)


def yuan(amount: str, language: str) -> str:
    """Return money with its unit."""
    return f"{amount} yuan" if language == "en" else f"{amount}元"


def month_in_words(value: str, language: str) -> str:
    """Return a stored month, 2027-03, in words; anything else as it is."""
    year, _, month = value.partition("-")
    if not month.isdecimal() or not 1 <= int(month) <= len(MONTHS):
        return value
    if language == "en":
        return f"{MONTHS[int(month) - 1]} {year}"
    return f"{year}年{int(month)}月"
