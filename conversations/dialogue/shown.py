"""A kept answer in words, masked where the form says so: for echoes, summaries and the record."""

import re
from typing import Final

from conversations.dialogue.units import listed, month_in_words, yuan
from conversations.xform.question import Question

_NUMBERS: Final = re.compile(r"\d(?:[\s-]?\d){5,}[\dXx]?")


def shown(question: Question, value: str) -> str:
    """Return `value` of this question as people may see it in a chat on a shared phone."""
    if not value:
        return ""
    if question.type in ("select_one", "select_multiple"):
        labels = {choice.name: choice.label for choice in question.choices}
        return listed([labels.get(name, name) for name in value.split()], question.language)
    match question.bot.get("reader", ""):
        case "month" | "past_month":
            return month_in_words(value, question.language)
        case "money":
            return yuan(value, question.language)
        case _:
            return masked(value, question.bot.get("mask", ""))


def veiled(question: Question, value: str) -> str:
    """Return `value` as the staff see it before they gave a reason: nothing tells who it is.

    The village stays, for a station finds people by it.
    """
    hints = question.bot
    if not value or hints.get("pii") != "yes" or hints.get("role") == "village":
        return shown(question, value)
    match hints.get("mask", ""):
        case "name":
            return value[:1] + "某"
        case "id" | "phone" as mask:
            return masked(value, mask)
        case _:
            return "•" * 6


def veiled_words(words: str) -> str:
    """Return somebody's own words without the numbers in them that may tell who is meant."""
    return _NUMBERS.sub("•" * 6, words)


def masked(value: str, mask: str) -> str:
    """Return the value with all but a recognisable rest hidden.

    An identity number keeps its last two digits only: with the birth date, more would give the
    whole number away. A phone number keeps three and two.
    """
    match mask:
        case "id":
            return "•" * 6 + value[-2:]
        case "phone":
            return value[:3] + "•" * 6 + value[-2:]
        case _:
            return value
