"""Rules about the people of one chat: whose an interview is, and what is known beforehand."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from conversations.interview import Interview
from conversations.origins import Origin
from conversations.xform import Form

_RELATION = "informant_relation"
_STAFF_METHOD = "staff_method"
_INFORMANT_PHONE = "informant_phone"
# Who speaks for themselves may have no phone: then somebody else's is asked for.
_CONTACT = ("contact_phone", "contact_relation")
# What is always asked: consent cannot be known beforehand, nor who answers this time.
_ASKED = frozenset(("consent", "sensitive_consent", _RELATION, _INFORMANT_PHONE))


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a person beforehand: values, where from, and what needs no asking."""

    answers: Mapping[str, str]
    origins: Mapping[str, str]
    done: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Assistance:
    """How the staff fill in for somebody.

    Args of the constructor:
        staff_id: the account.
        method: code of the list collection_method: by telephone, at home.
        relation: who speaks, "0" for the person; "" when that is to be asked.
    """

    staff_id: str
    method: str
    relation: str


def assisted(form: Form, state: Interview, help_given: Assistance) -> Interview:
    """Return an interview in which the form knows that the staff fill it in, and who speaks."""
    answers = {**state.answers, form.roles[_STAFF_METHOD]: help_given.method}
    if help_given.relation:
        answers[form.roles[_RELATION]] = help_given.relation
    return state.with_changes(answers=answers)


def needs_no_asking(form: Form, help_given: Assistance) -> tuple[str, ...]:
    """Return what the way of filling in has answered before the interview begins."""
    return (form.roles[_RELATION],) if help_given.relation else ()


def is_nobodys(form: Form, state: Interview) -> bool:
    """Tell whether an interview has not come so far that it is about anybody."""
    return state.purpose == "first" and not relation_in(form, state)


def relation_in(form: Form, state: Interview) -> str:
    """Return the code of the informant's relation, "" while it was not said."""
    path = form.roles.get(_RELATION, "")
    return state.answers.get(path, "") if path in state.done else ""


def name_in(form: Form, answers: Mapping[str, str]) -> str:
    """Return the person's name, "" while it is not known."""
    return answers.get(form.roles.get("name", ""), "")


def known_beforehand(form: Form, values: Mapping[str, str], today: date) -> Known:
    """Return how a first interview begins with what a roster says, given by role.

    What changes from year to year is asked all the same, with the known value on its button.
    """
    questions = {question.path: question for question in form.questions}
    answers = {
        form.roles[role]: value
        for role, value in values.items()
        if value and role not in _ASKED and form.roles.get(role) in questions
    }
    origin = Origin("carried", "", today).text()
    done = tuple(path for path in answers if questions[path].bot.get("yearly") != "yes")
    return Known(answers, dict.fromkeys(answers, origin), done)


def told_by(form: Form, state: Interview, relation: str) -> Interview:
    """Return an interview that starts from a report, with the informant of this chat.

    Args:
        relation: as what the chat speaks for the person; "" when it never said, so it is asked.
    """
    path, phone = form.roles.get(_RELATION, ""), form.roles.get(_INFORMANT_PHONE, "")
    if relation and state.answers.get(path) == relation:
        return state
    gone = {phone} if relation else {phone, path}
    answers = {place: value for place, value in state.answers.items() if place not in gone}
    if relation:
        answers[path] = relation
    anew = gone | {form.roles.get(role, "") for role in _CONTACT} - answers.keys()
    return state.with_changes(
        answers=answers,
        origins={place: text for place, text in state.origins.items() if place in answers},
        done=tuple(place for place in state.done if place not in anew),
    )
