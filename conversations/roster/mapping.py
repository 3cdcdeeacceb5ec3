"""What the clerk said of a file: which column is which role, and what holds for all rows."""

from collections.abc import Mapping, Sequence

from pydantic import BaseModel, ConfigDict, Field

from conversations.roster.titles import Guess
from conversations.roster.words import NEEDED


class ColumnMapping(BaseModel):
    """Columns by role, counted from 0; `fixed` are values by role for the whole file.

    Attributes:
        sheet: number of the sheet, None while nobody chose one.
        heading: the last line of the titles; people stand below it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    sheet: int | None = None
    heading: int = 0
    columns: dict[str, int] = Field(default_factory=dict)
    fixed: dict[str, str] = Field(default_factory=dict)

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the needed roles that neither a column nor the whole file gives."""
        given = self.columns.keys() | self.fixed.keys()
        if "address" in given:
            given = given | {"township"}
        return tuple(role for role in NEEDED if role not in given)

    @property
    def doubled(self) -> tuple[str, ...]:
        """Return the roles that share a column with another one."""
        columns = list(self.columns.values())
        return tuple(role for role, at in self.columns.items() if columns.count(at) > 1)


def proposed(
    guesses: Mapping[str, Guess], fixed: Mapping[str, str], sheet: int, heading: int
) -> ColumnMapping:
    """Return the mapping to show first; a column of the file goes before what the file is called.

    Args:
        fixed: values that the account, the sheet's name or the lines above the titles give.
    """
    columns = {role: guess.column for role, guess in guesses.items()}
    kept = {role: value for role, value in fixed.items() if value and role not in columns}
    return ColumnMapping(sheet=sheet, heading=heading, columns=columns, fixed=kept)


def cells_by_role(mapping: ColumnMapping, cells: Sequence[str]) -> dict[str, str]:
    """Return what a row holds by role, freed of what keeps Excel from cutting numbers."""
    return {
        role: tidied(cells[at]) if at < len(cells) else "" for role, at in mapping.columns.items()
    }


def tidied(cell: str) -> str:
    """Return a cell without spaces around it, a leading apostrophe or ="…"."""
    text = cell.strip()
    if text[:1] in "'=":
        text = text.removeprefix("'").removeprefix('="').removesuffix('"').strip()
    return text
