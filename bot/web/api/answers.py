"""Tables as the interface gives them: always as they may be shared."""

from bot.definitions import load_definitions
from bot.places import Place, Places
from bot.statistics.asking import PROVINCE_CODE, Answer
from bot.web.api.models import (
    Code,
    Dimension,
    Division,
    Kept,
    Numbers,
    StatisticTable,
    TableKind,
    Tables,
)
from conversations.statistics.tables import changes, shares


def tables() -> Tables:
    """Return all tables with their dimensions and codes."""
    definitions = load_definitions()

    def dimension(name: str) -> Dimension:
        codes = definitions.lists.get(name, {})
        listed = tuple(Code(code=code, label=label) for code, label in codes.items())
        return Dimension(name=name, title=definitions.dimensions[name], codes=listed)

    return Tables(
        tables=tuple(
            TableKind(
                name=name,
                title=table.title,
                about=table.about,
                several=bool(table.several),
                dimensions=tuple(dimension(one) for one in table.dimensions),
            )
            for name, table in definitions.tables.items()
        )
    )


def division(places: Places, place_id: str) -> Division:
    """Return a place as the interface names it."""
    place = places.by_id.get(place_id)
    if place is None:
        return Division(
            code=PROVINCE_CODE, name=load_definitions().words.province, level="province"
        )
    return _division(place)


def _division(place: Place) -> Division:
    return Division.model_validate({"code": place.code, "name": place.name, "level": place.level})


def table(found: Answer, smallest: int) -> StatisticTable:
    """Return a table as it is given."""
    definitions, shown = load_definitions(), found.table
    lines = _lines(found)
    return StatisticTable(
        name=found.ask.name,
        title=shown.title,
        about=definitions.tables[found.ask.name].about,
        month=found.ask.month,
        closed=found.is_closed,
        counted_at=None if found.counted_at is None else found.counted_at.isoformat(),
        place=Code(code=shown.total.code, label=shown.total.label),
        rows=shown.layout.rows,
        columns=shown.layout.columns,
        codes=tuple(Code(code=one.code, label=one.label) for one in shown.columns),
        keep=tuple(
            Kept(dimension=name, code=code, label=definitions.label(name, code))
            for name, code in shown.layout.keep
        ),
        smallest=smallest,
        hidden=shown.hidden,
        lines=tuple(lines[:-1]),
        total=lines[-1],
    )


def _lines(found: Answer) -> list[Numbers]:
    codes = {line.id: line.code for line in found.table.lines}
    return [
        Numbers(
            code=line.code,
            label=line.label,
            depth=line.depth,
            within=codes.get(line.within, ""),
            counts=line.counts,
            total=line.total,
            shares=part,
            month_changes=month,
            year_changes=year,
        )
        for line, part, month, year in zip(
            found.table.all_lines,
            shares(found.table),
            changes(found.table, found.month_before),
            changes(found.table, found.year_before),
            strict=True,
        )
    ]
