"""A loaded form: what never changes while interviews run."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from conversations.xform.choices import ChoiceList
from conversations.xform.facts import Evaluate
from conversations.xform.question import QuestionType
from conversations.xform.rules import Order
from conversations.xform.texts import Label, Translations, code_of
from conversations.xform.tree import Node


@dataclass(frozen=True, slots=True, eq=False)
class FormQuestion:
    """A question as the author wrote it.

    Args of the constructor, where not plain:
        index: its place among the form's questions, stable within a form version.
        bot: chat hints (`bind::bot:*`, `body::bot:*`), without prefix.
        spoken: the same in each language of the form.
        section: label of the outermost group around it.
        answers: type of its node, which is what an answer must be.
    """

    path: str
    index: int
    type: QuestionType
    bot: Mapping[str, str]
    spoken: Mapping[str, Mapping[str, str]]
    number: int
    answers: str
    label: Label
    hint: Label
    section: Label
    choices: ChoiceList | None
    constraint: Evaluate | None
    constraint_message: Label
    required_message: Label


@dataclass(frozen=True, slots=True, eq=False)
class Setting:
    """A value that an event of the form sets (`<setvalue>`: dynamic default, trigger column)."""

    node: Node
    evaluate: Evaluate


@dataclass(frozen=True, slots=True)
class Flags:
    """What is fixed for each node: irrelevant, required or readonly without a condition."""

    relevant: tuple[bool, ...]
    required: tuple[bool, ...]
    readonly: tuple[bool, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """A form that interviews can run.

    Args of the constructor, where not plain:
        languages: names of its translations, () when it has one unnamed language.
        roles: what code looks for (`bot:role`) -> positioned path, calculates too.
        hints: positioned path -> chat hints of every node that has some.
        derived: numbers of nodes whose value is only ever calculated.
        below: for each node, the numbers of itself and all below it, each with its parent's.
        preloads: node number -> what is filled in at the start (jr:preload and its parameter).
    """

    id: str
    version: str
    title: str
    languages: tuple[str, ...]
    default_language: str
    questions: tuple[FormQuestion, ...]
    roles: Mapping[str, str]
    hints: Mapping[str, Mapping[str, str]]
    nodes: tuple[Node, ...]
    flags: Flags
    order: Order
    first_load: tuple[Setting, ...]
    changed: Mapping[int, tuple[Setting, ...]]
    preloads: Mapping[int, tuple[str, str]]
    translations: Translations
    derived: frozenset[int]
    below: tuple[tuple[tuple[int, int], ...], ...]
    by_path: Mapping[str, Node] = field(default_factory=dict)
    by_node: Mapping[int, FormQuestion] = field(default_factory=dict)

    def language_of(self, code: str | None) -> str | None:
        """Return the form's name for a language, en -> English (en); None when it has none."""
        return next((name for name in self.languages if code and code_of(name) == code), None)

    def question(self, path: str) -> FormQuestion:
        """Return the question at a positioned path.

        Raises:
            KeyError: there is none.
        """
        return self.by_node[self.by_path[path].number]
