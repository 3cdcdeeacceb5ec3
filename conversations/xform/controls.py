"""The body of a form -> its questions in order, and refusals of what a chat cannot carry."""

from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from conversations.xform.document import BOT, Document, local_name
from conversations.xform.errors import FormError
from conversations.xform.instances import XFORMS
from conversations.xform.nodes import Bind
from conversations.xform.question import QuestionType
from conversations.xform.tree import Node, resolve

_SAID: Final = frozenset({"label", "hint", "help", "alert", "setvalue", "itemset", "item"})
_ASK_AS_TEXT: Final = "Ask for it as text, with a constraint."
_LEAVE_OUT: Final = "A chat cannot ask this; leave the row out."
_REFUSED: Final = {
    "upload": ("A chat form cannot take photos, sound or files.", _LEAVE_OUT),
    "range": ("A chat cannot show a slider.", "Use integer with a constraint."),
    "rank": ("A chat cannot rank choices.", "Use one select_one for each place."),
    "secret": ("A chat cannot hide what is typed.", "Use text."),
}
_REFUSED_TYPES: Final = {
    "time": ("A chat cannot ask for a time of day.", _ASK_AS_TEXT),
    "dateTime": ("A chat cannot ask for date and time at once.", "Use date, or text."),
    "geopoint": ("A chat form cannot take a position.", _LEAVE_OUT),
    "geotrace": ("A chat form cannot take a line on the map.", _LEAVE_OUT),
    "geoshape": ("A chat form cannot take an area on the map.", _LEAVE_OUT),
    "barcode": ("A chat form cannot scan a barcode.", _ASK_AS_TEXT),
    "binary": ("A chat form cannot take files.", _LEAVE_OUT),
    "boolean": ("This type of question is not known.", "Use select_one yes and no."),
}
_INPUTS: Final[dict[str, QuestionType]] = {
    "text": "text",
    "other": "text",
    "integer": "integer",
    "long": "integer",
    "decimal": "decimal",
    "date": "date",
}


@dataclass(frozen=True, slots=True)
class Control:
    """A question of the body."""

    element: Element
    node: Node
    type: QuestionType
    hints: dict[str, str]
    section: Element | None


def read_controls(document: Document, root: Node, binds: dict[int, Bind]) -> list[Control]:
    """Return the questions in form order.

    Raises:
        FormError: one of them is of a kind that a chat cannot carry.
    """
    found: list[Control] = []
    _walk(document.body, None, root, binds, found)
    return found


def _walk(
    parent: Element,
    section: Element | None,
    around: Node,
    binds: dict[int, Bind],
    found: list[Control],
) -> None:
    """Add the questions below an element."""
    for element in parent:
        kind = local_name(element)
        if kind == "group":
            outer = section if section is not None else element.find(XFORMS + "label")
            inside = place_of(element, around, binds) or around
            _walk(element, outer, inside, binds, found)
        elif kind not in _SAID:
            found.append(_control(element, kind, section, around, binds))


def place_of(element: Element, around: Node, binds: dict[int, Bind]) -> Node | None:
    """Return the node that an element is for: by path, from here or the root, or by bind."""
    path, root = element.get("ref") or element.get("nodeset") or "", around.root
    if named := element.get("bind"):
        number = next((at for at, bind in binds.items() if bind.get("id") == named), None)
        return None if number is None else root.numbered(number)
    if not path:
        return None
    return resolve(root, path if path.strip().startswith("/") else f"{around.generic}/{path}")


def _control(
    element: Element, kind: str, section: Element | None, around: Node, binds: dict[int, Bind]
) -> Control:
    """Return one question."""
    node = place_of(element, around, binds)
    name = (element.get("ref") or kind).rpartition("/")[2]
    if kind in _REFUSED:
        raise FormError(name, *_REFUSED[kind])
    if node is None:
        raise FormError(name, "The question has no place in the form's data.", "Compile again.")
    bind = binds.get(node.number, Bind())
    if element.get("query") or (element.get("appearance") or "").startswith("search("):
        raise FormError(
            name, "Its choices are in a file beside the form.", "Put them on the choices sheet."
        )
    hints = {key.removeprefix(BOT): value for key, value in element.attrib.items() if BOT in key}
    return Control(element, node, _type(kind, node, bind), {**bind.hints, **hints}, section)


def _type(kind: str, node: Node, bind: Bind) -> QuestionType:
    """Return the type of a question, and let a select's node hold choices."""
    if kind in ("select1", "select"):
        if node.type in ("text", "other"):
            node.type = "choice" if kind == "select1" else "choices"
        return "select_one" if kind == "select1" else "select_multiple"
    if kind == "trigger":
        return "acknowledge"
    if bind.get("type") in _REFUSED_TYPES:
        raise FormError(node.name, *_REFUSED_TYPES[bind.get("type")])
    if kind != "input" or node.type not in _INPUTS:
        raise FormError(node.name, "This type of question is not known.", "Use another type.")
    if bind.get("readonly").strip() == "true()" and node.type == "text":
        return "note"
    return _INPUTS[node.type]
