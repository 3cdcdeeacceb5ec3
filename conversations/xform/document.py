"""The XForm's XML: read safely, and cut into its parts."""

from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from conversations.xform.errors import FormError
from conversations.xform.instances import XFORMS, Instance

XHTML: Final = "{http://www.w3.org/1999/xhtml}"
JAVAROSA: Final = "{http://openrosa.org/javarosa}"
EVENTS: Final = "{http://www.w3.org/2001/xml-events}"
ODK: Final = "{http://www.opendatakit.org/xforms}"
BOT: Final = "{https://xiangwen.example/bot}"


@dataclass(frozen=True, slots=True)
class Document:
    """The parts of an XForm."""

    title: str
    model: Element
    data: Element
    instances: dict[str, Instance]
    body: Element


def read_document(xml: str) -> Document:
    """Cut the XML into parts.

    Raises:
        FormError: it is not XML, has a document type, or is not an XForm.
    """
    root = _parse(xml)
    model = root.find(f"{XHTML}head/{XFORMS}model")
    body = root.find(f"{XHTML}body")
    if model is None or body is None:
        raise FormError(
            "The file", "It is no XForm: it has no model or no body.", "Compile it with pyxform."
        )
    for repeat in body.iter(XFORMS + "repeat"):
        raise FormError(
            repeat.get("nodeset", "").rpartition("/")[2],
            "A chat cannot repeat a group.",
            "Ask the questions once, without begin_repeat.",
        )
    instances = model.findall(XFORMS + "instance")
    data = next((child for instance in instances[:1] for child in instance), None)
    if data is None:
        raise FormError("The file", "The form has no data.", "Add a question to the form.")
    title = root.findtext(f"{XHTML}head/{XHTML}title") or ""
    return Document(title.strip(), model, data, _lists(instances[1:]), body)


def _parse(xml: str) -> Element:
    """Return the root. A document type could hold entities that grow without end: refused."""
    if "<!DOCTYPE" in xml or "<!ENTITY" in xml:
        raise FormError("The file", "It has a document type.", "Take the <!DOCTYPE away.")
    try:
        return ElementTree.fromstring(xml)  # noqa: S314
    except (ElementTree.ParseError, ValueError) as error:
        raise FormError("The file", f"It is not XML: {error}.", "Compile it again.") from error


def _lists(instances: list[Element]) -> dict[str, Instance]:
    """Return the lists in the form by name."""
    lists: dict[str, Instance] = {}
    for instance in instances:
        root = next(iter(instance), None)
        # A list kept in a file beside the form is refused where an expression asks for it.
        if not instance.get("src") and root is not None:
            lists[instance.get("id", "")] = Instance(root)
    return lists


def local_name(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return element.tag.rpartition("}")[2]
