"""Loads the named statements of storage/queries through aiosql.

Every `*.sql` there is shared by both engines; a statement of the same file and name in
`queries/sqlite` or `queries/postgres` takes its place on that engine. Only plain queries and
`^` (at most one row) are used: other operators answer differently on the two drivers.
"""

from collections.abc import AsyncIterator, Callable, Mapping
from operator import attrgetter
from pathlib import Path
from typing import Any, Final

from aiosql.queries import Queries
from aiosql.query_loader import QueryLoader
from aiosql.types import QueryDataTree, QueryDatum, QueryFn, SQLOperationType

FOLDER: Final = Path(__file__).parent / "queries"
_ALLOWED: Final = (SQLOperationType.SELECT, SQLOperationType.SELECT_ONE)

Statement = QueryFn


class Driver:
    """The part of aiosql's driver protocol that plain and `^` queries need.

    Args:
        prepare: turns the SQL of a named statement into what the driver runs.
        fetch: runs that in one call; a row is had by position in its list.
    """

    is_aio_driver = True

    def __init__(
        self, prepare: Callable[[str, str], str], fetch: Callable[[Any, str, str, Any, bool], Any]
    ) -> None:
        self._prepare = prepare
        self._fetch = fetch

    def process_sql(self, query_name: str, op_type: SQLOperationType, sql: str) -> str:
        """Return the driver's form of a statement."""
        return self._prepare(query_name, sql)

    async def select(
        self, connection: Any, name: str, sql: str, values: Any, record_class: Any = None
    ) -> AsyncIterator[Any]:
        """Yield the rows, all fetched at once."""
        for row in await self._fetch(connection, name, sql, values, False):
            yield row

    async def select_one(
        self, connection: Any, name: str, sql: str, values: Any, record_class: Any = None
    ) -> Any:
        """Return the first row or None."""
        return await self._fetch(connection, name, sql, values, True)


def load_statements(engine: str, driver: Driver) -> Mapping[str, Statement]:
    """Return the statements of one engine by `file.name`."""
    adapter: Any = driver
    tree: dict[str, dict[str, QueryDatum]] = {}
    for folder in (FOLDER, FOLDER / engine):
        for path in sorted(folder.glob("*.sql")):
            tree.setdefault(path.stem, {}).update(read_statements(path, driver))
    whole: QueryDataTree = {**tree}
    queries = Queries(adapter).load_from_tree(whole)
    names = (f"{stem}.{name}" for stem, found in tree.items() for name in found)
    return {name: attrgetter(name)(queries) for name in names}


def read_statements(path: Path, driver: Driver) -> dict[str, QueryDatum]:
    """Return the statements of one file by name.

    Raises:
        ValueError: one has an operator that the two drivers answer differently.
    """
    adapter: Any = driver
    found = {}
    for datum in QueryLoader(adapter, None).load_query_data_from_file(
        path, [path.stem], encoding="utf-8"
    ):
        if datum.operation_type not in _ALLOWED:
            raise ValueError(f"{datum.query_name}: only plain and ^ queries are portable")
        found[datum.query_name.rpartition(".")[2]] = datum
    return found
