"""The moves an interview can make: go on, go back, open a question, show the summary."""

from collections.abc import Sequence

from conversations.course import ConsentDeclined, RangeLeft
from conversations.dialogue.difference import compared, is_asked_openly, to_compare
from conversations.dialogue.listing import listing
from conversations.dialogue.parts import gist, group_of, part_of
from conversations.dialogue.review import review
from conversations.dialogue.scene import Scene, Turn, first_broken, first_open, previous_open
from conversations.dialogue.shown import shown
from conversations.events import (
    AnswerRejected,
    DeferredAsked,
    InterviewEvent,
    NoteShown,
    PartFinished,
    QuestionAsked,
    ReviewShown,
)
from conversations.interview import SUMMARY, Interview
from conversations.xform.question import Question

Events = Sequence[InterviewEvent]


def stay(scene: Scene, *events: InterviewEvent) -> Turn:
    """Return a turn that only says something."""
    return Turn(scene.interview, events)


def open_at(scene: Scene, path: str, before: Events = ()) -> Turn:
    """Open this question afresh."""
    fresh = scene.after(_fresh(scene, path))
    return Turn(fresh.interview, (*before, asked(fresh)))


def _fresh(scene: Scene, path: str | None) -> Interview:
    picked: tuple[str, ...] = ()
    if path is not None and scene.question(path).type == "select_multiple":
        picked = tuple(scene.session.get(path).split())
    return scene.interview.with_changes(
        at=path, page=0, query="", picked=picked, offer=None, comparing="", opened=-1
    )


def go_on(scene: Scene, before: Events = ()) -> Turn:
    """Open the next question; show notes on the way; at the end show the summary or close."""
    events = list(before)
    while (path := first_open(scene)) is not None:
        question = scene.question(path)
        if question.type == "note" and question.bot.get("confirm") != "yes":
            events.append(NoteShown(question, _opens_section(scene, question)))
            scene = scene.after(finished(scene.interview, path))
            continue
        events += _finished_part(scene, path)
        group = to_compare(scene, path)
        return _compare(scene, path, group, events) if group else open_at(scene, path, events)
    return _at_the_end(scene, events)


def _compare(scene: Scene, path: str, group: str, before: Events) -> Turn:
    fresh = scene.after(_fresh(scene, path).with_changes(comparing=group))
    return Turn(fresh.interview, (*before, compared(fresh, group)))


def _finished_part(scene: Scene, path: str | None) -> list[InterviewEvent]:
    """Return the recap of the part that was just left behind in a first interview."""
    left = scene.interview.at
    if left is None or scene.interview.purpose != "first":
        return []
    part = part_of(scene.form, left)
    if part is None or (path is not None and _comes_first(scene, path, left)):
        return []
    title = scene.question(left).section
    return [PartFinished(part, title, gist(scene, group_of(left)))]


def _comes_first(scene: Scene, path: str, left: str) -> bool:
    """Tell whether the next question is of the same part, or of one before it."""
    questions = scene.form.question
    is_before = questions(path).index < questions(left).index
    return is_before or group_of(path) == group_of(left)


def finished(interview: Interview, path: str) -> Interview:
    """Return the interview with this question done."""
    if path in interview.done:
        return interview
    return interview.with_changes(done=(*interview.done, path))


def _at_the_end(scene: Scene, events: list[InterviewEvent]) -> Turn:
    if scene.role("consent") == "no" or scene.role("sensitive_consent") == "no":
        return Turn(scene.interview, (*events, ConsentDeclined()))
    if scene.role("in_range") == "0":
        left = RangeLeft(scene.role("exit_reason"), scene.interview.purpose != "first")
        return Turn(scene.interview, (*events, left))
    put_off = _put_off(scene)
    if put_off:
        done = tuple(path for path in scene.interview.done if path not in put_off)
        asked_now = scene.interview.with_changes(done=done, deferred=())
        return open_at(scene.after(asked_now), put_off[0], (*events, DeferredAsked()))
    broken = first_broken(scene)
    if broken is not None:
        question = scene.question(broken)
        message = scene.session.check(broken).message
        rejected = AnswerRejected(question, "no_longer_fits", 0, message, asked_again=True)
        return open_at(scene, broken, (*events, rejected))
    return _summary(scene, [*events, *_finished_part(scene, None)])


def _put_off(scene: Scene) -> list[str]:
    """Return the put off questions that are still asked and still empty, in form order."""
    deferred, session = set(scene.interview.deferred), scene.session
    return [
        asked.path
        for asked in scene.form.questions
        if asked.path in deferred and session.relevant(asked.path) and not session.get(asked.path)
    ]


def _summary(scene: Scene, before: Events) -> Turn:
    fresh = scene.after(_fresh(scene, None))
    again = fresh.interview.shown == SUMMARY and scene.interview.at is None
    return Turn(fresh.interview, (*before, ReviewShown(review(fresh), again)))


def go_back(scene: Scene) -> Turn:
    """Open the question before; at the first one, the same again."""
    before = previous_open(scene, scene.interview.at)
    return open_at(scene, before or scene.interview.at or "")


def standing(scene: Scene, before: Events = (), *, fully: bool = False) -> Turn:
    """Show what is open, changing nothing but the place in a list.

    Args:
        fully: in all its words, even when the person has just read them.
    """
    if fully:
        scene = scene.after(scene.interview.with_changes(shown=""))
    interview = scene.interview
    if interview.at is None or not scene.session.relevant(interview.at):
        return go_on(scene, before)
    if interview.comparing:
        # The clock alone can end that: an answer about a month that is over holds no longer.
        still = to_compare(scene, interview.at) == interview.comparing
        return _stand_compared(scene, before) if still else go_on(scene, before)
    return Turn(interview, (*before, asked(scene)))


def _stand_compared(scene: Scene, before: Events) -> Turn:
    return Turn(scene.interview, (*before, compared(scene, scene.interview.comparing)))


def asked(scene: Scene, *, redrawn: bool = False) -> QuestionAsked:
    """Return the event that shows the open question as it is now."""
    interview = scene.interview
    question = scene.question(interview.at or "")
    holds = scene.session.check(question.path).kind == "ok"
    can_keep = holds and not _is_asked_openly(scene, question)
    opens, is_first = _opens_section(scene, question), interview.purpose == "first"
    return QuestionAsked(
        question,
        listing(scene, question),
        given=shown(question, question.value) if can_keep else "",
        opens_section=opens,
        can_skip=not question.required and question.type != "note",
        can_go_back=previous_open(scene, question.path) is not None,
        redrawn=redrawn,
        again=interview.shown == question.path,
        part=part_of(scene.form, question.path) if opens and is_first else None,
        is_from_last_year=_is_from_last_year(interview, question),
        asks_own_phone=_asks_own_phone(scene, question),
    )


def _is_from_last_year(interview: Interview, question: Question) -> bool:
    return interview.purpose == "update" and question.path not in interview.done


def _is_asked_openly(scene: Scene, question: Question) -> bool:
    return _is_from_last_year(scene.interview, question) and is_asked_openly(scene, question.path)


def _asks_own_phone(scene: Scene, question: Question) -> bool:
    if question.bot.get("reader") != "phone":
        return False
    role = question.bot.get("role")
    return role == "informant_phone" or (
        role == "phone" and scene.role("informant_relation") == "0"
    )


def _opens_section(scene: Scene, question: Question) -> bool:
    before = scene.session.previous(question.path)
    return before is None or group_of(before) != group_of(question.path)
