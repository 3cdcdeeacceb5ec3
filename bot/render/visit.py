"""The visit sheet in words: headings, and why a line is not taken in."""

from collections.abc import Iterable, Mapping

from bot.texts import Texts
from conversations.visit_row import Fault


def sheet_titles(texts: Texts) -> tuple[str, str]:
    """Return the names of the sheets: people, and choices."""
    return texts("staff.visit.sheet"), texts("staff.visit.choices")


def named_columns(texts: Texts) -> tuple[str, ...]:
    """Return the headings of the columns that say whom a line is about."""
    return (
        texts("staff.visit.code"),
        texts("staff.visit.name"),
        texts("staff.visit.id_number"),
        texts("staff.visit.village"),
    )


def result_columns(texts: Texts) -> tuple[str, ...]:
    """Return the headings of the result: line, code, what became of it, why."""
    keys = (
        "staff.visit.column_row",
        "staff.visit.code",
        "staff.visit.column_result",
        "staff.visit.column_reason",
    )
    return tuple(texts(key) for key in keys)


def result_title(texts: Texts) -> str:
    """Return the name of the sheet of results."""
    return texts("staff.visit.result")


def outcome_in_words(texts: Texts, outcome: str) -> tuple[str, str]:
    """Return what became of a line, and why where that has nothing to do with its answers."""
    match outcome:
        case "taken":
            return texts("staff.visit.taken"), ""
        case "already":
            return texts("staff.visit.already"), ""
        case "unknown":
            return texts("staff.visit.refused"), texts("staff.visit.unknown_row")
        case "twice":
            return texts("staff.visit.refused"), texts("staff.visit.twice")
        case "number":
            return texts("staff.visit.refused"), texts("staff.visit.number_taken")
        case _:
            return texts("staff.visit.refused"), ""


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
            return texts("staff.visit.missing", title=title)
        case "left_open":
            return texts("staff.visit.left_open", title=title)
        case "unread":
            return texts("staff.visit.unread", title=title)
        case "refused":
            return texts("staff.visit.not_wanted", title=title, words=fault.words)
        case "not_asked":
            return texts("staff.visit.not_asked", title=title)
        case "no_consent":
            return texts("staff.visit.no_consent")
        case "out_of_range":
            return texts("staff.visit.out_of_range")
