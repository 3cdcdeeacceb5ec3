"""Typed words as an answer: read generously, then recorded, asked about, or refused kindly."""

from typing import Final

from conversations.dialogue.answering import record, reject
from conversations.dialogue.listing import listing, offered
from conversations.dialogue.moves import asked, finished, go_back, go_on, stay
from conversations.dialogue.places import as_address
from conversations.dialogue.scene import Scene, Turn
from conversations.events import AnswerRecorded
from conversations.replies.assent import yes_or_no
from conversations.replies.read import Reason, Several, Unclear, Understood, read_text
from conversations.replies.search import matching
from conversations.replies.sounds import SILENT
from conversations.xform.question import Choice, Question

_RIGHT: Final = frozenset({"1", "都对", "没问题", "没错", "确认", "y", "ok"})
_WRONG: Final = frozenset({"2", "改", "不对，重新填", "重新填"})
_PUNCTUATION: Final = " 。，,.!！~"


def read_answer(scene: Scene, question: Question, text: str) -> Turn:
    """Take what was typed at this question."""
    if question.bot.get("confirm") == "yes":
        return _on_nod(scene, question, text)
    if (only := _only_hit(scene, question)) is not None and yes_or_no(text):
        return record(scene, question, only.name, typed=True)
    if (placed := as_address(scene, question, text)) is not None:
        return placed
    setting = scene.setting
    on_show = listing(scene, question).choices
    result = read_text(question, text, setting.now, on_show, setting.atlas.sounds)
    match result:
        case Understood() if question.bot.get("reader") == "village":
            return _on_village(scene, question, result.value)
        case Understood():
            value = _with_ticks(scene, question, result.value)
            return record(scene, question, value, typed=True, doubt=str(result.doubt or ""))
        case Several():
            return narrow(scene, result.query)
        case Unclear():
            return reject(scene, question, str(result.reason), params=dict(result.params))


def _only_hit(scene: Scene, question: Question) -> Choice | None:
    """Return the one choice that typed words led to and that waits for a yes."""
    if not scene.interview.query or question.type != "select_one":
        return None
    hits = listing(scene, question).choices
    return hits[0] if len(hits) == 1 else None


def _on_nod(scene: Scene, question: Question, text: str) -> Turn:
    """Take the typed yes or no to a note; anything else is neither."""
    bare = text.strip(_PUNCTUATION).casefold()
    if bare in _RIGHT | _WRONG:
        return confirm(scene, question, bare in _RIGHT)
    result = read_text(question, text, scene.setting.now)
    if isinstance(result, Unclear) and result.reason is not Reason.SAID_NO:
        return reject(scene, question, str(result.reason), params=dict(result.params))
    return confirm(scene, question, isinstance(result, Understood))


def _on_village(scene: Scene, question: Question, name: str) -> Turn:
    """Take the village that a typed name means: a known one, or, said twice, the name as it is."""
    # Villages differ in a character: only what was typed in letters is looked for by its sound.
    sounds = scene.setting.atlas.sounds if name.isascii() else SILENT
    near = [choice.label for choice in matching(offered(scene, question), name, sounds)]
    is_meant = name in near or name == scene.interview.query or near == [question.value]
    if not near or is_meant:
        return record(scene, question, name, typed=True)
    holds_it = len(near) == 1 and name in near[0]
    return record(scene, question, near[0], typed=True) if holds_it else narrow(scene, name)


def _with_ticks(scene: Scene, question: Question, value: str) -> str:
    """Return typed choices together with those ticked before, so that none is lost."""
    ticked = set(scene.interview.picked)
    if question.type != "select_multiple" or ticked == set(question.value.split()):
        return value
    together = ticked | set(value.split())
    return " ".join(choice.name for choice in question.choices if choice.name in together)


def narrow(scene: Scene, query: str, page: int = 0) -> Turn:
    """Show a page of the choices that hold these words; all of them for no words."""
    narrowed = scene.after(scene.interview.with_changes(query=query, page=page))
    return stay(narrowed, asked(narrowed, redrawn=True))


def confirm(scene: Scene, question: Question, agreed: bool) -> Turn:
    """Take the yes or no to a note that asks whether something was read rightly."""
    if not agreed:
        return go_back(scene)
    told = AnswerRecorded(question, "", typed=False)
    return go_on(scene.after(finished(scene.interview, question.path)), (told,))
