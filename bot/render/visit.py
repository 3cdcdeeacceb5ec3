"""The visit sheet in words: headings, and why a line is not taken in."""

from collections.abc import Iterable, Mapping

from bot.texts import Texts
from conversations.visit_row import Fault


def sheet_titles(texts: Texts) -> tuple[str, str]:
    """Return the names of the sheets: people, and choices."""
    return texts("visit.sheet"), texts("visit.choices")


def named_columns(texts: Texts) -> tuple[str, ...]:
    """Return the headings of the columns that say whom a line is about."""
    return (
        texts("visit.code"),
        texts("visit.name"),
        texts("visit.id_number"),
        texts("visit.village"),
    )


def result_columns(texts: Texts) -> tuple[str, ...]:
    """Return the headings of the result: line, code, what became of it, why."""
    keys = ("visit.column_row", "visit.code", "visit.column_result", "visit.column_reason")
    return tuple(texts(key) for key in keys)


def result_title(texts: Texts) -> str:
    """Return the name of the sheet of results."""
    return texts("visit.result")


def outcome_in_words(texts: Texts, outcome: str) -> tuple[str, str]:
    """Return what became of a line, and why where that has nothing to do with its answers."""
    match outcome:
        case "taken":
            return texts("visit.taken"), ""
        case "already":
            return texts("visit.already"), ""
        case "unknown":
            return texts("visit.refused"), texts("visit.unknown_row")
        case "twice":
            return texts("visit.refused"), texts("visit.twice")
        case "number":
            return texts("visit.refused"), texts("visit.number_taken")
        case _:
            return texts("visit.refused"), ""


def faults_in_words(texts: Texts, faults: Iterable[Fault], titles: Mapping[str, str]) -> str:
    """Return all that is wrong with a line.

    Args:
        titles: short names of the questions by path.
    """
    return "；".join(_fault(texts, fault, titles) for fault in faults)


def _fault(texts: Texts, fault: Fault, titles: Mapping[str, str]) -> str:
    title = titles.get(fault.path, "")
    match fault.why:
        case "missing":
            return texts("visit.missing", title=title)
        case "left_open":
            return texts("visit.left_open", title=title)
        case "unread":
            return texts("visit.unread", title=title)
        case "refused":
            return texts("visit.not_wanted", title=title, words=fault.words)
        case "not_asked":
            return texts("visit.not_asked", title=title)
        case "no_consent":
            return texts("visit.no_consent")
        case "out_of_range":
            return texts("visit.out_of_range")
