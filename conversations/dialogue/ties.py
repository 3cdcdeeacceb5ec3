"""What an answered question rests on: when that changes, the question is asked again.

A note that asks whether something was read rightly rests on its own words, a village on its
township. Lists of choices need no such care: a choice that is gone no longer holds by itself.
"""

from collections.abc import Mapping

from conversations.dialogue.scene import Scene
from conversations.interview import Interview


def ties(scene: Scene) -> dict[str, str]:
    """Return by path what the answered questions rest on now."""
    found = {}
    township = scene.form.roles.get("township")
    for path in scene.interview.done:
        hints = scene.form.question(path).bot
        if hints.get("confirm") == "yes":
            found[path] = scene.question(path).label
        elif hints.get("reader") == "village":
            # As it is kept: that it is relevant only from now on changes nothing.
            found[path] = scene.session.get(township) if township else ""
    return found


def untied(scene: Scene, before: Mapping[str, str]) -> Interview:
    """Return the interview without those done whose ties were others before."""
    now = ties(scene)
    done = tuple(path for path in scene.interview.done if now.get(path) == before.get(path))
    return (
        scene.interview
        if len(done) == len(scene.interview.done)
        else (scene.interview.with_changes(done=done))
    )
