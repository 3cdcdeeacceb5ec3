"""What changed between two versions of a report, answer by answer."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from conversations.dialogue.review import title_of
from conversations.events import ReviewLine, ReviewSection


@dataclass(frozen=True, slots=True)
class Change:
    """One answer that differs; a side is None where the question was not answered then."""

    title: str
    before: ReviewLine | None = field(repr=False)
    after: ReviewLine | None = field(repr=False)


def changes(before: Iterable[ReviewSection], after: Iterable[ReviewSection]) -> tuple[Change, ...]:
    """Return what differs, in the order of the later version; what fell away comes last.

    Answers are told apart by their values, not by how they are shown: a masked number may look
    the same. An empty answer is none.
    """
    old, new = _answered(before), _answered(after)
    found = [
        Change(title_of(line.question), old.get(path), line)
        for path, line in new.items()
        if path not in old or old[path].question.value != line.question.value
    ]
    gone = [
        Change(title_of(line.question), line, None)
        for path, line in old.items()
        if path not in new
    ]
    return (*found, *gone)


def _answered(sections: Iterable[ReviewSection]) -> dict[str, ReviewLine]:
    return {
        line.question.path: line
        for section in sections
        for line in section.lines
        if line.question.value
    }
