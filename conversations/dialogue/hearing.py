"""Listening to a question: what stands on the screen, in the order in which it is read."""

from conversations.dialogue.listing import listing
from conversations.dialogue.moves import stay
from conversations.dialogue.scene import Scene, Turn
from conversations.events import QuestionHeard
from conversations.xform.question import Question


def hear(scene: Scene, question: Question) -> Turn:
    """Say what is to be heard of a question; what is open stays open."""
    is_open = question.path == scene.interview.at
    choices = listing(scene, question).choices if is_open else question.choices
    return stay(scene, QuestionHeard(question, _notes_before(scene, question), choices))


def _notes_before(scene: Scene, question: Question) -> tuple[str, ...]:
    """Return the notes between this question and the one before it."""
    said: list[str] = []
    path = scene.session.previous(question.path)
    while path is not None and scene.form.question(path).type == "note":
        note = scene.question(path)
        if note.bot.get("confirm") == "yes":
            break
        said.insert(0, note.label)
        path = scene.session.previous(path)
    return tuple(said)
