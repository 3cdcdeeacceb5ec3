"""What is said of a result file: which column is which, and how success is told."""

from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from conversations.platform.words import Column, Verdict, Words, result_word

How = Literal["status", "reason", "failures"]
_SEARCHED = 15


class AnswerMapping(BaseModel):
    """Columns counted from 0, None for one that is not there.

    Attributes:
        heading: the line of the titles; rows stand below it.
        how: success stands in a column; or whoever has a reason failed; or the file holds only
            failures, and all others of the chosen batch are accepted.
        words: what cells of the result column mean where nobody could guess it.
        batch_id: the chosen batch; "" for whichever a number went out with last.
        part: file of the batch that line numbers count in.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    sheet: int = 0
    heading: int = 0
    number: int | None = None
    line: int | None = None
    status: int | None = None
    reason: int | None = None
    how: How = "status"
    words: dict[str, Verdict] = Field(default_factory=dict)
    batch_id: str = ""
    part: int = 1

    @property
    def fault(self) -> str:
        """Return the key of what is still missing, "" for nothing."""
        given = [at for at in (self.number, self.line, self.status, self.reason) if at is not None]
        if self.number is None and self.line is None:
            return "no_key"
        if len(set(given)) != len(given):
            return "twice"
        if self.how == "status" and self.status is None:
            return "no_status"
        if self.how == "reason" and self.reason is None:
            return "no_reason"
        if self.number is None and not self.part:
            return "no_batch"
        if not self.batch_id and (self.how == "failures" or self.number is None):
            return "no_batch"
        return ""

    def verdict_of(self, cells: Sequence[str], words: Words) -> Verdict | None:
        """Return what a row says, None when it cannot be told."""
        if self.how == "failures":
            return "rejected"
        if self.how == "reason":
            said = cell_at(cells, self.reason)
            return "rejected" if said and not words.is_plain_success(said) else "accepted"
        given = cell_at(cells, self.status)
        return self.words.get(result_word(given)) or words.verdict_of(given)


def guess(lines: Sequence[tuple[int, Sequence[str]]], words: Words) -> AnswerMapping:
    """Return the likeliest mapping by the titles; a person has the last word on it."""
    best: tuple[int, int, dict[Column, int]] = (0, 0, {})
    for line, cells in lines[:_SEARCHED]:
        columns: dict[Column, int] = {}
        for at, cell in enumerate(cells):
            name = words.column_of(cell)
            if name is not None:
                columns.setdefault(name, at)
        if len(columns) > best[0]:
            best = (len(columns), line, columns)
    _, heading, columns = best
    below = [cells for line, cells in lines if line > heading]
    return AnswerMapping(
        heading=heading,
        number=columns.get("number"),
        line=columns.get("line"),
        status=columns.get("status"),
        reason=columns.get("reason"),
        how=_how(columns, below, words),
    )


def _how(columns: dict[Column, int], below: Sequence[Sequence[str]], words: Words) -> How:
    if "status" in columns:
        return "status"
    if "reason" not in columns:
        return "failures"
    given = [cell_at(cells, columns["reason"]) for cells in below]
    # A reason in every row: the platform gave back only what it refused.
    return "reason" if not all(given) or any(map(words.is_plain_success, given)) else "failures"


def cell_at(cells: Sequence[str], column: int | None) -> str:
    """Return a cell without blanks around it, "" where there is none."""
    return cells[column].strip() if column is not None and column < len(cells) else ""
