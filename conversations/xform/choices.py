"""Where a question's choices come from, and how a row of a list becomes a choice."""

from collections.abc import Callable
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from conversations.xform.facts import Facts
from conversations.xform.instances import XFORMS, column_of
from conversations.xform.question import Choice
from conversations.xform.rows import Rows
from conversations.xform.texts import Phrase


@dataclass(slots=True, eq=False)
class ChoiceList:
    """The choices of one question.

    Args of the constructor, where not plain:
        reads: numbers of the nodes that the choice filter looks at.
        value: column that holds the name.
        label: column that holds the label, or the id of its text when `translated`.
        phrase: text id and language -> the text, compiled for this question.
        written_out: the choices stand in the body itself, not in a list.
    """

    rows: Rows
    reads: tuple[int, ...]
    value: str
    label: str
    translated: bool
    phrase: Callable[[str, str], Phrase | None]
    written_out: bool = False
    made: dict[str, dict[Element, Choice]] = field(default_factory=dict)
    spoken: dict[str, dict[Element, tuple[str, Phrase]]] = field(default_factory=dict)
    named: dict[Element, str] = field(default_factory=dict)
    all_names: frozenset[str] | None = None

    def name(self, row: Element) -> str:
        """Return the name of a row's choice."""
        found = self.named.get(row)
        if found is None:
            found = self.named[row] = column_of(row, self.value)
        return found

    def names(self, rows: list[Element]) -> frozenset[str]:
        """Return the names of rows; the whole list's are made once."""
        if not self.reads:
            if self.all_names is None:
                self.all_names = frozenset(map(self.name, rows))
            return self.all_names
        return frozenset(map(self.name, rows))

    def choice(self, row: Element, facts: Facts, language: str) -> Choice:
        """Return a row as a choice; those whose label holds no answer are made once."""
        made = self.made.setdefault(language, {})
        found = made.get(row)
        if found is not None:
            return found
        spoken = self.spoken.setdefault(language, {})
        if row not in spoken:
            spoken[row] = (self.name(row), self._phrase(row, language))
        name, phrase = spoken[row]
        choice = Choice(name, phrase.say(facts))
        if all(isinstance(piece, str) for piece in phrase.pieces):
            made[row] = choice
        return choice

    def _phrase(self, row: Element, language: str) -> Phrase:
        """Return the text of a row's label."""
        text = column_of(row, self.label)
        if self.written_out:
            reference = row.find(XFORMS + self.label)
            text_id = "" if reference is None else reference.get("ref", "")
            if text_id.startswith("jr:itext('"):
                return self.phrase(text_id[10:-2], language) or Phrase(())
        if not self.translated:
            return Phrase((text,))
        return self.phrase(text, language) or Phrase(())
