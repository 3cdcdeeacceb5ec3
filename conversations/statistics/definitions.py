"""What the monthly tables are: their dimensions, the codes of these, and the words for both."""

from collections.abc import Mapping
from typing import Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

# The code of whoever gave no answer, and the row of those whose township nobody knows.
NOT_SAID: Final = ""
# By these a table is about places rather than people's answers; it is always there.
PLACE: Final = "place_id"
_DEMOGRAPHY: Final = frozenset(("age", "sex", "education"))

Measure = Literal["count", "share", "month", "year"]
MEASURES: Final[tuple[Measure, ...]] = ("count", "share", "month", "year")


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Ages(_Frozen):
    """The last year of age of each band but the last, which is open."""

    last: tuple[int, int, int, int, int]


class Words(_Frozen):
    """How a code is shown that no list has words for."""

    not_said: str
    other: str
    month: str
    rest: str
    province: str


class Definition(_Frozen):
    """One table.

    Attributes:
        about: whom it counts, in a sentence.
        dimensions: in the order in which their codes name a cell.
        several: the dimension of which a person may have given more than one; "" for none.
    """

    title: str
    about: str
    dimensions: tuple[str, ...] = Field(min_length=1)
    several: str = ""

    @property
    def topic(self) -> str:
        """Return the dimension that the table is about."""
        asked = [name for name in self.dimensions if name not in _DEMOGRAPHY]
        return asked[0] if asked else self.dimensions[0]


class Definitions(_Frozen):
    """All tables, as the file `statistics.toml` says."""

    ages: Ages
    words: Words
    dimensions: Mapping[str, str]
    tables: Mapping[str, Definition]
    lists: Mapping[str, Mapping[str, str]]

    @model_validator(mode="after")
    def _names_are_known(self) -> Self:
        for name, table in self.tables.items():
            unknown = set(table.dimensions) - self.dimensions.keys()
            if unknown or (table.several and table.several not in table.dimensions):
                raise ValueError(f"table {name} has a dimension that is not described")
        return self

    def label(self, dimension: str, code: str) -> str:
        """Return the words for a code; those who gave no answer have words too."""
        if code == NOT_SAID:
            return self.words.not_said
        if dimension == "month" and code[5:7].isdecimal():
            return self.words.month.format(year=code[:4], month=int(code[5:7]))
        return self.lists.get(dimension, {}).get(code, self.words.other.format(code=code))

    def ordered(self, dimension: str, found: set[str]) -> tuple[str, ...]:
        """Return the codes of a dimension as they stand in a table.

        All that are listed, then others that were found, such as an older form's, and last those
        who gave no answer, if there are any.
        """
        listed = tuple(self.lists.get(dimension, {}))
        others = tuple(sorted(found - set(listed) - {NOT_SAID}))
        silent = (NOT_SAID,) if NOT_SAID in found else ()
        return (*listed, *others, *silent)
