"""Digits that are no option's number: 0 goes on without a choice, 9 turns the page of a list.

The numbers of options are read where options are (replies/option.py).
"""

import unicodedata
from typing import Final

from conversations.dialogue.words import Word
from conversations.events import QuestionAsked

ONWARD: Final = "0"
NEXT: Final = "9"
_NUMBERS: Final = ("integer", "decimal")
_PUNCTUATION: Final = " \t\r\n。.,，"


def digits_in(text: str) -> str:
    """Return the digits that the text is, "" when it is anything else."""
    bare = unicodedata.normalize("NFKC", text[:8]).strip(_PUNCTUATION)
    return bare if bare.isascii() and bare.isdigit() else ""


def by_digits(digits: str, asked: QuestionAsked, *, can_defer: bool) -> Word | str | None:
    """Return what digits mean at a question: a wish, an answer, None for what they read as.

    Where a number is asked for, digits are that number.
    """
    question, listing = asked.question, asked.listing
    if question.type in _NUMBERS:
        return None
    if digits == ONWARD and asked.given:
        return question.value
    if digits == ONWARD and (asked.can_skip or can_defer):
        return Word.SKIP
    if digits == NEXT and listing.pages > 1:
        return Word.MORE
    if question.type == "acknowledge" and digits == "1":
        return "OK"
    if question.bot.get("reader") == "village" and 1 <= int(digits) <= len(listing.choices):
        return listing.choices[int(digits) - 1].label
    return None
