"""The data of a form and its binds -> numbered nodes with their types."""

from dataclasses import dataclass, field
from typing import Final
from xml.etree.ElementTree import Element

from conversations.xform.document import BOT, JAVAROSA, Document, local_name
from conversations.xform.errors import FormError
from conversations.xform.instances import XFORMS
from conversations.xform.tree import Node, resolve
from conversations.xform.values import TRIMMED

_TYPES: Final = {
    "string": "text",
    "int": "integer",
    "integer": "integer",
    "long": "long",
    "decimal": "decimal",
    "double": "decimal",
    "float": "decimal",
    "date": "date",
    "dateTime": "datetime",
    "time": "time",
    "boolean": "boolean",
    "select1": "choice",
    "select": "choices",
    "rank": "choices",
    "listItem": "choice",
    "listItems": "choices",
}


@dataclass(slots=True)
class Bind:
    """What the form says of one node: its attributes, and its chat hints."""

    attributes: dict[str, str] = field(default_factory=dict)
    hints: dict[str, str] = field(default_factory=dict)

    def get(self, name: str) -> str:
        """Return an attribute, "" when it is not there."""
        return self.attributes.get(name, "")

    def javarosa(self, name: str) -> str:
        """Return an attribute of JavaRosa's namespace."""
        return self.attributes.get(JAVAROSA + name, "").strip(TRIMMED)


def read_nodes(document: Document) -> tuple[Node, ...]:
    """Return the nodes in document order; the first is the root."""
    nodes: list[Node] = []
    _add(document.data, None, nodes)
    return tuple(nodes)


def _add(element: Element, parent: Node | None, nodes: list[Node]) -> None:
    """Append a node and all below it."""
    name = local_name(element)
    if parent is None:
        path = f"/{name}"
    else:
        place = 1 + sum(child.name == name for child in parent.children)
        path = f"{parent.path}/{name}[{place}]"
        if place > 1:
            raise FormError(name, "The name is used twice in one group.", "Give another name.")
    node = Node(len(nodes), name, path, parent)
    nodes.append(node)
    if parent is not None:
        parent.children.append(node)
        parent.named.setdefault(name, node)
    if len(element) == 0:
        node.default = (element.text or "").strip(TRIMMED)
    for child in element:
        _add(child, node, nodes)
    node.end = len(nodes)


def read_binds(document: Document, root: Node) -> dict[int, Bind]:
    """Return the bind of each node, and note the node's type.

    Raises:
        FormError: a bind is for a node that is not there.
    """
    binds: dict[int, Bind] = {}
    for element in document.model.iterfind(XFORMS + "bind"):
        path = element.get("nodeset", "")
        node = resolve(root, path)
        if node is None:
            raise FormError(
                path.rpartition("/")[2] or "A bind",
                "The form sets rules for something it does not hold.",
                "Entities (save_to) and hand-written binds cannot be used.",
            )
        bind = binds.setdefault(node.number, Bind())
        for name, value in element.attrib.items():
            if name.startswith(BOT):
                bind.hints[name.removeprefix(BOT)] = value
            else:
                bind.attributes[name] = value
        node.type = _TYPES.get(bind.get("type"), "other")
    return binds
