"""Where a report can go from where it stands: each move, by whom, and the statement that does it.

A report is a version: what changes the answers is a new report, which begins at `submitted`. It
is never lost on the way: one that was returned or rejected has an open question or an open case
until a newer report takes its place, or somebody of the staff gives it up and says why.
"""

from dataclasses import dataclass
from typing import Final, Literal

State = Literal["submitted", "verified", "returned", "exported", "accepted", "rejected"]
By = Literal["worker", "staff", "county", "platform"]

STATES: Final[tuple[State, ...]] = (
    *("submitted", "verified", "returned", "exported", "accepted", "rejected"),
)


@dataclass(frozen=True, slots=True)
class Move:
    """One step of a report.

    Args of the constructor:
        by: who causes it.
        statement: of storage/queries, which holds the same states in its `where`.
    """

    before: State
    after: State
    by: By
    statement: str


MOVES: Final = (
    # Somebody of the station looked at it.
    Move("submitted", "verified", "staff", "reviews.judge"),
    Move("submitted", "returned", "staff", "reviews.judge"),
    # Somebody who looks at what was held back from a batch asks about it.
    Move("submitted", "returned", "county", "reviews.give_back"),
    Move("verified", "returned", "county", "reviews.give_back"),
    Move("rejected", "returned", "county", "reviews.give_back"),
    # A batch left the house.
    Move("submitted", "exported", "county", "manifests.mark_exported"),
    Move("verified", "exported", "county", "manifests.mark_exported"),
    # The platform answered; it may think better of it in a later file.
    Move("exported", "accepted", "platform", "answers.accept_report"),
    Move("rejected", "accepted", "platform", "answers.accept_report"),
    Move("exported", "accepted", "platform", "answers.accept_rest"),
    Move("exported", "rejected", "platform", "answers.reject_report"),
    Move("accepted", "rejected", "platform", "answers.reject_report"),
    # The row was right: it goes out once more as it is.
    Move("rejected", "verified", "staff", "answers.send_again"),
)
