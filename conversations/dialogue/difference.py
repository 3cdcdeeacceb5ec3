"""The yearly update by difference: section by section, is it still as it was said last year?

A yes confirms what stands and still asks the item that the form marks `openly`, without showing
what was said last year, because people say yes to be done.
"""

from conversations.dialogue.parts import gist, group_of
from conversations.dialogue.scene import Scene
from conversations.events import SectionCompared
from conversations.interview import Comparison, Interview
from conversations.origins import How, Origin


def to_compare(scene: Scene, path: str) -> str:
    """Return the group to ask about as a whole before this question; "" when none needs it."""
    group = group_of(path)
    if scene.interview.purpose != "update" or group in scene.interview.compared:
        return ""
    return group if _standing(scene, group) else ""


def compared(scene: Scene, group: str) -> SectionCompared:
    """Return the event that asks whether a section is still as it was."""
    first = _standing(scene, group)[0]
    question = scene.question(first)
    return SectionCompared(
        question.section,
        question.index,
        gist(scene, group, yearly=True),
        again=scene.interview.shown == group,
    )


def settled(scene: Scene, group: str, said: Comparison) -> Interview:
    """Return the interview after it was said of a section how it compares with last year."""
    interview = scene.interview.with_changes(
        compared={**scene.interview.compared, group: said}, comparing=""
    )
    if said == "changed":
        undone = {path for path in interview.done if _is_asked_yearly(scene, path, group)}
        return interview.with_changes(done=tuple(p for p in interview.done if p not in undone))
    how: How = "confirmed" if said == "same" else "unsure"
    kept = [
        path
        for path in _standing(scene, group)
        if said == "unsure" or not is_asked_openly(scene, path)
    ]
    origin = origin_now(scene, how)
    return interview.with_changes(
        done=(*interview.done, *kept),
        origins={**interview.origins, **dict.fromkeys(kept, origin)},
    )


def is_asked_openly(scene: Scene, path: str) -> bool:
    """Tell whether this question must not show what was said last year."""
    hints = scene.form.question(path).bot
    return hints.get("openly") == "yes" and scene.interview.compared.get(group_of(path)) != (
        "changed"
    )


def origin_now(scene: Scene, how: How) -> str:
    """Return the origin of an answer of this moment, in its stored form."""
    return Origin(how, scene.role("informant_relation"), scene.setting.now.date()).text()


def _standing(scene: Scene, group: str) -> list[str]:
    """Return the yearly questions of a group that have an answer which still holds."""
    done = set(scene.interview.done)
    return [
        asked.path
        for asked in scene.form.questions
        if asked.path not in done
        and _is_asked_yearly(scene, asked.path, group)
        and scene.session.relevant(asked.path)
        and scene.session.get(asked.path)
        and scene.session.check(asked.path).kind == "ok"
    ]


def _is_asked_yearly(scene: Scene, path: str, group: str) -> bool:
    return group_of(path) == group and scene.form.question(path).bot.get("yearly") == "yes"
