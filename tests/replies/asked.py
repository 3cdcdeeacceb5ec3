"""Questions to put to the readers, and shorthands for what they say."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from conversations.replies.outcome import Reading, Reason, Unclear, Understood
from conversations.replies.read import read_text
from conversations.xform.question import Choice, Question, QuestionType

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)
TODAY = date(2026, 11, 23)


def question(
    kind: QuestionType = "text",
    reader: str = "",
    choices: Sequence[Choice] = (),
    *,
    required: bool = True,
    is_searched: bool = False,
) -> Question:
    hints = {"reader": reader} if reader else {}
    if is_searched:
        hints["search"] = "yes"
    path = "/data/asked[1]"
    return Question(path, 0, kind, "？", "", tuple(choices), required, "", hints, "")


def choices(*labels: str) -> tuple[Choice, ...]:
    """Return choices named a, b, c, … in this order."""
    return tuple(Choice(chr(97 + place), label) for place, label in enumerate(labels))


def value(asked: Question, text: str) -> str | Reading:
    """Return the canonical value, or the whole outcome when there is none."""
    reading = read_text(asked, text, NOW)
    return reading.value if isinstance(reading, Understood) else reading


def reason(asked: Question, text: str) -> Reason | Reading:
    """Return why it was unclear, or the whole outcome when it was not."""
    reading = read_text(asked, text, NOW)
    return reading.reason if isinstance(reading, Unclear) else reading
