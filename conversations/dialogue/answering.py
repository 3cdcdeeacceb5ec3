"""What becomes of an answer: recorded, refused with a reason, put off, or offered as a change."""

from typing import Final

from conversations.dialogue.difference import origin_now
from conversations.dialogue.moves import asked, finished, go_on, stay
from conversations.dialogue.scene import Scene, Turn, first_open
from conversations.dialogue.shown import shown
from conversations.dialogue.ties import ties, untied
from conversations.events import (
    AnswerDeferred,
    AnswerRecorded,
    AnswerRejected,
    ChangeOffered,
    RedoOffered,
    TapRepeated,
)
from conversations.interview import Interview, Offer
from conversations.xform.question import Question

# After the second refusal the buttons are shown again: they may have scrolled away.
ASKED_AGAIN: Final = 2
# From the third refusal on a question may be put off.
PATIENCE: Final = 3


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
    return go_on(scene.after(answered(scene, question.path)), (told,))


def answered(scene: Scene, path: str) -> Interview:
    """Return the interview with this question answered just now."""
    interview = finished(scene.interview, path)
    return interview.with_changes(
        refused={other: count for other, count in interview.refused.items() if other != path},
        deferred=tuple(other for other in interview.deferred if other != path),
        origins={**interview.origins, path: origin_now(scene, "given")},
    )


def reject(
    scene: Scene,
    question: Question,
    reason: str,
    message: str = "",
    params: dict[str, str] | None = None,
) -> Turn:
    """Say why the reply is no answer; the question stays open and nothing else changes."""
    attempt = scene.interview.refused.get(question.path, 0) + 1
    counted = {**scene.interview.refused, question.path: attempt}
    fresh = scene.after(scene.interview.with_changes(refused=counted))
    again = attempt == ASKED_AGAIN and bool(question.choices)
    told = AnswerRejected(
        question,
        reason,
        attempt,
        message,
        params or {},
        asked_again=again,
        can_skip=not question.required,
        can_defer=can_defer(fresh, question),
    )
    return stay(fresh, told, asked(fresh)) if again else stay(fresh, told)


def can_defer(scene: Scene, question: Question) -> bool:
    """Tell whether a required question may be put off: after some tries, while others are left."""
    if not question.required or question.value:
        return False
    tries = scene.interview.refused.get(question.path, 0)
    return tries >= PATIENCE and _others_left(scene, question.path)


def _others_left(scene: Scene, path: str) -> bool:
    return first_open(scene.after(finished(scene.interview, path))) is not None


def defer(scene: Scene, question: Question) -> Turn:
    """Put the question off; it comes up again before the summary."""
    later = finished(scene.interview, question.path)
    later = later.with_changes(deferred=(*later.deferred, question.path))
    return go_on(scene.after(later), (AnswerDeferred(question),))


def offer_change(scene: Scene, question: Question, value: str) -> Turn:
    """Offer to change an answer that was given before, without leaving the open question."""
    if value == question.value:
        return stay(scene, TapRepeated(question))
    drawn_at = scene.interview.revision + 1
    offer = Offer(path=question.path, value=value, revision=drawn_at)
    waiting = scene.interview.with_changes(offer=offer)
    return stay(scene.after(waiting), offered_change(scene, offer))


def offer_redo(scene: Scene, question: Question) -> Turn:
    """Offer to answer an earlier question anew, without leaving the open one."""
    return stay(scene, RedoOffered(question, shown(question, question.value)))


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
