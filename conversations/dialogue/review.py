"""The summary: what was answered, by section, in words, masked where the form says so."""

from collections.abc import Mapping

from conversations.dialogue.scene import Scene, Setting
from conversations.dialogue.shown import shown
from conversations.events import ReviewLine, ReviewSection
from conversations.interview import Interview
from conversations.xform import Form
from conversations.xform.question import Question
from conversations.xform.session import Session

UNLISTED = ("consent", "sensitive_consent")


def title_of(question: Question) -> str:
    """Return the short name of a question for summaries: its title, else its label."""
    return question.bot.get("short") or question.bot.get("official") or question.label


def review(scene: Scene) -> tuple[ReviewSection, ...]:
    """Return what was answered, by section, in form order."""
    sections: dict[str, list[ReviewLine]] = {}
    for place in scene.form.questions:
        if not _is_listed(scene, place.path, place.type, place.bot.get("role", "")):
            continue
        question = scene.question(place.path)
        line = ReviewLine(question, shown(question, question.value))
        sections.setdefault(question.section, []).append(line)
    return tuple(
        ReviewSection(index, title, tuple(lines))
        for index, (title, lines) in enumerate(sections.items())
    )


def _is_listed(scene: Scene, path: str, type_: str, role: str) -> bool:
    return type_ != "note" and role not in UNLISTED and scene.session.relevant(path)


def review_of(
    form: Form, answers: Mapping[str, str], setting: Setting
) -> tuple[ReviewSection, ...]:
    """Return the summary of a report that was submitted before."""
    language = form.language_of(setting.language)
    session = Session(form, now=setting.now, language=language, values=dict(answers))
    return review(Scene(form, session, Interview(number=0), setting))
