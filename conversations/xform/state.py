"""What one interview holds while it runs, and how a new value spreads."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from xml.etree.ElementTree import Element

from conversations.xform.answers import (
    Kept,
    keep_result,
    kept_text,
    read_answer,
    read_default,
    seen_as,
)
from conversations.xform.errors import EvaluationError
from conversations.xform.facts import Evaluate, Facts
from conversations.xform.form import Form, FormQuestion, Setting
from conversations.xform.functions import uuid_text
from conversations.xform.rules import Rule
from conversations.xform.strings import choices_of
from conversations.xform.values import to_boolean

_DEEPEST = 20


def _no_chance() -> float:
    """Refuse chance: the core has none of its own."""
    raise EvaluationError("The form uses random() or uuid(), and nobody gave it chance numbers.")


class State:
    """Values and flags of every node, by number."""

    def __init__(
        self, form: Form, now: datetime, language: str, chance: Callable[[], float] | None
    ) -> None:
        if now.tzinfo is None:
            raise ValueError("now must be an aware datetime")
        size = len(form.nodes)
        self.form = form
        self.language = language
        self.kept: list[Kept] = [None] * size
        self.own = list(form.flags.relevant)
        self.required = list(form.flags.required)
        self.readonly = list(form.flags.readonly)
        self._chance = chance
        self.facts = Facts(
            seen=[""] * size,
            relevant=[True] * size,
            now=now,
            zone=now.tzinfo,
            choice_label=self._choice_label,
            itext=self._itext,
            chance=chance or _no_chance,
        )
        self._offered: dict[int, tuple[tuple[Kept, ...], list[Element], frozenset[str]]] = {}
        for number, own in enumerate(self.own):
            if not own:
                self._spread(number)

    def begin(self) -> None:
        """Fill in what a new interview starts with, as JavaRosa does: defaults, then rules."""
        zone = self.facts.zone
        for node in self.form.nodes:
            if node.default:
                self.put(node.number, read_default(node.type, node.default, zone))
        for number, (kind, parameter) in self.form.preloads.items():
            filled = self._preload(kind, parameter)
            if filled is not None:
                self.put(number, filled)
        for setting in self.form.first_load:
            self._set(setting, 0)
        self.run(self.form.order.rules)

    def resume(self, values: Mapping[str, str]) -> None:
        """Put stored answers back and run every rule once."""
        given = set()
        by_path, derived, zone = self.form.by_path, self.form.derived, self.facts.zone
        for path, text in values.items():
            node = by_path.get(path)
            if node is not None and node.number not in derived:
                self.put(node.number, read_default(node.type, text, zone))
                given.add(node.number)
        # A question with a calculation keeps what the person made of it.
        self.run(
            rule
            for rule in self.form.order.rules
            if rule.number not in given or rule.kind != "calculate" or rule.once
        )

    def put(self, number: int, kept: Kept) -> None:
        """Hold a value, without telling anybody."""
        self.kept[number] = kept
        if self.facts.relevant[number]:
            self.facts.seen[number] = seen_as(kept, self.facts.zone)

    def commit(self, number: int, kept: Kept, depth: int = 0) -> None:
        """Hold a new value and run all that follows from it.

        Raises:
            EvaluationError: some rule failed; all others ran.
        """
        if kept is None and self.kept[number] is None and depth == 0:
            return
        changed = kept_text(self.kept[number]) != kept_text(kept)
        self.put(number, kept)
        self.run(self.form.order.after(number))
        if changed and depth < _DEEPEST:
            for setting in self.form.changed.get(number, ()):
                self._set(setting, depth + 1)

    def run(self, rules: Iterable[Rule]) -> None:
        """Run rules in order; the first fault is raised after all of them ran."""
        fault: EvaluationError | None = None
        facts, own = self.facts, self.own
        for rule in rules:
            number, kind = rule.number, rule.kind
            try:
                value = rule.evaluate(facts, None)
                if kind == "calculate":
                    self.put(number, keep_result(rule.node.type, value))
                    continue
            except EvaluationError as error:
                fault = fault or EvaluationError(f"{rule.node.name}, {kind}: {error}")
                continue
            truth = value is True or to_boolean(value)
            if kind == "relevant":
                if own[number] is not truth:
                    own[number] = truth
                    self._spread(number)
            elif kind == "required":
                self.required[number] = truth
            else:
                self.readonly[number] = truth
        if fault is not None:
            raise fault

    def holds_for(self, constraint: Evaluate, number: int, kept: Kept) -> bool:
        """Tell whether a constraint is true of a value as if it were kept."""
        seen = self.facts.seen
        before = seen[number]
        seen[number] = seen_as(kept, self.facts.zone)
        try:
            return to_boolean(constraint(self.facts, None))
        finally:
            seen[number] = before

    def offered(self, question: FormQuestion) -> tuple[list[Element], frozenset[str]]:
        """Return the rows offered and their names.

        Made anew only when a value changed that the filter reads, be it relevant or not: so does
        JavaRosa, and a list shown once stays when its question before is hidden.
        """
        source = question.choices
        if source is None:
            return [], frozenset()
        key = tuple([self.kept[number] for number in source.reads])
        found = self._offered.get(question.number)
        if found is None or found[0] != key:
            rows = source.rows(self.facts, None)
            found = (key, rows, source.names(rows))
            self._offered[question.number] = found
        return found[1], found[2]

    def offered_names(self, question: FormQuestion) -> frozenset[str]:
        """Return the names of the choices offered."""
        return self.offered(question)[1]

    def look_at(self, question: FormQuestion) -> list[Element]:
        """Return the rows offered, and drop from the answer what is not among them."""
        rows, names = self.offered(question)
        kept = self.kept[question.number]
        if kept is None or not question.choices or question.choices.written_out:
            return rows
        if question.type == "select_one":
            if kept_text(kept) not in names:
                self.put(question.number, None)
        else:
            left = [name for name in choices_of(kept_text(kept)) if name in names]
            # Empty, but not None: as in JavaRosa, clearing it again still sets rules off.
            self.put(question.number, " ".join(left))
        return rows

    def _spread(self, number: int) -> None:
        """Work out relevance below a node, and what expressions see there."""
        facts, own, kept = self.facts, self.own, self.kept
        relevant, seen = facts.relevant, facts.seen
        for at, parent in self.form.below[number]:
            relevant[at] = shown = own[at] and (parent < 0 or relevant[parent])
            value = kept[at]
            seen[at] = seen_as(value, facts.zone) if shown and value is not None else ""

    def _set(self, setting: Setting, depth: int) -> None:
        """Set a value as an event of the form does."""
        node, zone = setting.node, self.facts.zone
        made = keep_result(node.type, setting.evaluate(self.facts, None))
        try:
            kept = read_answer(node.type, kept_text(made), zone)
        except ValueError as error:
            raise EvaluationError(f"{node.name}: its default is of another type.") from error
        self.commit(node.number, kept, depth + 1)

    def _preload(self, kind: str, parameter: str) -> Kept:
        """Return what jr:preload fills in; what a chat does not know stays empty."""
        match kind, parameter:
            case "date", "today":
                return self.facts.now.date()
            case "timestamp", "start":
                return self.facts.now
            case "uid", _ if self._chance is not None:
                return f"uuid:{uuid_text(self._chance)}"
        return None

    def _choice_label(self, number: int, name: str) -> str:
        """Return the label of a choice, for jr:choice-name()."""
        question = self.form.by_node.get(number)
        if question is None or question.choices is None:
            return ""
        for row in self.look_at(question):
            if question.choices.name(row) == name:
                return question.choices.choice(row, self.facts, self.language).label
        return ""

    def _itext(self, text_id: str) -> str:
        """Return a text of the form, for jr:itext(). Its outputs are not filled in."""
        parts = self.form.translations.of(text_id, self.language)
        if parts is None:
            return f"[itext:{text_id}]"
        return "".join(part for part in parts if isinstance(part, str))
