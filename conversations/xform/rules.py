"""The rules of a form (calculate, relevant, required, readonly) in the order they depend."""

from dataclasses import dataclass, field
from typing import Literal

from conversations.xform.errors import FormError
from conversations.xform.facts import Evaluate
from conversations.xform.tree import Node

RuleKind = Literal["calculate", "relevant", "required", "readonly"]


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One expression and the node it decides on.

    Args of the constructor:
        reads: numbers of the nodes whose change makes the rule run again.
        once: it keeps its own first result (the function once()).
    """

    kind: RuleKind
    node: Node
    evaluate: Evaluate
    reads: frozenset[int]
    once: bool = False
    number: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "number", self.node.number)

    @property
    def touches(self) -> range:
        """Numbers of the nodes that others see change: relevance reaches down a group."""
        last = self.node.end if self.kind == "relevant" else self.node.number + 1
        return range(self.node.number, last)


@dataclass(slots=True, eq=False)
class Order:
    """The rules so that each comes after those it depends on, and who follows from a node."""

    rules: tuple[Rule, ...]
    readers: dict[int, list[int]]
    follow: list[list[int]]
    cascades: dict[int, tuple[Rule, ...]] = field(default_factory=dict)

    def after(self, number: int) -> tuple[Rule, ...]:
        """Return all rules that a new value of this node sets off, in order."""
        found = self.cascades.get(number)
        if found is None:
            reached = set(self.readers.get(number, ()))
            waiting = list(reached)
            while waiting:
                fresh = set(self.follow[waiting.pop()]) - reached
                reached |= fresh
                waiting.extend(fresh)
            found = tuple(self.rules[place] for place in sorted(reached))
            self.cascades[number] = found
        return found


def order(rules: list[Rule]) -> Order:
    """Sort the rules.

    Raises:
        FormError: rules depend on each other in a circle.
    """
    readers = _readers(rules)
    follow = [
        sorted({reader for number in rule.touches for reader in readers.get(number, ())})
        for rule in rules
    ]
    places = _sorted(rules, follow)
    moved = {old: new for new, old in enumerate(places)}
    sorted_rules = tuple(rules[old] for old in places)
    return Order(
        sorted_rules,
        _readers(list(sorted_rules)),
        [sorted(moved[after] for after in follow[old]) for old in places],
    )


def _readers(rules: list[Rule]) -> dict[int, list[int]]:
    """Return for each node the places of the rules that read it."""
    readers: dict[int, list[int]] = {}
    for place, rule in enumerate(rules):
        for number in rule.reads:
            readers.setdefault(number, []).append(place)
    return readers


def _sorted(rules: list[Rule], follow: list[list[int]]) -> list[int]:
    """Return the places of the rules in order of dependence."""
    waits = [0] * len(rules)
    for after in follow:
        for place in after:
            waits[place] += 1
    ready = [place for place, count in enumerate(waits) if count == 0]
    found: list[int] = []
    while ready:
        place = ready.pop(0)
        found.append(place)
        for after_place in follow[place]:
            waits[after_place] -= 1
            if waits[after_place] == 0:
                ready.append(after_place)
    if len(found) < len(rules):
        stuck = sorted({rules[at].node.name for at, count in enumerate(waits) if count})
        raise FormError(
            ", ".join(stuck[:8]),
            "These rows depend on each other in a circle.",
            "Let each relevant, calculation and required look only at other, earlier rows.",
        )
    return found
