"""One question as a person meets it: the engine's only output that others read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

QuestionType = Literal[
    "text", "integer", "decimal", "date", "select_one", "select_multiple", "note", "acknowledge"
]


@dataclass(frozen=True, slots=True)
class Choice:
    """One option: `name` is stored, `label` is shown."""

    name: str
    label: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question with labels and choices computed for one moment of one interview.

    Args of the constructor, where not plain:
        path: positioned, `/data/identity[1]/name[1]`.
        index: its place among the form's questions, stable within a form version.
        value: the present answer, "" when there is none; several choices separated by a space.
        bot: the chat hints of the form (`bind::bot:*`, `body::bot:*` columns), without prefix.
        section: label of the outermost group, "" outside of groups.
        language: code of the language that it is said in, "" when the form names none.
    """

    path: str
    index: int
    type: QuestionType
    label: str
    hint: str
    choices: tuple[Choice, ...]
    required: bool
    value: str
    bot: Mapping[str, str]
    section: str
    language: str = ""
