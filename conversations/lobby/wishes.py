"""What a chat can be asked for outside of an interview.

A wish that concerns the chat (my record, begin, return code) is recognised here, before the open
interview sees the reply; everything else belongs to the interview.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from conversations.buttons import Press, Verb
from conversations.dialogue.words import Word, word_in
from conversations.reply import Command, Reply, Tap, Text


class Wish(StrEnum):
    """What the chat is asked for; the value is what a menu button carries."""

    START = "start"
    RESUME = "go"
    RECORD = "me"
    NEW = "new"
    CORRECT = "fix"
    ANSWER = "ans"
    UPDATE = "upd"
    ASK_ERASE = "era"
    ERASE = "erayes"
    DROP = "drop"
    PAUSE = "pause"
    RETURN = "ret"
    NEW_CODE = "code"
    PEOPLE = "ppl"
    SWITCH = "sw"
    BEGIN = "beg"
    ASK_DROP = "drp"
    FIND = "find"
    CHOOSE = "own"
    MORE = "more"
    WHOLE = "all"
    COPY = "copy"
    CHANGE_PIN = "newpin"
    PIN = "pin"
    LOST_PIN = "lost"
    FOLD = "fold"
    DISMISS = "ok"
    VISITS = "seen"
    REMINDERS = "rem"
    ASK_PAUSE = "quiet"
    MUTE = "mute"
    ASK_WEEKDAY = "days"
    ASK_HOUR = "hour"
    SET_TIME = "time"
    LATER = "later"
    WHY_REMINDED = "whyme"
    NOT_ME = "notme"
    NOT_ME_SURE = "gone"
    LEAVE = "lv"
    LEAVE_SURE = "lvyes"
    COME_BACK = "again"
    ASK_CLEAR = "clr"
    CLEAR = "clryes"
    HEAR = "hear"


@dataclass(frozen=True, slots=True)
class Errand:
    """A wish with what it is about: a person's tag, a station code or a return code.

    After a tag and a dash may stand what was chosen about that person.
    """

    wish: Wish
    argument: str = ""

    @property
    def tag(self) -> str:
        """Return whom a wish about somebody is about."""
        return self.argument.partition("-")[0]

    @property
    def choice(self) -> str:
        """Return what was chosen about them."""
        return self.argument.partition("-")[2]


_RETURN_CODE: Final = re.compile(r"[2-9A-HJ-NP-Z]{10}")
_TAG: Final = 12
_PEOPLE: Final = frozenset(
    (
        *("家里人", "换个人", "换人", "换人填", "换个人填", "给谁填", "谁填了"),
        *("family", "my family", "another person"),
    )
)
_CLEAR: Final = frozenset(
    ("清空聊天", "清空", "清空记录", "清除聊天", "清空聊天记录", "clear the chat")
)
_NO_MORE: Final = frozenset(
    ("不要再发", "别再发了", "不要提醒", "别再提醒", "不要再提醒", "no more reminders")
)
_ERASE: Final = frozenset(("删除我的信息", "撤回同意", "我要撤回同意", "delete my record"))
_PUNCTUATION: Final = " \t\r\n。，,.!！?？~～"
_BY_WORDS: Final = (
    (_PEOPLE, Wish.PEOPLE),
    (_CLEAR, Wish.ASK_CLEAR),
    (_NO_MORE, Wish.REMINDERS),
    (_ERASE, Wish.ASK_ERASE),
)
# A deep link may carry a personal code instead of a station.
_CODE_LINK: Final = "p_"
_DASHES: Final = re.compile(r"[\s\-—–_·.]")


def return_code_in(text: str) -> str | None:
    """Return the code without its dashes if the text is shaped like one; no look-up is made.

    Ten letters alone may be words, so a code has a digit in it or was typed with its dash.
    """
    typed = unicodedata.normalize("NFKC", text[:40]).upper().strip()
    bare = _DASHES.sub("", typed)
    is_marked = bare != typed.replace(" ", "") or any(mark.isdecimal() for mark in bare)
    return bare if is_marked and _RETURN_CODE.fullmatch(bare) else None


def errand_in(reply: Reply) -> Errand | None:
    """Return what the chat is asked for, None when the reply belongs to the interview."""
    match reply:
        case Command(name="start", argument=argument) if argument.startswith(_CODE_LINK):
            return Errand(Wish.RETURN, argument.removeprefix(_CODE_LINK))
        case Command(name="start", argument=argument):
            return Errand(Wish.START, argument)
        case Command(name="people"):
            return Errand(Wish.PEOPLE)
        case Command(name="clear"):
            return Errand(Wish.ASK_CLEAR)
        case Command(name="me"):
            return Errand(Wish.RECORD)
        case Command(name="return", argument=argument):
            return Errand(Wish.RETURN, argument)
        case Tap(press=Press(verb=Verb.MENU, value=value)):
            return _errand_of_button(value)
        case Text(text=text, forwarded=False, edited=False):
            return _errand_of_text(text)
        case _:
            return None


def tag_of(person_id: str) -> str:
    """Return the end of a person's id: what menu buttons carry to tell the people of a chat."""
    return person_id[-_TAG:]


def menu_press(wish: Wish, tag: str = "") -> Press:
    """Return the press of a menu button; `tag` tells which person of the chat is meant."""
    return Press(Verb.MENU, value=f"{wish}-{tag}" if tag else str(wish))


def _errand_of_button(value: str) -> Errand | None:
    wish, _, argument = value.partition("-")
    return Errand(Wish(wish), argument) if wish in set(Wish) else None


def _errand_of_text(text: str) -> Errand | None:
    if word_in(text) is Word.RECORD:
        return Errand(Wish.RECORD)
    bare = text.strip(_PUNCTUATION).casefold()
    for words, wish in _BY_WORDS:
        if bare in words:
            return Errand(wish)
    code = return_code_in(text)
    return Errand(Wish.RETURN, code) if code else None
