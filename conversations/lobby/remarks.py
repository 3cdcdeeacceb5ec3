"""What is said of a reply that came while nothing is open."""

from conversations.course import (
    CommandUnknown,
    EditIgnored,
    ForwardRefused,
    MediaRefused,
    NumberHidden,
)
from conversations.dialogue.words import Word, word_in, word_of_command
from conversations.events import StationNamed, TapOutdated
from conversations.lobby.events import Event, LobbyHelpGiven
from conversations.replies.identity_number import holds_identity_number
from conversations.reply import Command, Media, Reply, SharedPhone, Tap, Text


def remark_on(reply: Reply) -> Event | None:
    """Return what is to be said of a reply that came while nothing is open, None for a greeting.

    Nothing is begun by such a reply: not by an old button, nor by a word that asks for something
    else.
    """
    match reply:
        case Tap():
            return TapOutdated(nothing_open=True)
        case Media(kind=kind):
            return MediaRefused(kind)
        case SharedPhone():
            return MediaRefused("contact")
        case Text(text=text) if holds_identity_number(text):
            return NumberHidden()
        case Text(edited=True):
            return EditIgnored()
        case Text(forwarded=True):
            return ForwardRefused()
        case Text(text=text):
            return _remark_on(word_in(text))
        case Command(name=name):
            return _remark_on(word_of_command(name)) if word_of_command(name) else CommandUnknown()


def _remark_on(word: Word | None) -> Event | None:
    if word is None or word is Word.RESUME:
        return None
    return StationNamed() if word is Word.HUMAN else LobbyHelpGiven()
