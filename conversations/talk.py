"""Talks of a worker with the station: when somebody is there, how long one lasts, what passes.

While a talk goes on the bot asks nothing and passes words between two chats. What is wished of it
comes as a word, a command or a button; everything else that is typed belongs to the other side.
"""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Final

from conversations.buttons import Press, Verb
from conversations.dialogue.words import Word, word_in
from conversations.reply import Command, Reply, Tap, Text


class TalkWish(StrEnum):
    """What is asked for around talks; the value is what a button carries."""

    HUMAN = "human"
    END = "bye"
    NEWS = "news"
    JOIN = "sjoin"
    DESK = "sdesk"
    TAKE = "stake"
    CALL = "scall"
    HEAR = "shear"
    DONE = "sdone"


@dataclass(frozen=True, slots=True)
class TalkErrand:
    """A wish with what it is about: a place, the tag of a talk or case, or an invitation."""

    wish: TalkWish
    argument: str = ""


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """When somebody sits at the stations; days as `isoweekday` counts them, 1 is Monday."""

    days: frozenset[int] = frozenset((1, 2, 3, 4, 5))
    opens: time = time(9)
    closes: time = time(17, 30)

    def hold(self, local: datetime) -> bool:
        """Tell whether this local moment is inside."""
        clock = local.timetz().replace(tzinfo=None)
        return local.isoweekday() in self.days and self.opens <= clock < self.closes


@dataclass(frozen=True, slots=True)
class TalkRules:
    """What the operator says about talks.

    Args of the constructor:
        take_within: how long a worker waits for somebody.
        silence: how long nobody may speak before a talk is over.
        contact: phone or address of the stations, "" for none.
    """

    office: OfficeHours = OfficeHours()
    take_within: timedelta = timedelta(minutes=10)
    silence: timedelta = timedelta(minutes=30)
    contact: str = ""


_STAFF_LINK: Final = "staff_"
_LEAVES: Final = frozenset(
    (
        *("接着填", "继续填", "继续", "结束", "说完了", "问完了", "不找了", "不说了", "不等了"),
        *("go on", "continue", "end", "done", "that is all"),
    )
)
_CLOSES: Final = frozenset(("结束", "说完了"))
_TO_DESK: Final = frozenset(("工作台", "看工作台", "回工作台"))
_TO_CONSOLE: Final = frozenset(("网页", "后台", "网页工作台"))
_PUNCTUATION: Final = " \t\r\n。，,.!！~～“”"
# As long as an identity number or a bank card's, however it is grouped.
_LONG_NUMBER: Final = re.compile(r"(?<!\d)(?:\d[ \-]?){15,18}[\dXx](?!\d)")
_SHOWN_DIGITS: Final = 2


def talk_errand_in(reply: Reply) -> TalkErrand | None:
    """Return what is asked for around talks, None when the reply is about something else."""
    match reply:
        case Command(name="human"):
            return TalkErrand(TalkWish.HUMAN)
        case Command(name="staff", argument=code):
            return TalkErrand(TalkWish.JOIN, code) if code else TalkErrand(TalkWish.DESK)
        case Command(name="start", argument=code) if code.startswith(_STAFF_LINK):
            return TalkErrand(TalkWish.JOIN, code.removeprefix(_STAFF_LINK))
        case Tap(press=Press(verb=Verb.MENU, value=value)):
            wish, _, argument = value.partition("-")
            return TalkErrand(TalkWish(wish), argument) if wish in set(TalkWish) else None
        case Text(text=text, edited=False, forwarded=False) if word_in(text) is Word.HUMAN:
            return TalkErrand(TalkWish.HUMAN)
        case _:
            return None


def talk_press(wish: TalkWish, about: str = "") -> Press:
    """Return the press of a button; `about` is a tag or the id of a place."""
    return Press(Verb.MENU, value=f"{wish}-{about}" if about else str(wish))


def leaves(text: str) -> bool:
    """Tell whether a worker's words mean that they want to go on without the station."""
    return text.strip(_PUNCTUATION).casefold() in _LEAVES


def closes(text: str) -> bool:
    """Tell whether somebody of the staff says that the talk is over."""
    return text.strip(_PUNCTUATION) in _CLOSES


def asks_for_desk(text: str) -> bool:
    """Tell whether somebody of the staff wants the desk, whatever else their chat is in."""
    return text.strip(_PUNCTUATION) in _TO_DESK


def asks_for_console(text: str) -> bool:
    """Tell whether somebody of the staff wants the web page of their work."""
    return text.strip(_PUNCTUATION) in _TO_CONSOLE


def passed_on(text: str) -> str:
    """Return what the other side may read: of a long number only the last two digits.

    An identity number belongs into its question, where it is read and hidden, not into a chat.
    """
    return _LONG_NUMBER.sub(lambda found: "•" * 6 + found[0][-_SHOWN_DIGITS:], text)


def hours_in_words(hours: OfficeHours) -> tuple[str, str]:
    """Return the days (as digits, 1 is Monday) and the span of a day."""
    days = "".join(str(day) for day in sorted(hours.days))
    return days, f"{hours.opens:%H:%M}—{hours.closes:%H:%M}"
