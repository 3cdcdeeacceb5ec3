"""The lists of the form that a filter chooses from: codes and labels as the form has them."""

from datetime import datetime
from typing import Final

from bot.world import World
from conversations.dialogue.parts import group_of
from conversations.followups import SUMMARY, Kind
from conversations.xform.question import Choice
from conversations.xform.session import Session

# Which answer of the form a condition is about, by its role.
ROLES: Final[dict[Kind, str]] = {
    "training": "training_intent",
    "trade": "training_trade",
    "job": "job_intent",
    "industry": "job_industry",
    "place": "expected_place",
    "status": "employment_status",
}


def choices(world: World, kind: Kind, now: datetime, language: str = "") -> tuple[Choice, ...]:
    """Return what can be chosen for a condition; () where the form asks no such thing.

    Args:
        language: code of the language of the labels, "" for the form's own.
    """
    form = world.shelf.current
    path = form.roles.get(ROLES.get(kind, ""), "")
    if path not in form.by_path:
        return ()
    session = Session(form, now=world.setting(now).now, language=form.language_of(language))
    return session.question(path).choices


def groups(world: World, now: datetime) -> tuple[Choice, ...]:
    """Return the outermost groups of the form, by the name in their path, with their headings."""
    form = world.shelf.current
    session = Session(form, now=world.setting(now).now)
    found: dict[str, str] = {}
    for question in form.questions:
        name = group_name(question.path)
        if name and name not in found:
            found[name] = session.question(question.path).section
    return tuple(Choice(name, label) for name, label in found.items() if label)


def label_of(world: World, kind: Kind, code: str, now: datetime, *, language: str = "") -> str:
    """Return what a code means, in the form's words; the code itself when it means nothing."""
    listed = groups(world, now) if kind == "stuck_in" else choices(world, kind, now, language)
    return next((choice.label for choice in listed if choice.name == code), code)


def group_name(path: str | None) -> str:
    """Return the name of the outermost group that a path lies in; SUMMARY where none is open."""
    if not path:
        return SUMMARY
    name = group_of(path).rpartition("/")[2]
    return name.partition("[")[0]
