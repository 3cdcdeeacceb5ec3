"""How far the interview has come: its parts, and what a part came to.

A part is an outermost group of the form with a `minutes` hint: how long it takes most people.
"""

from conversations.dialogue.scene import Scene
from conversations.dialogue.shown import masked, shown
from conversations.events import Part
from conversations.xform import Form


def group_of(path: str) -> str:
    """Return the outermost group of a path: `/data/job[1]/pay[1]` -> `/data/job[1]`."""
    return "/".join(path.split("/", 3)[:3])


def part_of(form: Form, path: str) -> Part | None:
    """Return where in the interview this question stands, None outside of the parts."""
    parts = _parts(form)
    group = group_of(path)
    if group not in parts:
        return None
    place = list(parts).index(group)
    return Part(place + 1, len(parts), sum(list(parts.values())[place:]))


def _parts(form: Form) -> dict[str, int]:
    """Return minutes by group, in form order."""
    return {
        path: int(hints["minutes"]) for path, hints in form.hints.items() if "minutes" in hints
    }


def gist(scene: Scene, group: str, *, yearly: bool = False) -> dict[str, str]:
    """Return what a group came to: answers in words by role, masked where the form says so.

    Args:
        yearly: only what is asked every year, and what is calculated.
    """
    inside = f"{group}/"
    found = {}
    for role, path in scene.form.roles.items():
        if path.startswith(inside) and scene.session.relevant(path):
            value = scene.session.get(path)
            if value and not (yearly and _is_asked_once(scene.form, path)):
                found[role] = _in_words(scene, path, value)
    return found


def _is_asked_once(form: Form, path: str) -> bool:
    question = form.by_node.get(form.by_path[path].number)
    return question is not None and question.bot.get("yearly") != "yes"


def _in_words(scene: Scene, path: str, value: str) -> str:
    if scene.form.by_path[path].number in scene.form.by_node:
        return shown(scene.question(path), value)
    return masked(value, scene.form.hints.get(path, {}).get("mask", ""))
