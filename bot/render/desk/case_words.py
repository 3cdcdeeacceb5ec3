"""A case in words: who, why, and what was tried."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from bot.render.words import day_in_words
from bot.texts import Texts
from conversations.lobby.worklist import CaseLine, Prompted, Tried

_KINDS: Final[Mapping[str, str]] = {
    "human": "staff.kind_human",
    "voice": "staff.kind_voice",
    "many_people": "staff.kind_many_people",
    "not_me": "staff.kind_not_me",
    "returned": "staff.worklist.kind_returned",
    "rejected": "staff.worklist.kind_rejected",
    "query_open": "staff.worklist.kind_query_open",
    "unreachable": "staff.worklist.kind_unreachable",
    "silent": "staff.worklist.kind_silent",
    "turned_16": "staff.worklist.kind_turned_16",
}
_OUTCOMES: Final[Mapping[str, str]] = {
    "eve": "staff.worklist.out_eve",
    "help": "staff.worklist.out_help",
    "out": "staff.worklist.out_out",
    "again": "staff.worklist.out_again",
    "abroad": "staff.worklist.out_abroad",
    "wrong": "staff.worklist.out_wrong",
    "no": "staff.worklist.out_no",
    "moved": "staff.worklist.out_moved",
    "died": "staff.worklist.out_died",
    "county": "staff.worklist.out_county",
    "note": "staff.worklist.out_note",
    "told": "staff.worklist.out_told",
    "declined": "staff.worklist.out_declined",
    "dropped": "staff.worklist.out_dropped",
    "out_of_range": "staff.worklist.out_range",
}


def kind_words(texts: Texts, kind: str) -> str:
    """Return why somebody is on the list."""
    return texts(_KINDS.get(kind, "staff.worklist.kind_other"))


def title(texts: Texts, line: CaseLine) -> str:
    """Return a case in one line, as its button has it."""
    year = texts("staff.worklist.born", year=str(line.birth_year)) if line.birth_year else ""
    marks = []
    if line.is_visit:
        marks.append(texts("staff.worklist.mark_visit"))
    elif line.tries:
        marks.append(texts("staff.worklist.mark_tries", count=str(line.tries)))
    if line.is_taken:
        marks.append(texts("staff.worklist.mark_taken"))
    who = (line.name, line.village, year, kind_words(texts, line.kind), *marks)
    return " ".join(part for part in who if part)


def prompted_words(texts: Texts, prompted: Prompted) -> str:
    """Return what the ledger of reminders says; "" when it says nothing."""
    if prompted.hindered == "blocked":
        return texts("staff.worklist.blocked")
    if prompted.last_on is not None:
        day = day_in_words(texts, prompted.last_on)
        return texts("staff.worklist.prompted", count=str(prompted.sent), day=day)
    return texts("staff.worklist.no_chat") if prompted.hindered == "no_chat" else ""


def outcome_words(texts: Texts, one: Tried) -> str:
    """Return how a try ended; what a clerk typed, and the day that was agreed on, with it."""
    key, note = _OUTCOMES.get(one.outcome, "staff.worklist.out_note"), one.note
    if one.outcome == "again":
        note = day_in_words(texts, date.fromisoformat(note))
    return texts(key, note=note)
