"""The parts of an expression, as a tree."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Number:
    """A number in the expression."""

    number: float


@dataclass(frozen=True, slots=True)
class Text:
    """A quoted text."""

    text: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path. `name` is "*" for any child, "" for `.` and `..`."""

    axis: Literal["child", "parent", "self"]
    name: str = ""
    predicates: "tuple[Expression, ...]" = ()


@dataclass(frozen=True, slots=True)
class Path:
    """A path. `start`: from the root, from here, from `current()`, from an `instance()`."""

    start: Literal["root", "here", "current", "instance"]
    steps: tuple[Step, ...]
    instance: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """A function call."""

    name: str
    args: "tuple[Expression, ...]"


@dataclass(frozen=True, slots=True)
class Binary:
    """Two expressions and what stands between them."""

    operator: str
    left: "Expression"
    right: "Expression"


@dataclass(frozen=True, slots=True)
class Negate:
    """A minus sign before an expression."""

    operand: "Expression"


Expression = Number | Text | Path | Call | Binary | Negate
