"""What a person sent, freed of its channel: the input of a turn."""

from dataclasses import dataclass, field
from typing import Literal

from conversations.buttons import Press

MediaKind = Literal[
    "photo", "voice", "sticker", "location", "document", "video", "contact", "other"
]


@dataclass(frozen=True, slots=True)
class Text:
    """Typed words. `edited` is a correction of an older message, `forwarded` somebody else's."""

    text: str
    edited: bool = False
    forwarded: bool = False


@dataclass(frozen=True, slots=True)
class Tap:
    """A button. `press` is None when its data is not one of ours (forged or too old)."""

    press: Press | None


@dataclass(frozen=True, slots=True)
class SharedPhone:
    """A contact card. `own` is true only when the channel vouches that it is the sender's."""

    number: str
    own: bool


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command such as `/start abc`: name without slash, argument possibly empty.

    `language` is what a page of ours was read in where the command came from, "" from elsewhere.
    """

    name: str
    argument: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Media:
    """Anything that is neither words nor a button.

    `file_id` and `size` (bytes) are those of a voice note: by them it can be fetched and sent on.
    """

    kind: MediaKind
    file_id: str = field(default="", repr=False)
    size: int = 0


Reply = Text | Tap | SharedPhone | Command | Media
