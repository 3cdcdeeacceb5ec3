"""The conditions of a filter as the staff read them."""

from datetime import date

from bot.render.words import day_in_words
from bot.texts import Texts
from conversations.followups import SUMMARY, Term


def terms_in_words(texts: Texts, terms: tuple[Term, ...]) -> str:
    """Return all conditions in one line, "" for none; codes are in words already."""
    return texts("staff.followups.between").join(_term(texts, term) for term in terms)


def _term(texts: Texts, term: Term) -> str:
    match term.kind:
        case "not_started":
            return texts("staff.followups.not_started")
        case "unconfirmed":
            return texts("staff.followups.unconfirmed")
        case "stuck_for":
            return texts("staff.followups.stuck_for", days=term.value)
        case "stuck_in" if term.value == SUMMARY:
            return texts("staff.followups.stuck_in_summary")
        case "stuck_in":
            return texts("staff.followups.stuck_in", what=term.value)
        case "training":
            return texts("staff.followups.training", what=term.value)
        case "trade":
            return texts("staff.followups.trade", what=term.value)
        case "job":
            return texts("staff.followups.job", what=term.value)
        case "industry":
            return texts("staff.followups.industry", what=term.value)
        case "place":
            return texts("staff.followups.place", what=term.value)
        case "village":
            return texts("staff.followups.village", what=term.value)
        case "age":
            return _ages(texts, term)
        case "answered_before":
            day = day_in_words(texts, date.fromisoformat(term.value))
            return texts("staff.followups.answered_before", date=day)
        case "sex":
            is_man = term.value == "1"
            return texts("staff.followups.man" if is_man else "staff.followups.woman")
        case "status":
            return texts("staff.followups.status", what=term.value)


def _ages(texts: Texts, term: Term) -> str:
    if not term.until:
        return texts("staff.followups.age_from", low=term.value)
    if not term.value:
        return texts("staff.followups.age_to", high=term.until)
    if term.value == term.until:
        return texts("staff.followups.age_just", low=term.value)
    return texts("staff.followups.age_between", low=term.value, high=term.until)
