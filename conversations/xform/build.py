"""Compiles the expressions and texts of a form, each in the place where it stands."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final
from xml.etree.ElementTree import Element

from conversations.xform.choices import ChoiceList
from conversations.xform.compiler import compile_text, compile_tree
from conversations.xform.errors import FormError
from conversations.xform.facts import Evaluate
from conversations.xform.instances import XFORMS, Instance
from conversations.xform.parser import parse
from conversations.xform.rows import Rows, compile_rows
from conversations.xform.rules import Rule, RuleKind
from conversations.xform.scope import Findings, Scope
from conversations.xform.shuffle import seed_of, shuffled
from conversations.xform.syntax import Call, Expression, Path
from conversations.xform.texts import NOTHING, Label, Phrase, Translations, parts_of, phrase_of
from conversations.xform.tree import Node

_ITEXT_OPEN: Final = "jr:itext('"
_ITEXT_CLOSE: Final = "')"


@dataclass(frozen=True, slots=True)
class Builder:
    """What every expression of the form is compiled against."""

    root: Node
    instances: Mapping[str, Instance]
    translations: Translations
    version: str

    def scope(self, node: Node, column: str) -> Scope:
        """Return the place of an expression of a node."""
        where = f"{node.name}, {column}"
        return Scope(self.root, node, node, self.instances, where, self.version)

    def expression(self, text: str, node: Node, column: str) -> Evaluate:
        """Compile an expression that stands at a node."""
        return compile_text(text, self.scope(node, column))

    def rule(self, kind: RuleKind, node: Node, text: str) -> Rule:
        """Compile a rule and note what it reads."""
        scope = self.scope(node, "calculation" if kind == "calculate" else kind)
        evaluate = compile_text(text, scope)
        found: Findings = scope.findings
        return Rule(kind, node, evaluate, frozenset(found.nodes), found.uses_once)

    def label(self, element: Element | None, node: Node, column: str) -> Label:
        """Compile a label or hint: a text of its own, or one of the translations."""
        if element is None:
            return NOTHING
        reference = element.get("ref", "")
        if not reference:
            phrase = phrase_of(parts_of(element), lambda text: self.expression(text, node, column))
            return self.everywhere(phrase)
        return self.translated(_text_id(reference, node, column), node, column)

    def everywhere(self, phrase: Phrase) -> Label:
        """Return a label that is the same in every language."""
        return Label(dict.fromkeys(self.translations.languages or ("",), phrase))

    def translated(self, text_id: str, node: Node, column: str) -> Label:
        """Return the label of a text id."""
        phrases = {}
        for language in self.translations.languages:
            parts = self.translations.of(text_id, language)
            if parts is not None:
                phrases[language] = phrase_of(
                    parts, lambda text: self.expression(text, node, column)
                )
        return Label(phrases)

    def message(self, text: str, node: Node) -> Label:
        """Compile the message of a refused answer."""
        if text.startswith(_ITEXT_OPEN) and text.endswith(_ITEXT_CLOSE):
            return self.translated(_text_id(text, node, "message"), node, "message")
        return self.everywhere(Phrase((text,))) if text else NOTHING

    def choices(self, element: Element, node: Node) -> ChoiceList:
        """Compile where a question's choices come from."""
        itemset = element.find(XFORMS + "itemset")
        if itemset is None:
            return _fixed(element, self, node)
        scope = self.scope(node, "choice_filter")
        rows = self._rows(itemset.get("nodeset", ""), scope)
        value, label = itemset.find(XFORMS + "value"), itemset.find(XFORMS + "label")
        name = value.get("ref", "") if value is not None else "name"
        shown = label.get("ref", "") if label is not None else "label"
        translated = shown.startswith("jr:itext(")
        if translated:
            shown = shown.removeprefix("jr:itext(").removesuffix(")").strip()
        reads = tuple(sorted(scope.findings.nodes))
        return ChoiceList(rows, reads, name, shown, translated, self.choice_phrases(node))

    def _rows(self, nodeset: str, scope: Scope) -> Rows:
        """Compile the nodeset of choices."""
        tree = parse(nodeset, scope.where)
        if isinstance(tree, Call) and tree.name == "randomize" and tree.args:
            return self._shuffled(tree, scope)
        return self._listed(tree, scope)

    def _shuffled(self, call: Call, scope: Scope) -> Rows:
        """Compile randomize(). Without a seed the list's own order stays: a chat redraws it."""
        rows = self._listed(call.args[0], scope)
        if len(call.args) == 1:
            return rows
        seed = compile_tree(call.args[1], scope)
        return lambda facts, item: shuffled(rows(facts, item), seed_of(seed(facts, None)))

    def _listed(self, tree: Expression, scope: Scope) -> Rows:
        """Compile the path to the rows of a list."""
        if not isinstance(tree, Path) or tree.start != "instance":
            raise scope.refuse(
                "The choices come from answers of a repeat.", "Use a list of the choices sheet."
            )
        return compile_rows(tree, scope, compile_tree)

    def choice_phrases(self, node: Node) -> Callable[[str, str], Phrase | None]:
        """Return the finder of choice labels, compiled for a question when first shown."""

        @cache
        def phrase(text_id: str, language: str) -> Phrase | None:
            parts = self.translations.of(text_id, language)
            if parts is None:
                return None
            return phrase_of(parts, lambda text: self.expression(text, node, "choice label"))

        return phrase


def _text_id(reference: str, node: Node, column: str) -> str:
    """Return the id in jr:itext('id')."""
    if not (reference.startswith(_ITEXT_OPEN) and reference.endswith(_ITEXT_CLOSE)):
        raise FormError(f"{node.name}, {column}", "The text's reference is broken.", "Compile it.")
    return reference[len(_ITEXT_OPEN) : -len(_ITEXT_CLOSE)]


def _fixed(element: Element, builder: Builder, node: Node) -> ChoiceList:
    """Return choices that are written out in the body."""
    items = element.findall(XFORMS + "item")
    if not items:
        raise FormError(f"{node.name}, choices", "It has no choices.", "Add rows to its list.")
    return ChoiceList(
        lambda facts, item: items,
        reads=(),
        value="value",
        label="label",
        translated=False,
        phrase=builder.choice_phrases(node),
        written_out=True,
    )
