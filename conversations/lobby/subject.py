"""Whom of a chat something is about, and how they left the range."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Subject:
    """Somebody of the chat; `tag` names them in buttons."""

    tag: str
    name: str


@dataclass(frozen=True, slots=True)
class Left:
    """How somebody left the range: code of the reason, and month or year, "" for not known."""

    reason: str
    on: str
