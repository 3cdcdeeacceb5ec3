"""`xiangwen export template`: the platform's empty template and what its columns hold."""

import asyncio
import json
from pathlib import Path

import click
from pydantic import ValidationError
from rich.console import Console
from rich.table import Table

from bot.cli.counties import database_of, find_county
from bot.cli.failures import Refusal
from bot.cli.given import with_settings
from bot.cli.who import operator
from bot.exporting.templates import sample_of, take_in
from bot.forms.kept import compiled
from bot.opening import utc_now
from bot.places import Place, load_places
from bot.settings import Settings
from conversations.lobby.wishes import tag_of
from conversations.xform import Form, load_form
from storage import audits, official_templates
from storage.export.changes import Changes
from storage.export.checks import faults
from storage.export.proving import prove
from storage.export.template import Template
from storage.official_templates import Mapping
from storage.transaction import Transaction

_COUNTY = click.option("--county", required=True, metavar="CODE", help="Six-digit code.")


@click.group("template")
def templates() -> None:
    """The county's own template: add it, look at its mapping, put it into use."""


@templates.command("add")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@_COUNTY
@with_settings
def add(settings: Settings, file: Path, county: str) -> None:
    """Take in the platform's empty .xlsx and guess what its columns hold."""
    for line in asyncio.run(_add(settings, file.name, file.read_bytes(), _place(county))):
        click.echo(line)


@templates.command("show")
@click.argument("mapping", required=False)
@_COUNTY
@with_settings
def show(settings: Settings, mapping: str | None, county: str) -> None:
    """Show a mapping with one made-up person; without MAPPING list all of the county."""
    asyncio.run(_show(settings, mapping, _place(county)))


@templates.command("map")
@click.argument("mapping")
@_COUNTY
@click.option("--write", type=click.Path(path_type=Path), help="Write the mapping to this .json.")
@click.option(
    "--read",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Take the mapping from this .json as the next draft.",
)
@with_settings
def map_columns(
    settings: Settings, mapping: str, county: str, write: Path | None, read: Path | None
) -> None:
    """Correct a mapping: write it to a file, edit that, and read it again as the next draft."""
    if (write is None) == (read is None):
        raise click.UsageError("Take either --write FILE or --read FILE.")
    click.echo(asyncio.run(_map(settings, mapping, _place(county), (write, read))))


@templates.command("activate")
@click.argument("mapping")
@_COUNTY
@click.option("--accept", is_flag=True, help="Also with warnings.")
@with_settings
def activate(settings: Settings, mapping: str, county: str, accept: bool) -> None:
    """Let the county export by this mapping from now on."""
    for line in asyncio.run(_activate(settings, mapping, _place(county), accept=accept)):
        click.echo(line)


async def _add(settings: Settings, name: str, content: bytes, county: Place) -> list[str]:
    now = utc_now()
    await prove(content, name)
    async with database_of(settings) as database, database.transaction() as tx:
        taken = await take_in(tx, county.id, name, content, by=operator(), now=now)
        await _note(tx, "template.add", county)
        mapping = await official_templates.mapping(tx, taken.mapping_id)
    if mapping is None:
        raise LookupError(taken.mapping_id)
    lines = [f"Taken in; its mapping is {tag_of(mapping.id)} (draft)."]
    lines += _changed(taken.changed)
    lines += _faults(mapping.template, _form(settings))
    return [*lines, f"Look at it: xiangwen export template show {tag_of(mapping.id)}"]


def _changed(changed: Changes | None) -> list[str]:
    if not changed:
        return []
    told = {
        "new": changed.new,
        "gone": changed.gone,
        "moved": changed.moved,
        "other wordings": changed.reworded,
    }
    return [f"{what}: {'、'.join(titles)}" for what, titles in told.items() if titles]


def _faults(template: Template, form: Form) -> list[str]:
    lines = []
    for fault in faults(template, frozenset(form.roles)):
        kind = "fault" if fault.stops else "warning"
        words = "、".join(fault.words)
        lines.append(f"{kind}: {fault.key} {fault.title} {words}".replace("  ", " "))
    return lines


async def _show(settings: Settings, tag: str | None, county: Place) -> None:
    async with database_of(settings) as database, database.reading() as reading:
        found = await official_templates.mappings(reading, county.id)
    if tag is None:
        for one in found:
            at = one.at.astimezone(settings.zone)
            click.echo(f"{tag_of(one.id)}  {one.state:<8}  {at:%Y-%m-%d %H:%M}  {one.by}")
        if not found:
            click.echo("No template yet: the county exports into ours.")
        return
    mapping = _named(found, tag)
    table = Table("", "column", "holds", "sample", title=mapping.template.sheet)
    for column, (letter, title, cell) in zip(
        mapping.template.columns, sample_of(mapping.template), strict=True
    ):
        holds = " + ".join(column.roles) or (f"“{column.constant}”" if column.constant else "—")
        table.add_row(letter, title, holds, cell)
    Console().print(table)
    for line in _faults(mapping.template, _form(settings)):
        click.echo(line)


async def _map(
    settings: Settings, tag: str, county: Place, files: tuple[Path | None, Path | None]
) -> str:
    write, read = files
    async with database_of(settings) as database, database.transaction() as tx:
        mapping = _named(await official_templates.mappings(tx, county.id), tag)
        if write is not None:
            content = mapping.template.model_dump(exclude_defaults=True)
            text = json.dumps(content, ensure_ascii=False, indent=2)
            write.write_text(text, encoding="utf-8")
            return f"Written to {write}. Edit it, then --read it."
        template = _read(read or Path())
        new = await official_templates.add_mapping(
            tx, mapping.template_id, template, by=operator(), now=utc_now()
        )
        await _note(tx, "template.map", county)
    return f"The next draft is {tag_of(new)}."


def _read(file: Path) -> Template:
    try:
        return Template.model_validate_json(file.read_text(encoding="utf-8"))
    except (ValidationError, UnicodeDecodeError) as error:
        if isinstance(error, ValidationError):
            first = error.errors(include_url=False)[0]
            where = ".".join(map(str, first["loc"]))
            raise Refusal(f"{file.name}: {where}: {first['msg']}") from None
        raise Refusal(f"{file.name}: no UTF-8") from None


async def _activate(settings: Settings, tag: str, county: Place, *, accept: bool) -> list[str]:
    async with database_of(settings) as database, database.transaction() as tx:
        mapping = _named(await official_templates.mappings(tx, county.id), tag)
        found = faults(mapping.template, frozenset(_form(settings).roles))
        if any(fault.stops for fault in found) or (found and not accept):
            lines = _faults(mapping.template, _form(settings))
            cure = "Correct the mapping" if any(f.stops for f in found) else "Add --accept"
            raise Refusal("\n".join([*lines, f"{cure}: xiangwen export template map {tag}"]))
        await official_templates.activate(tx, county.id, mapping.id)
        await _note(tx, "template.activate", county)
    return [f"{county.name} exports by {tag} from now on."]


def _named(found: list[Mapping], tag: str) -> Mapping:
    one = next((one for one in found if tag_of(one.id) == tag), None)
    if one is None:
        raise Refusal(f"{tag}: no mapping of this county; see xiangwen export template show")
    return one


async def _note(tx: Transaction, action: str, county: Place) -> None:
    scope = f"place:{county.id}"
    await audits.write(tx, actor=operator(), action=action, scope=scope, now=utc_now())


def _form(settings: Settings) -> Form:
    return load_form(compiled(settings.form.file))


def _place(code: str) -> Place:
    return find_county(load_places(), code)
