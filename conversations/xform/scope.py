"""Where an expression stands while it is compiled, and what it was found to depend on."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from conversations.xform.errors import FormError
from conversations.xform.instances import Instance
from conversations.xform.tree import Node


@dataclass(slots=True)
class Findings:
    """What the compiler learnt: nodes read, whether a list item's place or chance is used."""

    nodes: set[int] = field(default_factory=set)
    uses_item: bool = False
    uses_once: bool = False


@dataclass(frozen=True, slots=True)
class Scope:
    """The place of an expression.

    Args of the constructor:
        here: the node that `.` means, and `current()`.
        in_item: inside a predicate on a list, where `.` means the item.
        where: the place in the author's words, for errors.
    """

    root: Node
    here: Node
    current: Node
    instances: Mapping[str, Instance]
    where: str
    version: str = ""
    in_item: bool = False
    in_nodes: bool = False
    findings: Findings = field(default_factory=Findings)

    def inside_item(self) -> "Scope":
        """Return the scope of a predicate on a list."""
        return replace(self, in_item=True, in_nodes=False)

    def inside(self, node: Node) -> "Scope":
        """Return the scope of a predicate on a node of the form."""
        return replace(self, here=node, in_item=False, in_nodes=True)

    def apart(self) -> "Scope":
        """Return the same scope with findings of its own."""
        return replace(self, findings=Findings())

    def refuse(self, what: str, cure: str) -> FormError:
        """Return the error for this place."""
        return FormError(self.where, what, cure)
