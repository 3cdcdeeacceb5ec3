"""Typed words -> an answer: which reader reads which question."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from conversations.replies.amount import read_decimal, read_integer
from conversations.replies.assent import yes_or_no
from conversations.replies.characters import cleaned, is_picture, plain
from conversations.replies.dates import read_date
from conversations.replies.english.read import read_english
from conversations.replies.identity_number import read_identity_number
from conversations.replies.money import read_money
from conversations.replies.months import read_month
from conversations.replies.option import read_option
from conversations.replies.options import read_options
from conversations.replies.outcome import Reading, Reason, Several, Unclear, Understood
from conversations.replies.phone import read_phone
from conversations.replies.sounds import SILENT, Sounds
from conversations.replies.wording import (
    does_not_know,
    read_name,
    read_village,
    read_words,
    says_nothing,
)
from conversations.xform.question import Choice, Question

__all__ = ["LONGEST", "Reading", "Reason", "Several", "Unclear", "Understood", "read_text"]

LONGEST: Final = 1000


def read_text(
    question: Question,
    text: str,
    now: datetime,
    on_show: Sequence[Choice] = (),
    sounds: Sounds = SILENT,
) -> Reading:
    """Read typed words as an answer to this question; never raises.

    Args:
        question: what was asked; `reader` among its hints wins over its type.
        text: as it was typed.
        now: aware, in the zone of the stations; ages and 明年 are reckoned from its date.
        on_show: the choices that the person sees now, if fewer than all: numbers count in them.
        sounds: how characters are read; without it pinyin and misspellings find nothing.
    """
    if (reason := unreadable(text)) is not None:
        return Unclear(reason, {"limit": str(LONGEST)})
    if question.language == "en":
        said = read_english(question, text, now.date(), on_show)
        if said is not None:
            return said
    if question.type in ("note", "acknowledge"):
        return _read_nod(text)
    is_long = question.bot.get("search") == "yes"
    if question.type == "select_one":
        return read_option(text, question.choices, on_show, sounds, is_long=is_long)
    if question.type == "select_multiple":
        return read_options(text, question.choices, on_show, sounds, is_long=is_long)
    return _read_typed(question, text, now)


def unreadable(text: str) -> Reason | None:
    """Return why nobody could read this at all, None when there is something to read."""
    if not text or text.isspace():
        return Reason.EMPTY
    if len(text) > LONGEST:
        return Reason.TOO_LONG
    seen = cleaned(text)
    if not seen:
        return Reason.INVISIBLE
    only_pictures = all(is_picture(char) or char == " " for char in seen)
    return Reason.ONLY_EMOJI if only_pictures and not plain(text) else None


def _read_nod(text: str) -> Reading:
    said = yes_or_no(text)
    if said is None:
        return Unclear(Reason.YES_OR_NO)
    return Understood("OK", "") if said else Unclear(Reason.SAID_NO)


def _read_typed(question: Question, text: str, now: datetime) -> Reading:
    reader = question.bot.get("reader") or question.type
    if does_not_know(text) or (says_nothing(text) and reader != "money"):
        if not question.required:
            return Understood("", "")
        return Unclear(Reason.DO_NOT_KNOW if does_not_know(text) else Reason.REQUIRED)
    today = now.date()
    match reader:
        case "id_number":
            return read_identity_number(text, today)
        case "phone":
            return read_phone(text)
        case "money":
            return read_money(text)
        case "month" | "past_month":
            return read_month(text, today, is_past=reader == "past_month")
        case "name":
            return read_name(text)
        case "village":
            return read_village(text)
        case "integer":
            return read_integer(text)
        case "decimal":
            return read_decimal(text)
        case "date":
            return read_date(text, today)
        case _:
            return read_words(text)
