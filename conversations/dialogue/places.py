"""An address typed as one line: city, county, township, village and the rest, in one reply."""

from typing import Final

from conversations.dialogue.answering import answered
from conversations.dialogue.moves import go_on
from conversations.dialogue.scene import Scene, Turn
from conversations.events import AddressRecorded
from conversations.replies.address import Located, read_address
from conversations.xform.question import Question

_LEVELS: Final = ("city", "county", "township")
_BELOW: Final = {"city": 0, "county": 1, "township": 2}


def as_address(scene: Scene, question: Question, text: str) -> Turn | None:
    """Take a line that says more than this question asks for; None when it does not."""
    level = question.bot.get("role", "")
    if level not in _BELOW:
        return None
    known = [scene.role(upper) for upper in _LEVELS[: _BELOW[level]]]
    located = read_address(text, scene.setting.atlas, [place for place in known if place])
    values = _values(located)
    if not _says_more(level, values) or located.candidates:
        return None
    return _record(scene, question, values, located)


def _values(located: Located) -> dict[str, str]:
    """Return what was understood by role, from the top."""
    found = {
        "city": located.city,
        "county": located.county,
        "township": located.township,
        "village": located.village,
        "address_detail": located.detail if located.village else "",
    }
    return {role: value for role, value in found.items() if value}


def _says_more(level: str, values: dict[str, str]) -> bool:
    """Tell whether something below the asked level was said as well, without a gap."""
    wanted = (*_LEVELS, "village")
    below = wanted[_BELOW[level] + 1]
    return level in values and below in values


def _record(
    scene: Scene, question: Question, values: dict[str, str], located: Located
) -> Turn | None:
    """Keep what the form accepts, from the top down; None when it refuses the first of it."""
    said = []
    for role, value in values.items():
        path = scene.form.roles.get(role)
        if path is None or not scene.session.relevant(path):
            break
        if scene.session.answer(path, value).kind != "ok":
            break
        scene = scene.after(answered(scene, path))
        said.append(_in_words(scene, path, value))
    if not said:
        return None
    return go_on(scene, (AddressRecorded(question, "".join(said), located.is_sure),))


def _in_words(scene: Scene, path: str, value: str) -> str:
    choices = scene.question(path).choices
    return next((choice.label for choice in choices if choice.name == value), value)
