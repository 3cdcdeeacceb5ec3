"""What an expression can look at while it is evaluated."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from xml.etree.ElementTree import Element

from conversations.xform.values import Value


@dataclass(slots=True)
class Facts:
    """The world of one interview as expressions see it.

    Args of the constructor:
        seen: value of each node, "" where it is not relevant or has none.
        relevant: whether each node is relevant.
        now: the moment of this turn, in the zone of the interview.
        position: place of the item that a predicate looks at, from 1.
        choice_label: label of a choice of a question (node number, choice name).
        itext: a text of the form in the language of the interview.
        chance: a number from 0 to below 1, another one each time.
    """

    seen: list[Value]
    relevant: list[bool]
    now: datetime
    zone: tzinfo
    choice_label: Callable[[int, str], str]
    itext: Callable[[str], str]
    chance: Callable[[], float]
    position: int = 0


Evaluate = Callable[[Facts, Element | None], Value]
"""A compiled expression: facts, and the list item that a predicate looks at."""

EvaluateMany = Callable[[Facts, Element | None], list[Value]]
"""A compiled path to several nodes: the values of those that are relevant."""
