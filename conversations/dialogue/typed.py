"""Typed words: a wish, a yes to an offer, or an answer read generously before it is refused."""

from typing import Final

from conversations.course import (
    CommandUnknown,
    EditIgnored,
    ForwardRefused,
    InterviewPaused,
    InterviewStopped,
    NumberHidden,
    ReportSubmitted,
    StopOffered,
)
from conversations.dialogue.answering import (
    can_defer,
    defer,
    record,
    reject,
    take_offer,
)
from conversations.dialogue.difference import compared, settled
from conversations.dialogue.digits import ONWARD, by_digits, digits_in
from conversations.dialogue.moves import (
    asked,
    finished,
    go_back,
    go_on,
    open_at,
    standing,
    stay,
)
from conversations.dialogue.reading import narrow, read_answer
from conversations.dialogue.review import review, title_of
from conversations.dialogue.scene import Scene, Turn, first_open
from conversations.dialogue.shown import shown
from conversations.dialogue.words import Word, word_in
from conversations.events import (
    AnswerRecorded,
    HelpGiven,
    QuestionSkipped,
    ReviewLine,
    ReviewSection,
    SectionOpened,
    SectionSettled,
    StationNamed,
    WhyTold,
)
from conversations.interview import Comparison
from conversations.replies.assent import yes_or_no
from conversations.replies.identity_number import holds_identity_number
from conversations.reply import Text
from conversations.xform.question import Question


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_YES: Final = _words("是 是的 对 对的 都对 好 好的 行 中 可以 嗯 确认 没错 没问题 yes ok y")
_NO: Final = _words("不 否 不是 不对 不改 不要 不行 不用 算了 没有 no n")
# What the two buttons of an offer and of a note are called beside: their places.
_CHANGE: Final = _YES | _words("改 要 1")
_KEEP: Final = _NO | _words("2")
_DELETE: Final = _words("删 删掉 删除 删了 删吧 都删掉 删掉这次填的 delete")
_LATER: Final = _YES | _words(
    "留着 先留着 保留 先放着 放着 下次 下次再填 先放着，下次再填 keep later"
)
_SAME: Final = _YES | _words(
    "还是 还是这样 一样 没变 没变化 不变 照旧 和去年一样 跟去年一样 1 same unchanged"
)
_CHANGED: Final = _NO | _words("变了 有变化 改了 不一样 换了 变 改 2 changed different")
_UNSURE: Final = _words("说不准 不清楚 不知道 不好说 拿不准 3 unsure") | {"not sure"}
_PUNCTUATION: Final = " 。，,.!！~"


def on_text(scene: Scene, reply: Text) -> Turn:
    """Take typed words."""
    if holds_identity_number(reply.text) and not _asks_for_number(scene):
        return standing(scene, (NumberHidden(),))
    if reply.edited:
        return stay(scene, EditIgnored())
    if reply.forwarded:
        return stay(scene, ForwardRefused())
    stop_asked = scene.interview.stop_asked
    scene = scene.after(scene.interview.with_changes(stop_asked=False))
    word = word_in(reply.text)
    if word is not None:
        return on_word(scene, word)
    bare = reply.text.strip(_PUNCTUATION).casefold()
    if stop_asked:
        return _on_stop(scene, bare)
    if scene.interview.offer is not None and bare in _CHANGE | _KEEP:
        return take_offer(scene) if bare in _CHANGE else _keep(scene)
    if scene.interview.comparing:
        return _on_compared(scene, reply.text, bare)
    if scene.interview.at is None:
        return _on_summary(scene, bare)
    return _on_answer(scene, scene.question(scene.interview.at), reply.text)


def _asks_for_number(scene: Scene) -> bool:
    """Tell whether the open question is about a number that is deleted after it was read."""
    path = scene.interview.at
    return path is not None and scene.question(path).bot.get("erase") == "yes"


def _on_stop(scene: Scene, bare: str) -> Turn:
    """What was typed after stop says what to do with the answers; it is never an answer itself."""
    if bare in _DELETE:
        return stay(scene, InterviewStopped())
    return on_word(scene, Word.PAUSE) if bare in _LATER else standing(scene)


