"""Random walks through a form, in our engine and in JavaRosa side by side."""

import json
import random
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.forms.drive import Driver
from conversations.xform import Form, Session
from tests.identities import id_number
from tests.java.reference import Reference

ZONE = ZoneInfo("Asia/Shanghai")
UNKNOWN_HERE = ("instanceID", "deviceid", "start", "end")
ODD = (
    "", " ", "0", "1", "-1", "3", "7", "18", "42", "120", "2147483647", "2147483648", "1.5", "1.",
    ".5", "1e3", "abc", "一二三", "１２", "a b", "x" * 3000, "😀", "line\nbreak", "2020-02-29",
    "2021-02-29", "1980-1-5", "2026-11-24", "1899-12-31", "y", "n", "yes", "no", "+5", "007",
    "3.0", "true", "'", '"', "<b>", "&amp;", "\t", "1,5", "12345678901", "1d", "-0", "0.1", "99",
    "NaN",
)  # fmt: skip


FITTING = {
    "id_number": [id_number("140502", date(1950 + n, 5, 6), n) for n in range(1, 60)],
    "phone": ["13800000000", "18935600000"],
    "consent": ["yes"],
    "sensitive_consent": ["yes"],
    "hukou_kind": ["rural"],
    "transfer_date": ["2025-05", "2019-12", "2020"],
    "training_date": ["2027-03", "2026-12", "soon"],
}
"""Answers to questions that chance alone never gets past, by the name of the question."""


@dataclass(slots=True)
class Difference(Exception):
    """Where the engines part, with the way that led there."""

    what: str
    ours: object
    theirs: object
    way: list[dict[str, Any]] = field(default_factory=list)

    def __str__(self) -> str:
        way = "\n".join(json.dumps(step, ensure_ascii=False) for step in self.way)
        return f"{self.what}\n ours:   {self.ours!r}\n theirs: {self.theirs!r}\n after:\n{way}"


class Failed(Exception):
    """Both engines failed on an expression; what they hold after that is nobody's business."""


@dataclass(slots=True)
class Walk:
    """One interview in both engines."""

    form: Form
    driver: Driver
    reference: Reference
    chance: random.Random
    way: list[dict[str, Any]] = field(default_factory=list)

    def step(self, command: dict[str, str]) -> dict[str, Any]:
        """Do the same in both and compare the replies."""
        self.way.append(command)
        ours = self.driver.reply(json.dumps(command))
        theirs = self.reference.say(**command)
        if "error" in ours or "error" in theirs:
            if ("error" in ours) != ("error" in theirs):
                raise Difference("error", ours, theirs, self.way)
            raise Failed
        ours = json.loads(json.dumps(ours))
        # A readonly text is a note to us; JavaRosa has no such word.
        if ours.get("type") == "note":
            ours["type"] = "text"
        self.compare("reply", ours, theirs)
        return theirs

    def compare_state(self) -> None:
        """Compare relevance and value of every node; what is not relevant has no value."""
        ours = self.driver.reply('{"do": "state"}')["nodes"]
        theirs = self.reference.say(do="state")["nodes"]
        assert isinstance(ours, list)
        self.compare("state", _known(ours), _known(theirs))

    def compare(self, what: str, ours: object, theirs: object) -> None:
        """Raise what differs."""
        if ours != theirs:
            if isinstance(ours, list) and isinstance(theirs, list):
                pairs = [(a, b) for a, b in zip(ours, theirs, strict=False) if a != b]
                ours, theirs = [a for a, _ in pairs], [b for _, b in pairs]
            raise Difference(what, ours, theirs, self.way)


def _known(nodes: list[Any]) -> list[Any]:
    """Leave out what no two runs can have in common, and values that are hidden."""
    return [
        [path, relevant, value if relevant else ""]
        for path, relevant, value in nodes
        if not any(f"/{name}[" in path for name in UNKNOWN_HERE)
    ]


def open_both(
    form: Form, xml: str, reference: Reference, seed: int, language: str | None = None
) -> Walk:
    """Begin the same interview in both engines."""
    opened = reference.open(xml, language)
    if "error" in opened:
        raise Difference("JavaRosa does not open the form", "", opened)
    chance = random.Random(seed)
    session = Session(form, datetime.now(ZONE), language, chance=chance.random)
    return Walk(form, Driver(session), reference, chance)


def answers_for(event: dict[str, Any], chance: random.Random) -> str:
    """Return something that a person could send: mostly fitting, sometimes odd."""
    if chance.random() < 0.2:
        return chance.choice(ODD)
    if fitting := FITTING.get(event["path"].rpartition("/")[2].partition("[")[0]):
        return chance.choice(fitting)
    match event["type"]:
        case "select_one" if event["choices"]:
            return str(chance.choice(event["choices"])[0])
        case "select_multiple" if event["choices"]:
            names = [name for name, _ in event["choices"]]
            return " ".join(chance.sample(names, chance.randint(0, min(3, len(names)))))
        case "integer":
            return str(chance.choice([0, 1, 2, 5, 12, 17, 18, 19, 30, 65, 100, -3]))
        case "decimal":
            return chance.choice(["0.5", "3", "3.0", "10.25", "1e3", "99.999", "-2.50"])
        case "date":
            day = date(1930, 1, 1) + timedelta(days=chance.randrange(36_525))
            return day.isoformat()
        case "acknowledge":
            return "OK"
        case _:
            return chance.choice(["Ann", "张三", "b", "12", "a b c", "Li Lei", "13800000000"])


def stroll(walk: Walk, steps: int) -> None:
    """Walk so many steps: on, back, answers, the end and over again."""
    with suppress(Failed):
        _stroll(walk, steps)


def _stroll(walk: Walk, steps: int) -> None:
    """Walk until a step fails in both engines."""
    walk.compare_state()
    event = walk.step({"do": "next"})
    for _ in range(steps):
        choice = walk.chance.random()
        if event.get("event") == "question" and choice < 0.55:
            walk.step({"do": "answer", "value": answers_for(event, walk.chance)})
            if walk.chance.random() < 0.7:
                walk.compare_state()
                event = walk.step({"do": "next"})
        elif choice < 0.85:
            event = walk.step({"do": "next"})
        elif event.get("event") == "end":
            for _ in range(walk.chance.randint(1, 12)):
                event = walk.step({"do": "back"})
        else:
            event = walk.step({"do": "back"})
        walk.compare_state()


def seeds(count: int, start: int = 0) -> Iterator[int]:
    """Yield the seeds of a run."""
    yield from range(start, start + count)
