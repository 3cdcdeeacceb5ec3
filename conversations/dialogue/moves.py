"""The moves an interview can make: go on, go back, open a question, show the summary."""

from collections.abc import Sequence

from conversations.dialogue.listing import listing
from conversations.dialogue.review import review
from conversations.dialogue.scene import Scene, Turn, first_broken, first_open, previous_open
from conversations.dialogue.shown import shown
from conversations.events import (
    AnswerRejected,
    ConsentDeclined,
    InterviewEvent,
    NoteShown,
    QuestionAsked,
    RangeLeft,
    ReviewShown,
)
from conversations.interview import Interview
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
        at=path, refusals=0, page=0, query="", picked=picked, offer=None
    )


def go_on(scene: Scene, before: Events = ()) -> Turn:
    """Open the next question; show notes on the way; at the end show the summary or close."""
    events = list(before)
    while (path := first_open(scene)) is not None:
        question = scene.question(path)
        if question.type != "note" or question.bot.get("confirm") == "yes":
            return open_at(scene, path, events)
        events.append(NoteShown(question, _opens_section(scene, question)))
        scene = scene.after(finished(scene.interview, path))
    return _at_the_end(scene, events)


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
    broken = first_broken(scene)
    if broken is not None:
        question = scene.question(broken)
        message = scene.session.check(broken).message
        rejected = AnswerRejected(question, "no_longer_fits", 0, message, asked_again=True)
        return open_at(scene, broken, (*events, rejected))
    fresh = scene.after(_fresh(scene, None))
    return Turn(fresh.interview, (*events, ReviewShown(review(fresh))))


def go_back(scene: Scene) -> Turn:
    """Open the question before; at the first one, the same again."""
    before = previous_open(scene, scene.interview.at)
    return open_at(scene, before or scene.interview.at or "")


def standing(scene: Scene, before: Events = ()) -> Turn:
    """Show what is open, changing nothing but the place in a list."""
    if scene.interview.at is None:
        return go_on(scene, before)
    if not scene.session.relevant(scene.interview.at):
        return go_on(scene, before)
    return Turn(scene.interview, (*before, asked(scene)))


def asked(scene: Scene, *, redrawn: bool = False) -> QuestionAsked:
    """Return the event that shows the open question as it is now."""
    interview = scene.interview
    question = scene.question(interview.at or "")
    return QuestionAsked(
        question,
        listing(scene, question),
        given=shown(question, question.value),
        opens_section=_opens_section(scene, question),
        can_skip=not question.required and question.type != "note",
        can_go_back=previous_open(scene, question.path) is not None,
        redrawn=redrawn,
        is_from_last_year=interview.purpose == "update" and question.path not in interview.done,
        asks_own_phone=_asks_own_phone(scene, question),
    )


def _asks_own_phone(scene: Scene, question: Question) -> bool:
    if question.bot.get("reader") != "phone":
        return False
    role = question.bot.get("role")
    return role == "informant_phone" or (
        role == "phone" and scene.role("informant_relation") == "0"
    )


def _opens_section(scene: Scene, question: Question) -> bool:
    before = scene.session.previous(question.path)
    return before is None or _outermost(before) != _outermost(question.path)


def _outermost(path: str) -> str:
    """Return the outermost group of a positioned path: `/data/job[1]/pay[1]` -> `job[1]`."""
    return path.split("/", 3)[2]
