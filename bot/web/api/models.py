"""What the interface answers with; what each field means stands in the catalogue, by its name."""

from typing import Literal

from pydantic import BaseModel, ConfigDict


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Code(_Frozen):
    """A code with its words."""

    code: str
    label: str


class Dimension(_Frozen):
    """What a table can be laid out by."""

    name: str
    title: str
    codes: tuple[Code, ...]


class TableKind(_Frozen):
    """One of the tables that there are."""

    name: str
    title: str
    about: str
    several: bool
    dimensions: tuple[Dimension, ...]


class Tables(_Frozen):
    """All tables."""

    tables: tuple[TableKind, ...]


class MonthState(_Frozen):
    """A month that was counted."""

    month: str
    closed: bool
    since: str


class Months(_Frozen):
    """All months, the oldest first."""

    months: tuple[MonthState, ...]


class Division(_Frozen):
    """A place by its official code."""

    code: str
    name: str
    level: Literal["province", "city", "county", "township"]


class Divisions(_Frozen):
    """A place, and those right below it."""

    place: Division
    below: tuple[Division, ...]


class Numbers(_Frozen):
    """One line of a table; null stands where a number is not shared, or cannot be told."""

    code: str
    label: str
    depth: int
    within: str
    counts: tuple[int | None, ...]
    total: int | None
    shares: tuple[float | None, ...]
    month_changes: tuple[int | None, ...]
    year_changes: tuple[int | None, ...]


class Kept(_Frozen):
    """A dimension that the table was narrowed in."""

    dimension: str
    code: str
    label: str


class StatisticTable(_Frozen):
    """A table of a place in a month."""

    name: str
    title: str
    about: str
    month: str
    closed: bool
    counted_at: str | None
    place: Code
    rows: str
    columns: str
    codes: tuple[Code, ...]
    keep: tuple[Kept, ...]
    smallest: int
    hidden: int
    lines: tuple[Numbers, ...]
    total: Numbers


class Problem(_Frozen):
    """What is wrong with a request (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    field: str = ""
    allowed: tuple[str, ...] = ()


MODELS: tuple[type[BaseModel], ...] = (
    *(Tables, TableKind, Dimension, Code, Months, MonthState, Divisions, Division),
    *(StatisticTable, Numbers, Kept, Problem),
)
