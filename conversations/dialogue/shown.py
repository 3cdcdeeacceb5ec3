"""A kept answer in words, masked where the form says so: for echoes, summaries and the record."""

from conversations.xform.question import Question

_SEPARATOR = "、"


def shown(question: Question, value: str) -> str:
    """Return `value` of this question as people may see it in a chat on a shared phone."""
    if not value:
        return ""
    if question.type in ("select_one", "select_multiple"):
        labels = {choice.name: choice.label for choice in question.choices}
        return _SEPARATOR.join(labels.get(name, name) for name in value.split())
    match question.bot.get("reader", ""):
        case "month" | "past_month":
            year, _, month = value.partition("-")
            return f"{year}年{int(month)}月" if month.isdecimal() else value
        case "money":
            return f"{value}元"
        case _:
            return masked(value, question.bot.get("mask", ""))


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
