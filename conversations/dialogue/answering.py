"""What becomes of an answer: recorded, refused with a reason, or offered as a change."""

from typing import Final

from conversations.dialogue.moves import asked, finished, go_on, stay
from conversations.dialogue.scene import Scene, Turn
from conversations.dialogue.shown import shown
from conversations.dialogue.ties import ties, untied
from conversations.events import AnswerRecorded, AnswerRejected, ChangeOffered, TapRepeated
from conversations.interview import Offer
from conversations.xform.question import Question

# After the second refusal in a row the buttons are shown again: they may have scrolled away.
ASKED_AGAIN: Final = 2


def record(scene: Scene, question: Question, value: str, *, typed: bool, doubt: str = "") -> Turn:
    """Judge the value by the form; keep it and go on, or say why not."""
    before = ties(scene)
    verdict = scene.session.answer(question.path, value)
    if verdict.kind != "ok":
        reason = "form" if verdict.message else verdict.kind
        return reject(scene, question, reason, verdict.message)
    kept = shown(question, scene.session.get(question.path))
    told = AnswerRecorded(question, kept, typed, doubt)
    scene = scene.after(untied(scene, before))
    return go_on(scene.after(finished(scene.interview, question.path)), (told,))


def reject(
    scene: Scene,
    question: Question,
    reason: str,
    message: str = "",
    params: dict[str, str] | None = None,
) -> Turn:
    """Say why the reply is no answer; the question stays open and nothing else changes."""
    attempt = scene.interview.refusals + 1
    fresh = scene.after(scene.interview.with_changes(refusals=attempt))
    again = attempt == ASKED_AGAIN and bool(question.choices)
    told = AnswerRejected(question, reason, attempt, message, params or {}, again)
    return stay(fresh, told, asked(fresh)) if again else stay(fresh, told)


def offer_change(scene: Scene, question: Question, value: str) -> Turn:
    """Offer to change an answer that was given before, without leaving the open question."""
    if value == question.value:
        return stay(scene, TapRepeated(question))
    drawn_at = scene.interview.revision + 1
    offer = Offer(path=question.path, value=value, revision=drawn_at)
    waiting = scene.interview.with_changes(offer=offer)
    return stay(scene.after(waiting), offered_change(scene, offer))


def offered_change(scene: Scene, offer: Offer) -> ChangeOffered:
    """Return the event that shows an offer."""
    question = scene.question(offer.path)
    old, new = shown(question, question.value), shown(question, offer.value)
    return ChangeOffered(question, old, new)


def take_offer(scene: Scene) -> Turn:
    """Make the change that was offered."""
    offer = scene.interview.offer
    if offer is None or not scene.session.relevant(offer.path):
        return go_on(scene)
    question = scene.question(offer.path)
    settled = scene.after(scene.interview.with_changes(offer=None))
    return record(settled, question, offer.value, typed=False)
