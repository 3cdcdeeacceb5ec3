"""Typed words: a wish, a yes to an offer, or an answer read generously before it is refused."""

from typing import Final

from conversations.dialogue.answering import record, reject, take_offer
from conversations.dialogue.listing import listing, matching, offered
from conversations.dialogue.moves import (
    asked,
    finished,
    go_back,
    go_on,
    standing,
    stay,
)
from conversations.dialogue.review import review
from conversations.dialogue.scene import Scene, Turn, first_open
from conversations.dialogue.words import Word, word_in
from conversations.events import (
    AnswerRecorded,
    CommandUnknown,
    EditIgnored,
    ForwardRefused,
    HelpGiven,
    InterviewPaused,
    ReportSubmitted,
    SectionOpened,
    StationNamed,
    StopOffered,
    WhyTold,
)
from conversations.replies.read import Several, Unclear, Understood, read_text
from conversations.reply import Text
from conversations.xform.question import Question

_YES: Final = frozenset(
    (
        "是",
        "对",
        "好",
        "好的",
        "行",
        "中",
        "要",
        "可以",
        "嗯",
        "改",
        "确认",
        "对的",
        "是的",
        "没错",
    )
) | frozenset(("1", "yes", "ok", "y"))
_NO: Final = frozenset(
    ("不", "否", "不是", "不对", "不改", "不要", "不行", "不用", "算了", "没有", "2", "no", "n")
)
_PUNCTUATION: Final = " 。，,.!！~"


def on_text(scene: Scene, reply: Text) -> Turn:
    """Take typed words."""
    if reply.edited:
        return stay(scene, EditIgnored())
    if reply.forwarded:
        return stay(scene, ForwardRefused())
    word = word_in(reply.text)
    if word is not None:
        return on_word(scene, word)
    bare = reply.text.strip(_PUNCTUATION).casefold()
    if scene.interview.offer is not None and bare in _YES | _NO:
        return take_offer(scene) if bare in _YES else _keep(scene)
    if scene.interview.at is None:
        return _on_summary(scene, bare)
    return _on_answer(scene, scene.question(scene.interview.at), reply.text)


def _keep(scene: Scene) -> Turn:
    return standing(scene.after(scene.interview.with_changes(offer=None)))


def on_word(scene: Scene, word: Word) -> Turn:
    """Do what the word wishes; the open question stays what it was unless it says otherwise."""
    question = scene.question(scene.interview.at) if scene.interview.at else None
    match word:
        case Word.BACK:
            return go_back(scene)
        case Word.HELP:
            return standing(scene, (HelpGiven(question),))
        case Word.WHY:
            return standing(scene, (WhyTold(question),))
        case Word.HUMAN:
            return stay(scene, StationNamed())
        case Word.PAUSE:
            return Turn(scene.interview.with_changes(paused=True), (InterviewPaused(),))
        case Word.STOP:
            return Turn(scene.interview.with_changes(stop_asked=True), (StopOffered(),))
        case Word.SKIP:
            return skip(scene)
        case Word.MORE:
            return more(scene)
        case Word.SUBMIT:
            return submit(scene)
        case Word.RESUME:
            return standing(scene)
        case Word.RECORD:
            return stay(scene, CommandUnknown())


def skip(scene: Scene) -> Turn:
    """Leave the open question unanswered where the form allows it."""
    if scene.interview.at is None:
        return standing(scene)
    question = scene.question(scene.interview.at)
    if question.required and not question.value:
        return reject(scene, question, "required")
    return go_on(scene.after(finished(scene.interview, question.path)))


def more(scene: Scene) -> Turn:
    """Show the next page of the open list."""
    if scene.interview.at is None:
        return standing(scene)
    return narrow(scene, scene.interview.query, scene.interview.page + 1)


def submit(scene: Scene) -> Turn:
    """Close the interview if everything is answered; otherwise show what is still open."""
    if scene.interview.at is not None or first_open(scene) is not None:
        return standing(scene)
    shown = go_on(scene)
    if shown.interview.at is not None:
        return shown
    answers = {
        path: value for path, relevant, value in scene.session.nodes() if relevant and value
    }
    return stay(scene, ReportSubmitted(answers))


def _on_summary(scene: Scene, bare: str) -> Turn:
    if bare in _YES:
        return submit(scene)
    sections = review(scene)
    if bare.isdecimal() and 1 <= int(bare) <= len(sections):
        section = sections[int(bare) - 1]
        return stay(scene, SectionOpened(section))
    for section in sections:
        if bare and bare in section.title:
            return stay(scene, SectionOpened(section))
    return standing(scene)


def _on_answer(scene: Scene, question: Question, text: str) -> Turn:
    if question.bot.get("confirm") == "yes":
        return confirm(scene, question, text.strip(_PUNCTUATION).casefold() not in _NO)
    if question.bot.get("reader") == "village":
        near = matching(offered(scene, question), text.strip())
        exact = any(choice.label == text.strip() for choice in near)
        if len(near) == 1:
            return record(scene, question, near[0].label, typed=True)
        if len(near) > 1 and not exact:
            return narrow(scene, text.strip())
    result = read_text(question, text, scene.setting.now, listing(scene, question).choices)
    match result:
        case Understood():
            return record(scene, question, result.value, typed=True, doubt=str(result.doubt or ""))
        case Several():
            return narrow(scene, result.query)
        case Unclear():
            return reject(scene, question, str(result.reason), params=dict(result.params))


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
