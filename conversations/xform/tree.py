"""The nodes of a form's data, numbered in document order."""

from dataclasses import dataclass, field

DataType = str
"""text, integer, long, decimal, boolean, date, datetime, time, choice, choices or other."""


@dataclass(slots=True, eq=False)
class Node:
    """One node. Its own number and `end` bound its subtree: children are number+1 to end-1."""

    number: int
    name: str
    path: str
    parent: "Node | None"
    children: "list[Node]" = field(default_factory=list)
    named: "dict[str, Node]" = field(default_factory=dict)
    end: int = 0
    type: DataType = "other"
    default: str = ""

    @property
    def generic(self) -> str:
        """The path without positions, as binds write it."""
        return f"{self.parent.generic}/{self.name}" if self.parent else f"/{self.name}"

    def child(self, name: str) -> "Node | None":
        """Return the child of this name."""
        return self.named.get(name)

    @property
    def root(self) -> "Node":
        """The root of the tree."""
        return self.parent.root if self.parent else self

    def numbered(self, number: int) -> "Node":
        """Return the node of a number, at or below this one."""
        inside = next((child for child in self.children if number in range(*child.span)), None)
        return inside.numbered(number) if inside else self

    @property
    def span(self) -> tuple[int, int]:
        """Numbers of this node and of the first one after its subtree."""
        return self.number, self.end


def resolve(root: Node, path: str) -> Node | None:
    """Return the node of an absolute path without positions."""
    node: Node | None = root
    for name in path.strip().strip("/").split("/")[1:]:
        if node is None:
            return None
        node = node.child(name.strip())
    return node
