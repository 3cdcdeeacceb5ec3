"""Lists in the form (secondary instances): rows of a choice list, found by index."""

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from conversations.xform.errors import EvaluationError
from conversations.xform.values import TRIMMED, Value, to_number

XFORMS = "{http://www.w3.org/2002/xforms}"


def text_of(element: Element) -> str:
    """Return the text of a list's element; one that has children has none."""
    return (element.text or "").strip(TRIMMED) if len(element) == 0 else ""


def children_of(element: Element, name: str) -> list[Element]:
    """Return the children of this name, all of them for "*"."""
    return list(element) if name == "*" else element.findall(XFORMS + name)


def column_of(element: Element, name: str) -> str:
    """Return the text of the one child of this name, "" when there is none.

    Raises:
        EvaluationError: there are several.
    """
    found = element.findall(XFORMS + name)
    if len(found) > 1:
        raise EvaluationError(f"The list has several columns {name}.")
    return text_of(found[0]) if found else ""


@dataclass(slots=True, eq=False)
class Instance:
    """One list. Its indexes are made when first used: text or number of a column -> rows."""

    root: Element
    rows: dict[tuple[str, ...], list[Element]] = field(default_factory=dict)
    by_text: dict[tuple[tuple[str, ...], str], dict[str, list[Element]]] = field(
        default_factory=dict
    )
    by_number: dict[tuple[tuple[str, ...], str], dict[float, list[Element]]] = field(
        default_factory=dict
    )

    def rows_at(self, steps: tuple[str, ...]) -> list[Element]:
        """Return the elements at a path below the root, such as ("item",)."""
        if steps not in self.rows:
            found = [self.root]
            for name in steps:
                found = [child for element in found for child in children_of(element, name)]
            self.rows[steps] = found
        return self.rows[steps]

    def rows_with(self, steps: tuple[str, ...], column: str, value: str | float) -> list[Element]:
        """Return the rows whose column equals a text, or a number when it is one."""
        key = (steps, column)
        if isinstance(value, str):
            if key not in self.by_text:
                self.by_text[key] = self._index(steps, column)
            return self.by_text[key].get(value, [])
        if key not in self.by_number:
            self.by_number[key] = {}
            for text, rows in self._index(steps, column).items():
                self.by_number[key].setdefault(to_number(text), []).extend(rows)
        return self.by_number[key].get(value, [])

    def _index(self, steps: tuple[str, ...], column: str) -> dict[str, list[Element]]:
        """Return the rows by the text of a column."""
        index: dict[str, list[Element]] = {}
        for row in self.rows_at(steps):
            index.setdefault(column_of(row, column), []).append(row)
        return index


def indexable(value: Value) -> bool:
    """Tell whether a value can be looked up: dates and truth values compare by other rules."""
    return isinstance(value, str) or (isinstance(value, float) and not isinstance(value, bool))
