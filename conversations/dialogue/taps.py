"""Taps: on the open question, on an answered one, on the summary, or on something long gone."""

from conversations.buttons import Press, Verb
from conversations.dialogue.answering import offer_change, record, take_offer
from conversations.dialogue.listing import offered
from conversations.dialogue.moves import (
    asked,
    go_back,
    open_at,
    standing,
    stay,
)
from conversations.dialogue.review import review
from conversations.dialogue.scene import Scene, Turn
from conversations.dialogue.typed import confirm, narrow, on_word, skip, submit
from conversations.dialogue.words import Word
from conversations.events import SectionOpened, TapOutdated, TapRepeated
from conversations.xform.question import Question


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
    if press.verb is Verb.CHANGE:
        return take_offer(scene) if _is_offer(scene, press) else open_at(scene, path)
    if press.verb is Verb.ANSWER and path != scene.interview.at:
        return _on_answered(scene, question, press)
    if path != scene.interview.at:
        return _on_earlier(scene, press)
    return _on_open(scene, question, press)


def _path(scene: Scene, index: int) -> str | None:
    questions = scene.form.questions
    return questions[index].path if 0 <= index < len(questions) else None


def _is_offer(scene: Scene, press: Press) -> bool:
    return scene.interview.offer is not None and press.value == "yes"


def _on_summary(scene: Scene, press: Press) -> Turn:
    if scene.interview.at is not None:
        return standing(scene, (TapOutdated(),))
    if press.verb is Verb.SUBMIT:
        return submit(scene) if press.revision == scene.interview.revision else standing(scene)
    sections = review(scene)
    if press.value.isdecimal() and int(press.value) < len(sections):
        return stay(scene, SectionOpened(sections[int(press.value)]))
    return standing(scene)


def _on_answered(scene: Scene, question: Question, press: Press) -> Turn:
    """A button of another question than the open one: its answer, now or before."""
    was_answered = question.path in scene.interview.done
    is_offered = press.value in {choice.name for choice in question.choices}
    if not was_answered or (question.type == "select_one" and not is_offered):
        return standing(scene, (TapOutdated(),))
    if question.type != "select_one":
        return stay(scene, TapRepeated(question))
    return offer_change(scene, question, press.value)


def _on_earlier(scene: Scene, press: Press) -> Turn:
    if press.verb is Verb.KEEP:
        return standing(scene.after(scene.interview.with_changes(offer=None)))
    if press.verb is Verb.BACK:
        return go_back(scene)
    return standing(scene, (TapOutdated(),))


def _on_open(scene: Scene, question: Question, press: Press) -> Turn:
    match press.verb:
        case Verb.ANSWER:
            return _on_choice(scene, question, press.value)
        case Verb.TOGGLE:
            return _toggle(scene, question, press.value)
        case Verb.DONE:
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
    if question.bot.get("reader") == "village":
        return _on_village(scene, question, value)
    return record(scene, question, value, typed=False)


def _on_village(scene: Scene, question: Question, value: str) -> Turn:
    for choice in offered(scene, question):
        if choice.name == value:
            return record(scene, question, choice.label, typed=False)
    return standing(scene, (TapOutdated(),))


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
