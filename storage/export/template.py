"""A template as configuration: which column of which sheet holds which answer, and how.

Ours is an .xlsx and a TOML file beside it (`default_template.toml`). A county's own is the file
that it uploaded, and the same mapping as JSON; nothing of it is code.
"""

import re
import tomllib
from pathlib import Path
from typing import Annotated, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from storage.export.errors import TemplateError
from storage.export.text import MAX_CELL

DEFAULT: Final = Path(__file__).with_name("default_template.toml")
REVIEW: Final = "review"
# The number of a row in its file, from 1: not an answer either.
SERIAL: Final = "serial"
MAX_COLUMNS: Final = 16_384
MAX_TITLE: Final = 100
MAX_OPTIONS: Final = 5_000

_CONFIG: Final = ConfigDict(frozen=True, extra="forbid")
_LETTERS: Final = re.compile(r"[A-Z]{1,3}")


class Column(BaseModel):
    """One column: the roles that it shows, joined, and how.

    Attributes:
        roles: none where the column holds the same words in every row, or nothing.
        constant: these words.
        allowed: the drop-down of the template, () where people may write what they like.
        first: of several answers only the first one is written, as a drop-down takes it.
    """

    model_config = _CONFIG

    title: Annotated[str, Field(min_length=1, max_length=MAX_TITLE)]
    roles: Annotated[tuple[str, ...], Field(max_length=10)] = ()
    constant: Annotated[str, Field(max_length=200)] = ""
    allowed: Annotated[tuple[str, ...], Field(max_length=MAX_OPTIONS)] = ()
    first: bool = False
    group: str = ""
    join: str = ""
    list: str = ""
    value: Literal["setting", "label", "code"] = "setting"
    kind: Literal["text", "month", "number"] = "text"
    max: Annotated[int, Field(ge=1, le=MAX_CELL)] = MAX_CELL
    width: Annotated[float, Field(gt=0, le=255)] = 12
    letter: Annotated[str, Field(pattern=_LETTERS.pattern)] | None = None


class Template(BaseModel):
    """A sheet of an .xlsx, the row where people begin, and its columns.

    Attributes:
        file: the .xlsx, relative to the TOML file.
        heading: last row of the headings, 0 where nobody looked for them.
        first_row: first row with a person in it; the rows above are kept as they are.
        lists: official wording by list and code (the platform's 参考项).
        role_lists: the list of a role that is not the first of its column.
    """

    model_config = _CONFIG

    title: str
    file: str
    sheet: str
    heading: Annotated[int, Field(ge=0, le=1_000)] = 0
    first_row: Annotated[int, Field(ge=1, le=1_000)]
    columns: Annotated[tuple[Column, ...], Field(min_length=1, max_length=500)]
    lists: dict[str, dict[str, str]] = {}
    role_lists: dict[str, str] = {}

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        for column in self.columns:
            if column.roles and column.constant:
                raise ValueError(f"column {column.title}: either roles or a constant")
            if column.list and column.list not in self.lists:
                raise ValueError(f"column {column.title}: there is no [lists.{column.list}]")
        for role, name in self.role_lists.items():
            if name not in self.lists:
                raise ValueError(f"role_lists.{role}: there is no [lists.{name}]")
        letters = self.letters
        if len(set(letters)) != len(letters):
            raise ValueError("two columns stand at the same letter")
        if max(map(number_of, letters)) > MAX_COLUMNS:
            raise ValueError("an Excel sheet ends at column XFD")
        return self

    @property
    def letters(self) -> tuple[str, ...]:
        """Return the letter of each column; those without one follow the column before."""
        letters: list[str] = []
        for column in self.columns:
            following = number_of(letters[-1]) + 1 if letters else 1
            letters.append(column.letter or letter_of(following))
        return tuple(letters)


def letter_of(number: int) -> str:
    """Return the letters of a column, 1 is A, 27 is AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def number_of(letters: str) -> int:
    """Return the number of a column, A is 1."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def load_template(path: Path = DEFAULT) -> Template:
    """Return the mapping of a TOML file.

    Raises:
        TemplateError: the file cannot be read, is no TOML, or a key of it is wrong.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        return Template.model_validate(content)
    except OSError as error:
        raise TemplateError(str(path), error.strerror or "unreadable", "Name a file") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise TemplateError(path.name, f"no TOML in UTF-8: {error}", "Mend that line") from None
    except ValidationError as error:
        raise TemplateError(path.name, *_first_fault(error)) from None


def _first_fault(error: ValidationError) -> tuple[str, str]:
    """Return the first fault with its key, and how to mend it."""
    first = error.errors(include_url=False)[0]
    key = ".".join(str(step) for step in first["loc"]) or "the mapping"
    reason = first["msg"].removeprefix("Value error, ")
    return f"{key}: {reason}", "See storage/export/default_template.toml for every key"
