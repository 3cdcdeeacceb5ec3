"""The wish to be led in another language: by a word, a command or a button."""

from typing import Final

from conversations.buttons import Press, Verb
from conversations.reply import Command, Reply, Tap, Text

_BUTTON: Final = "lang"
_WORDS: Final = {
    **dict.fromkeys(("语言", "换语言", "language", "languages", "change language"), ""),
    **dict.fromkeys(("中文", "汉语", "chinese"), "zh"),
    **dict.fromkeys(("english", "英文", "in english"), "en"),
}
_PUNCTUATION: Final = " \t\r\n。，,.!！?？~～🌐"


def language_in(reply: Reply) -> str | None:
    """Return the code of the language that is wished for, "" to be asked; None for no such wish.

    The code may be one that nobody speaks here: buttons and commands can be forged.
    """
    match reply:
        case Command(name="language", argument=argument):
            return _WORDS.get(_bare(argument), argument)
        case Tap(press=Press(verb=Verb.MENU, value=value)):
            name, _, code = value.partition("-")
            return code if name == _BUTTON else None
        case Text(text=text, forwarded=False, edited=False):
            return _WORDS.get(_bare(text))
        case _:
            return None


def language_press(code: str) -> Press:
    """Return the press of the button that changes the language."""
    return Press(Verb.MENU, value=f"{_BUTTON}-{code}")


def _bare(text: str) -> str:
    return text.strip(_PUNCTUATION).casefold()
