"""Taps: on the open question, on an answered one, on the summary, or on something long gone."""

from typing import Final

from conversations.buttons import Press, Verb
from conversations.dialogue.answering import offer_change, offer_redo, record, take_offer
from conversations.dialogue.difference import settled
from conversations.dialogue.hearing import hear
from conversations.dialogue.listing import offered
from conversations.dialogue.moves import (
    asked,
    go_back,
    go_on,
    open_at,
    standing,
    stay,
)
from conversations.dialogue.parts import group_of
from conversations.dialogue.reading import confirm, narrow
from conversations.dialogue.review import review
from conversations.dialogue.scene import Scene, Turn, first_open, previous_open
from conversations.dialogue.typed import (
    compare,
    on_word,
    open_section,
    skip,
    submit,
)
from conversations.dialogue.words import Word
from conversations.events import TapOutdated, TapRepeated
from conversations.interview import Comparison
from conversations.xform.question import Question

_COMPARISONS: Final[dict[str, Comparison]] = {
    "same": "same",
    "changed": "changed",
    "unsure": "unsure",
}


def on_tap(scene: Scene, press: Press | None) -> Turn:
    """Take a tap; one that no longer fits shows what is open now."""
    if press is None or press.interview != scene.interview.number:
        return standing(scene, (TapOutdated(),))
    if press.verb in (Verb.REVIEW, Verb.SUBMIT):
        return _on_summary(scene, press)
    path = _path(scene, press.question)
    if path is None or not scene.session.relevant(path):
        return standing(scene, (TapOutdated(),))
    question = scene.question(path)
    if press.verb is Verb.HEAR:
        return hear(scene, question)
    if press.verb is Verb.CHANGE:
        return _on_change(scene, question, press)
    if press.verb is Verb.COMPARE:
        return _on_compared(scene, group_of(path), press.value)
    if path == scene.interview.at:
        return _on_open(scene, question, press)
    if press.verb is Verb.ANSWER:
        return _on_answered(scene, question, press)
    return _on_earlier(scene, question, press)


def _path(scene: Scene, index: int) -> str | None:
    questions = scene.form.questions
    return questions[index].path if 0 <= index < len(questions) else None


def _on_change(scene: Scene, question: Question, press: Press) -> Turn:
    """A line of the summary opens its question; the yes to an offer counts for that offer only."""
    if press.value == "yes":
        offer = scene.interview.offer
        stands = offer and offer.path == question.path and press.revision >= offer.revision
        return take_offer(scene) if stands else standing(scene, (TapOutdated(),))
    if question.type == "note":
        return standing(scene, (TapOutdated(),))
    return open_at(scene, question.path)


def _on_summary(scene: Scene, press: Press) -> Turn:
    if press.verb is Verb.SUBMIT:
        is_fresh = scene.interview.at is None and press.revision >= scene.interview.changed
        return submit(scene) if is_fresh else standing(scene, (TapOutdated(),))
    if first_open(scene) is not None:
        return standing(scene, (TapOutdated(),))
    return _on_section(scene, press) if scene.interview.at is None else go_on(scene)


def _on_section(scene: Scene, press: Press) -> Turn:
    sections = review(scene)
    if press.value.isdecimal() and int(press.value) < len(sections):
        return open_section(scene, sections[int(press.value)])
    return standing(scene)


def _on_answered(scene: Scene, question: Question, press: Press) -> Turn:
    """A button of another question than the open one: its answer, now or before."""
    if question.path not in scene.interview.done:
        return standing(scene, (TapOutdated(),))
    if question.bot.get("confirm") == "yes":
        wrong = press.value == "no"
        return _before(scene, question) if wrong else stay(scene, TapRepeated(question))
    value = _tapped(scene, question, press.value)
    if value is None:
        return standing(scene, (TapOutdated(),))
    return offer_change(scene, question, value)


def _tapped(scene: Scene, question: Question, name: str) -> str | None:
    """Return the answer that a button of this name gives, None when there is no such button."""
    is_village = question.bot.get("reader") == "village"
    if question.type not in ("select_one", "acknowledge") and not is_village:
        return None
    if question.type == "acknowledge":
        return name
    for choice in offered(scene, question):
        if choice.name == name:
            return choice.label if is_village else name
    return None


def _before(scene: Scene, question: Question) -> Turn:
    """Open the question before this one; a second tap changes nothing more."""
    path = previous_open(scene, question.path)
    if path is None or path == scene.interview.at:
        return standing(scene)
    return open_at(scene, path)


def _on_compared(scene: Scene, group: str, value: str) -> Turn:
    """A section is compared by its buttons; later only "it changed" still counts."""
    said = _COMPARISONS.get(value)
    if said is not None and scene.interview.comparing == group:
        return compare(scene, said)
    if said == "changed" and group in scene.interview.compared:
        return go_on(scene.after(settled(scene, group, said)))
    return standing(scene, (TapOutdated(),))


def _on_earlier(scene: Scene, question: Question, press: Press) -> Turn:
    """What is no answer, at another question than the open one."""
    if press.verb is Verb.KEEP:
        return standing(scene.after(scene.interview.with_changes(offer=None)))
    if press.verb is Verb.BACK:
        return _before(scene, question)
    is_answered = question.path in scene.interview.done and question.type != "note"
    if is_answered and press.verb in (Verb.TOGGLE, Verb.DONE, Verb.PAGE):
        return offer_redo(scene, question)
    return standing(scene, (TapOutdated(),))


def _on_open(scene: Scene, question: Question, press: Press) -> Turn:
    match press.verb:
        case Verb.ANSWER:
            return _on_choice(scene, question, press.value)
        case Verb.TOGGLE if question.type == "select_multiple":
            return _toggle(scene, question, press.value)
        case Verb.DONE if question.type == "select_multiple":
            return record(scene, question, " ".join(scene.interview.picked), typed=False)
        case Verb.PAGE:
            return _turn_page(scene, press.value)
        case Verb.BACK:
            return go_back(scene)
        case Verb.SKIP:
            return skip(scene)
        case Verb.KEEP:
            return record(scene, question, question.value, typed=False)
        case Verb.HELP:
            return on_word(scene, Word.HELP)
        case Verb.WHY:
            return on_word(scene, Word.WHY)
        case _:
            return standing(scene, (TapOutdated(),))


def _on_choice(scene: Scene, question: Question, value: str) -> Turn:
    if question.bot.get("confirm") == "yes":
        return confirm(scene, question, value != "no")
    tapped = _tapped(scene, question, value)
    if tapped is None:
        return standing(scene, (TapOutdated(),))
    return record(scene, question, tapped, typed=False)


def _toggle(scene: Scene, question: Question, name: str) -> Turn:
    names = [choice.name for choice in question.choices]
    if name not in names:
        return standing(scene, (TapOutdated(),))
    ticked = set(scene.interview.picked) ^ {name}
    picked = tuple(choice for choice in names if choice in ticked)
    fresh = scene.after(scene.interview.with_changes(picked=picked))
    return stay(fresh, asked(fresh, redrawn=True))


def _turn_page(scene: Scene, value: str) -> Turn:
    if value == "all":
        return narrow(scene, "")
    if not value.isdecimal():
        return standing(scene)
    return narrow(scene, scene.interview.query, int(value))
