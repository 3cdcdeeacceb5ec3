"""One interview by plain calls: replies in, events and what people would see out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.messages import Button, Message, Outgoing
from bot.render.turn import render
from bot.texts import Texts, load_texts
from conversations.buttons import Press, Verb, decode
from conversations.course import ConsentDeclined, RangeLeft, ReportSubmitted
from conversations.dialogue.converse import begin, converse, resume
from conversations.dialogue.scene import Setting, Turn
from conversations.events import InterviewEvent
from conversations.interview import Interview, first_interview
from conversations.reply import Reply, Tap, Text
from conversations.xform import Form

NOW = datetime(2026, 11, 24, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
TEXTS: Texts = load_texts("zh")
ENDINGS = (ConsentDeclined, RangeLeft, ReportSubmitted)
Kind = TypeVar("Kind", bound=InterviewEvent)


@dataclass
class Talk:
    """An interview that remembers what was said and shown."""

    form: Form
    setting: Setting
    interview: Interview = field(default_factory=lambda: first_interview(1))
    turn: Turn = field(init=False)
    outgoing: Outgoing = field(init=False)
    shown: list[Message] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Open the interview."""
        self._keep(begin(self.form, self.interview, self.setting), tapped=False)

    def say(self, reply: Reply) -> Turn:
        """Send one reply through the core and draw what comes of it."""
        turn = converse(self.form, self.interview, reply, self.setting)
        self._keep(turn, tapped=isinstance(reply, Tap))
        return turn

    def write(self, text: str) -> Turn:
        """Type words."""
        return self.say(Text(text))

    def tap(self, label: str) -> Turn:
        """Tap the newest button with this label."""
        return self.say(Tap(decode(self.button(label).data)))

    def press(
        self, verb: Verb, name: str = "", value: str = "", revision: int | None = None
    ) -> Turn:
        """Press a button of a question by its name, whether or not it is on show."""
        index = self.form.question(self.path(name)).index if name else -1
        at = self.interview.revision if revision is None else revision
        return self.say(Tap(Press(verb, self.interview.number, index, at, value)))

    def come_back(self) -> Turn:
        """Return after a pause or a restart."""
        turn = resume(self.form, self.interview, self.setting)
        self._keep(turn, tapped=False)
        return turn

    def walk(self, answers: Mapping[str, str], until: str = "") -> "Talk":
        """Answer from these until a question of that name is open, or to the end."""
        for _ in range(120):
            if self.at == until or self.interview.at is None or self.is_over:
                return self
            self.give(answers.get(self.at, ""))
        raise AssertionError(f"{self.at} is asked again and again")

    def give(self, value: str) -> Turn:
        """Answer the open question with a value of the form: by tap, by typing, or skip it."""
        question = self.form.question(self.interview.at or "")
        if question.bot.get("confirm") == "yes":
            return self.press(Verb.ANSWER, self.at, "ok")
        if not value:
            return self.press(Verb.SKIP, self.at)
        if question.type == "select_multiple":
            for name in set(self.interview.picked) ^ set(value.split()):
                self.press(Verb.TOGGLE, self.at, name)
            return self.press(Verb.DONE, self.at)
        if question.choices is not None:
            return self.press(Verb.ANSWER, self.at, value)
        return self.write(value)

    def has(self, kind: type[InterviewEvent]) -> bool:
        """Tell whether the last turn had an event of this kind."""
        return any(isinstance(event, kind) for event in self.turn.events)

    def events(self, kind: type[Kind]) -> list[Kind]:
        """Return the events of this kind in the last turn."""
        return [event for event in self.turn.events if isinstance(event, kind)]

    def path(self, name: str) -> str:
        """Return the path of the question of this name."""
        return next(q.path for q in self.form.questions if name_of(q.path) == name)

    def value(self, name: str) -> str:
        """Return the kept answer of this name."""
        return self.interview.answers.get(self.path(name), "")

    @property
    def at(self) -> str:
        """Return the name of the open question, "" at the summary."""
        return name_of(self.interview.at or "")

    @property
    def is_over(self) -> bool:
        """Tell whether the last turn ended the interview."""
        return isinstance(self.turn.events[-1], ENDINGS)

    @property
    def text(self) -> str:
        """Return all that the last turn says, in one piece."""
        parts = [message.text for message in self.outgoing.messages]
        parts += [self.outgoing.redraw.text] if self.outgoing.redraw else []
        return "\n".join([*parts, self.outgoing.toast, self.outgoing.settle or ""])

    def buttons(self) -> list[Button]:
        """Return all buttons that were ever shown, newest first."""
        return [
            button for message in reversed(self.shown) for row in message.rows for button in row
        ]

    def button(self, label: str) -> Button:
        """Return the newest button with this label."""
        return next(button for button in self.buttons() if button.label == label)

    def _keep(self, turn: Turn, *, tapped: bool) -> None:
        self.turn, self.interview = turn, turn.interview
        self.outgoing = render(turn.events, TEXTS, turn.interview, tapped=tapped)
        self.shown += [self.outgoing.redraw] if self.outgoing.redraw else []
        self.shown += self.outgoing.messages


def name_of(path: str) -> str:
    """Return the bare name of a positioned path."""
    return path.rpartition("/")[2].removesuffix("[1]")


def is_silent(outgoing: Outgoing) -> bool:
    """Tell whether nothing at all would be seen or heard."""
    return not (
        outgoing.messages
        or outgoing.toast
        or outgoing.settle
        or outgoing.redraw is not None
        or outgoing.clip
    )
