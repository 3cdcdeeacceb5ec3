"""English words -> an answer, for the questions whose answers are words at all."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from conversations.replies.english.months import read_month
from conversations.replies.english.numbers import number_in, read_money
from conversations.replies.english.options import in_band, read_option, read_options, taken
from conversations.replies.english.words import (
    does_not_know,
    is_english,
    says_nothing,
    yes_or_no,
)
from conversations.replies.identity_number import read_identity_number
from conversations.replies.outcome import Reading, Reason, Unclear, Understood
from conversations.xform.question import Choice, Question

_SPOKEN: Final = re.compile(r"[A-Za-z]{2,}")


def read_english(
    question: Question, text: str, today: date, on_show: Sequence[Choice] = ()
) -> Reading | None:
    """Read English words as an answer; None leaves them to the other readers."""
    if not is_english(text):
        return _figures(question, text, on_show)
    if question.type in ("note", "acknowledge"):
        said = yes_or_no(text)
        if said is None:
            return Unclear(Reason.YES_OR_NO)
        return Understood("OK", "") if said else Unclear(Reason.SAID_NO)
    is_long = question.bot.get("search") == "yes"
    if question.type == "select_one":
        return read_option(text, question.choices, on_show, is_long=is_long)
    if question.type == "select_multiple":
        return read_options(text, question.choices, on_show, is_long=is_long)
    return _typed(question, text, today)


def _figures(question: Question, text: str, on_show: Sequence[Choice]) -> Reading | None:
    """Read a number as an option whose span holds it, unless it is a place on the list."""
    number = number_in(text) if question.type == "select_one" and text.strip().isascii() else None
    if number is None or number <= len(on_show or question.choices):
        return None
    choice = in_band(text, question.choices)
    return None if choice is None else taken((choice,))


def _typed(question: Question, text: str, today: date) -> Reading | None:
    reader = question.bot.get("reader") or question.type
    if does_not_know(text) or (says_nothing(text) and reader != "money"):
        if not question.required:
            return Understood("", "")
        return Unclear(Reason.DO_NOT_KNOW if does_not_know(text) else Reason.REQUIRED)
    match reader:
        case "money":
            return read_money(text)
        case "month" | "past_month":
            return read_month(text, today, is_past=reader == "past_month")
        case "id_number":
            return read_identity_number(_SPOKEN.sub(" ", text), today)
        case "integer":
            number = number_in(text)
            if number is None or number != int(number):
                return None
            return Understood(str(int(number)), str(int(number)))
        case _:
            return None
