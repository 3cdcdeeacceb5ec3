"""Which part of a long list is on show: eight to a page, narrowed by typed words.

Villages are a list too: the question is typed, so that any name can be given, and the known
villages of the township are offered beside it. Their buttons are named v0, v1, …
"""

from typing import Final

from conversations.dialogue.scene import Scene
from conversations.events import Listing
from conversations.replies.search import first_of_all, matching
from conversations.xform.question import Choice, Question

PAGE_SIZE: Final = 8
_UNPAGED: Final = 12


def offered(scene: Scene, question: Question) -> tuple[Choice, ...]:
    """Return all that can be tapped for this question."""
    if question.bot.get("reader") != "village":
        return question.choices
    names = scene.setting.villages.get(scene.role("township"), ())
    return tuple(Choice(f"v{place}", name) for place, name in enumerate(names))


def listing(scene: Scene, question: Question) -> Listing:
    """Return the choices on show for the open question."""
    interview = scene.interview
    choices = matching(offered(scene, question), interview.query, scene.setting.atlas.sounds)
    if len(choices) <= _UNPAGED and question.bot.get("search") != "yes":
        return Listing(choices, query=interview.query, picked=interview.picked)
    if question.type == "select_multiple":
        choices = first_of_all(choices, question.value)
    pages = max(1, -(-len(choices) // PAGE_SIZE))
    page = interview.page % pages
    on_page = choices[page * PAGE_SIZE : (page + 1) * PAGE_SIZE]
    return Listing(on_page, page, pages, interview.query, interview.picked)