def _on_compared(scene: Scene, text: str, bare: str) -> Turn:
    """Take the typed word on whether a section is still as it was.

    Anything that answers the first question of the section says that it changed, and how.
    """
    agreed = yes_or_no(text)
    if bare in _SAME or agreed:
        return compare(scene, "same")
    if bare in _CHANGED or agreed is False:
        return compare(scene, "changed")
    if bare in _UNSURE:
        return compare(scene, "unsure")
    changed = scene.after(settled(scene, scene.interview.comparing, "changed"))
    answered = _on_answer(changed, scene.question(scene.interview.at or ""), text)
    if not any(isinstance(event, AnswerRecorded) for event in answered.events):
        return standing(scene)
    return answered


def compare(scene: Scene, said: Comparison) -> Turn:
    """Settle how the section that is open compares with last year."""
    group = scene.interview.comparing
    was = compared(scene, group)
    told = SectionSettled(was.title, said, was.gist)
    return go_on(scene.after(settled(scene, group, said)), (told,))


def _keep(scene: Scene) -> Turn:
    return standing(scene.after(scene.interview.with_changes(offer=None)))


def on_word(scene: Scene, word: Word) -> Turn:
    """Do what the word wishes; the open question stays what it was unless it says otherwise."""
    question = scene.question(scene.interview.at) if scene.interview.at else None
    match word:
        case Word.BACK:
            return go_back(scene)
        case Word.HELP:
            return standing(scene, (HelpGiven(question),), fully=True)
        case Word.WHY:
            return standing(scene, (WhyTold(question),), fully=True)
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
            return standing(scene, fully=True)
        case Word.RECORD:
            return stay(scene, CommandUnknown())


def skip(scene: Scene) -> Turn:
    """Leave the open question unanswered where the form allows it."""
    if scene.interview.at is None or scene.interview.comparing:
        return standing(scene)
    question = scene.question(scene.interview.at)
    if can_defer(scene, question):
        return defer(scene, question)
    if question.required and not question.value:
        return reject(scene, question, "required")
    told = QuestionSkipped(question, shown(question, question.value))
    return go_on(scene.after(finished(scene.interview, question.path)), (told,))


def more(scene: Scene) -> Turn:
    """Show the next page of the open list."""
    if scene.interview.at is None or scene.interview.comparing:
        return standing(scene)
    return narrow(scene, scene.interview.query, scene.interview.page + 1)


def submit(scene: Scene) -> Turn:
    """Close the interview if everything is answered; otherwise show what is still open."""
    if scene.interview.at is not None or first_open(scene) is not None:
        return standing(scene)
    going_on = go_on(scene)
    if going_on.interview.at is not None:
        return going_on
    answers = {
        path: value for path, relevant, value in scene.session.nodes() if relevant and value
    }
    return stay(scene, ReportSubmitted(answers))


def _on_summary(scene: Scene, bare: str) -> Turn:
    if bare in _YES:
        return submit(scene)
    if bare == ONWARD:
        return submit(scene) if scene.interview.opened < 0 else standing(scene)
    sections = review(scene)
    if 0 <= scene.interview.opened < len(sections):
        line = _line(sections[scene.interview.opened], bare)
        if line is not None:
            return open_at(scene, line.question.path)
    for section in sections:
        if bare == str(section.index + 1) or (bare and bare in section.title):
            return open_section(scene, section)
    return standing(scene)


def _line(section: ReviewSection, bare: str) -> ReviewLine | None:
    """Return the line of an opened section that is meant by its number or its words."""
    for number, line in enumerate(section.lines, 1):
        if bare == str(number):
            return line
    hits = [line for line in section.lines if bare and bare in title_of(line.question)]
    return hits[0] if len(hits) == 1 else None


def open_section(scene: Scene, section: ReviewSection) -> Turn:
    """Show the lines of a section of the summary, one of which shall change."""
    opened = scene.after(scene.interview.with_changes(opened=section.index))
    return stay(opened, SectionOpened(section))


def _on_answer(scene: Scene, question: Question, text: str) -> Turn:
    digits = digits_in(text)
    if digits and question.bot.get("confirm") != "yes":
        meant = by_digits(digits, asked(scene), can_defer=can_defer(scene, question))
        if isinstance(meant, Word):
            return on_word(scene, meant)
        if meant is not None:
            return record(scene, question, meant, typed=True)
    return read_answer(scene, question, text)
