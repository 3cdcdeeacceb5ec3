"""The step of an interview: state and reply in, next state and events out; nothing is called."""

from typing import assert_never

from conversations.course import (
    CommandUnknown,
    InterviewResumed,
    MediaRefused,
    PhoneRefused,
    StopOffered,
)
from conversations.dialogue.answering import offered_change
from conversations.dialogue.moves import go_on, open_at, standing, stay
from conversations.dialogue.parts import group_of
from conversations.dialogue.scene import Scene, Setting, Turn
from conversations.dialogue.taps import on_tap
from conversations.dialogue.typed import on_text, on_word
from conversations.dialogue.words import word_of_command
from conversations.events import QuestionAsked, ReviewShown, SectionCompared
from conversations.interview import SUMMARY, Interview
from conversations.reply import Command, Media, Reply, SharedPhone, Tap, Text
from conversations.xform import Form
from conversations.xform.session import Session


def converse(form: Form, interview: Interview, reply: Reply, setting: Setting) -> Turn:
    """Take one reply in an open interview.

    A person's mistake is an event, never an error; what was answered before is never lost.
    """
    awake = interview.with_changes(paused=False)
    scene = _scene(form, awake, setting)
    turn = _dispatch(scene, reply)
    return _sealed_off(scene, turn)


def begin(form: Form, interview: Interview, setting: Setting) -> Turn:
    """Open a new interview at its first question (or, for a correction, at the summary)."""
    answers = interview.answers
    if interview.purpose == "first":
        # The form's defaults, then what is known beforehand; that is asked all the same.
        language = form.language_of(setting.language)
        answers = Session(form, now=setting.now, language=language).values() | answers
    scene = _scene(form, interview.with_changes(answers=answers), setting)
    # What was never asked is not done: an answer that changes may bring it up.
    done = tuple(path for path in interview.done if scene.session.relevant(path))
    scene = scene.after(scene.interview.with_changes(done=done))
    return _sealed_off(scene, go_on(scene))


def resume(form: Form, interview: Interview, setting: Setting) -> Turn:
    """Show what is open after a pause or on return; no answer changes."""
    awake = interview.with_changes(paused=False, offer=None, stop_asked=False)
    scene = _scene(form, awake, setting)
    before = (InterviewResumed(),) if interview.paused else ()
    return _sealed_off(scene, standing(scene, before, fully=True))


def ask_again(form: Form, interview: Interview, path: str, setting: Setting) -> Turn:
    """Open one question, answered or not; what is open stays where the question is not asked."""
    awake = interview.with_changes(paused=False, offer=None, stop_asked=False)
    scene = _scene(form, awake, setting)
    is_asked = any(question.path == path for question in form.questions)
    if not is_asked or not scene.session.relevant(path):
        return _sealed_off(scene, standing(scene, fully=True))
    return _sealed_off(scene, open_at(scene, path))


def look(form: Form, interview: Interview, setting: Setting) -> Turn:
    """Show what waits for a reply just now: a question of ours, or the open one of the form."""
    scene = _scene(form, interview, setting)
    if interview.stop_asked:
        return Turn(interview, (StopOffered(),))
    if interview.offer is not None and scene.session.relevant(interview.offer.path):
        return stay(scene, offered_change(scene, interview.offer))
    return resume(form, interview, setting)


def _scene(form: Form, interview: Interview, setting: Setting) -> Scene:
    language = form.language_of(setting.language)
    session = Session(form, now=setting.now, language=language, values=interview.answers)
    return Scene(form, session, interview, setting)


def _sealed_off(scene: Scene, turn: Turn) -> Turn:
    answers, revision = scene.session.values(), turn.interview.revision + 1
    changed = turn.interview.changed if answers == scene.interview.answers else revision
    kept = turn.interview.with_changes(
        answers=answers, revision=revision, changed=changed, shown=_shown_last(scene, turn)
    )
    return Turn(kept, turn.events)


def _shown_last(scene: Scene, turn: Turn) -> str:
    """Return what the person has read last: a question, a section to compare or the summary."""
    for event in reversed(turn.events):
        match event:
            case QuestionAsked(question=question):
                return question.path
            case SectionCompared(question=place):
                return group_of(scene.form.questions[place].path)
            case ReviewShown():
                return SUMMARY
            case _:
                continue
    return turn.interview.shown


def _dispatch(scene: Scene, reply: Reply) -> Turn:
    going_on = scene.after(scene.interview.with_changes(stop_asked=False))
    match reply:
        case Tap():
            return on_tap(going_on, reply.press)
        case Text():
            return on_text(scene, reply)
        case SharedPhone():
            return _on_phone(going_on, reply)
        case Command():
            return _on_command(going_on, reply)
        case Media():
            return stay(scene, MediaRefused(reply.kind))
        case _:
            assert_never(reply)


def _on_phone(scene: Scene, reply: SharedPhone) -> Turn:
    path = scene.interview.at
    question = scene.question(path) if path else None
    if question is None or question.bot.get("reader") != "phone":
        return stay(scene, PhoneRefused("not_asked"))
    if not reply.own:
        return stay(scene, PhoneRefused("not_own"))
    return on_text(scene, Text(reply.number))


def _on_command(scene: Scene, reply: Command) -> Turn:
    if reply.name == "start":
        return standing(scene, (InterviewResumed(),), fully=True)
    word = word_of_command(reply.name)
    return on_word(scene, word) if word else stay(scene, CommandUnknown())
