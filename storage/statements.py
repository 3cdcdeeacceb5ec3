"""Loads the named statements of storage/queries; aiosql reads the files.

Every `*.sql` there is shared by both engines; a statement of the same file and name in
`queries/sqlite` or `queries/postgres` takes its place on that engine. A list is read by
`json_each(:name)` on both (`postgres.numbered`). Only plain queries and `^` (at most one row) are
used: other operators answer differently on the two drivers.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from aiosql.query_loader import QueryLoader
from aiosql.types import SQLOperationType

FOLDER: Final = Path(__file__).parent / "queries"
_ALLOWED: Final = (SQLOperationType.SELECT, SQLOperationType.SELECT_ONE)

Prepare = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Statement:
    """A named statement.

    Args of the constructor:
        sql: what the engine's driver runs.
        parameters: names of the values, in the order of their first use.
        is_one: at most one row is wanted.
    """

    sql: str
    parameters: tuple[str, ...]
    is_one: bool


@cache
def load_statements(engine: str, prepare: Prepare) -> Mapping[str, Statement]:
    """Return the statements of one engine by `file.name`.

    Args:
        prepare: turns SQL with `:name` for its values into what the driver runs.
    """
    found: dict[str, Statement] = {}
    for folder in (FOLDER, FOLDER / engine):
        for path in sorted(folder.glob("*.sql")):
            found.update(read_statements(path, prepare))
    return MappingProxyType(found)


def read_statements(path: Path, prepare: Prepare) -> dict[str, Statement]:
    """Return the statements of one file by `file.name`.

    Raises:
        ValueError: one has an operator that the two drivers answer differently.
    """
    adapter: Any = _AsWritten()
    found = {}
    for datum in QueryLoader(adapter, None).load_query_data_from_file(
        path, [path.stem], encoding="utf-8"
    ):
        if datum.operation_type not in _ALLOWED:
            raise ValueError(f"{datum.query_name}: only plain and ^ queries are portable")
        # The signature leaves out what only looks like a value, in quotes or after `::`.
        names = tuple(datum.signature.parameters)[1:] if datum.signature else ()
        is_one = datum.operation_type is SQLOperationType.SELECT_ONE
        found[datum.query_name] = Statement(prepare(datum.sql), names, is_one)
    return found


class _AsWritten:
    """The part of aiosql's driver protocol that reading needs."""

    def process_sql(self, _name: str, _operation: SQLOperationType, sql: str) -> str:
        """Return the SQL as it was written."""
        return sql
