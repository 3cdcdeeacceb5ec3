"""The table of phrasings, read: question, typed words and what they must become."""

import re
from dataclasses import dataclass
from pathlib import Path

from conversations.replies.outcome import Reading, Several, Understood
from conversations.xform.question import Question, QuestionType
from tests.replies.asked import choices, question
from tests.replies.lists import listed

TABLE = Path(__file__).parent / "phrasings.txt"


@dataclass(frozen=True)
class Phrasing:
    asked: str
    typed: str
    expected: str


def phrasings() -> list[Phrasing]:
    lines = TABLE.read_text("utf-8").splitlines()
    rows = (line.split(" |") for line in lines if line and not line.startswith("#"))
    return [Phrasing(row[0], _unescaped(row[1].strip()), row[2].strip()) for row in rows]


def _unescaped(typed: str) -> str:
    return re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), typed)


SHORT = {
    "want": choices("想", "不想"),
    "agree": choices("同意", "不同意"),
    "is_it": choices("是", "不是"),
    "few": choices("种树", "养蜂", "编筐"),
}
LISTS = {
    "status": "employment_status",
    "salary": "expected_salary",
    "trade": "training_trade",
}
SEARCHED = ("trade", "county", "township", "ethnicity", "province", "industry")
READERS = ("month", "past_month", "phone", "village", "name")


def question_of(asked: str) -> Question:
    """Return the question that a line of the table names."""
    if asked == "money":
        return question("integer", "money")
    if asked == "nod":
        return question("note")
    if asked == "date":
        return question("date")
    if asked in READERS or asked == "words":
        return question(reader="" if asked == "words" else asked)
    listing = SHORT.get(asked) or listed(LISTS.get(asked, asked))
    kind: QuestionType = "select_multiple" if asked in ("trade", "few") else "select_one"
    return question(kind, choices=listing, is_searched=asked.partition(":")[0] in SEARCHED)


def told(asked: Question, reading: Reading) -> str:
    """Return an outcome as the table writes it."""
    if isinstance(reading, Several):
        return "~" + "、".join(choice.label for choice in reading.choices)
    if not isinstance(reading, Understood):
        return f"!{reading.reason}"
    value = reading.shown if asked.choices else reading.value
    return f"{value} ?{reading.doubt}" if reading.doubt else value
