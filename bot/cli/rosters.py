"""`xiangwen roster`: take over who is known, check a file first, take one back, say who is due."""

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import click

from bot.cli.failures import Refusal
from bot.cli.given import check_reason, with_settings
from bot.cli.rosters_run import Order, Result, added, checked, listed, taken_back, waiting
from bot.cli.rosters_told import due_lines, faults_in, import_line, told_of
from bot.places import load_places
from bot.settings import Settings
from conversations.roster.comparing import Rule
from conversations.scope import PROVINCE
from storage.export.target import new_file, refuse_existing

MOST_BYTES: Final = 64 << 20
_FILE: Final = click.argument("file", type=click.Path(path_type=Path))
_REASON: Final = click.option(
    "--reason", required=True, metavar="TEXT", help="Why; kept in the audit."
)
_COUNTY: Final = click.option(
    "--county", default="", metavar="CODE", help="Only people of this county; six digits."
)
_MAP: Final = click.option(
    "--map",
    "mapped",
    multiple=True,
    metavar="ROLE=TITLE",
    help="Which column is a role, where the titles do not say it.",
)


@click.group()
def roster() -> None:
    """Take over who is known before they answer."""


@roster.command()
@_FILE
@_REASON
@_COUNTY
@_MAP
@click.option(
    "--rule",
    type=click.Choice(["keep", "file"]),
    default="keep",
    show_default=True,
    help="Whose values count for people who are known otherwise.",
)
@click.option(
    "--codes",
    type=click.Path(path_type=Path),
    metavar="OUT.csv",
    help="Write a personal code for each who has none yet; mode 0600.",
)
@click.option("--renew", is_flag=True, help="With --codes: new codes for all; old ones end.")
@click.option("--force", is_flag=True, help="Replace OUT.csv if it exists.")
@with_settings
def add(
    settings: Settings,
    *,
    file: Path,
    reason: str,
    county: str,
    mapped: tuple[str, ...],
    rule: Rule,
    codes: Path | None,
    renew: bool,
    force: bool,
) -> None:
    """Take over a file of people (.xlsx, .xls, .ods, .csv); the same file again changes nothing.

    Columns in any order. Needed: 姓名, 身份证号, 乡镇（街道） or an address. If known:
    县（市、区）, 村（社区）, 手机号码, 民族, 政治面貌, 文化程度, 劳动力情况.
    """
    check_reason(reason)
    if renew and codes is None:
        raise click.UsageError("--renew is for --codes.")
    if codes is not None:
        refuse_existing((codes,), force=force)
    order = Order(file.name, _content(file), _scope(county), reason.strip(), mapped, rule)
    with ExitStack() as stack:
        out = stack.enter_context(new_file(codes, force=force)) if codes is not None else None
        result = asyncio.run(added(settings, order, out, renew=renew))
    _tell(told_of(result, codes))
    _refuse(result)


@roster.command()
@_FILE
@_COUNTY
@_MAP
@click.option(
    "--result",
    type=click.Path(path_type=Path),
    metavar="OUT.xlsx",
    help="Write the refused lines with their reasons, protected by a password.",
)
@click.option("--force", is_flag=True, help="Replace OUT.xlsx if it exists.")
@with_settings
def check(
    settings: Settings,
    *,
    file: Path,
    county: str,
    mapped: tuple[str, ...],
    result: Path | None,
    force: bool,
) -> None:
    """Say what `add` would do with a file, and do nothing of it."""
    if result is not None:
        refuse_existing((result,), force=force)
    order = Order(file.name, _content(file), _scope(county), "check", mapped, "keep")
    found = asyncio.run(checked(settings, order, with_file=result is not None))
    _tell(told_of(found, None))
    if result is not None and found.outgoing is not None:
        with new_file(result, force=force) as out:
            out.write(found.outgoing.content)
        click.echo(f"{found.outgoing.rows} lines in {result}")
        click.echo(f"Password, shown only now: {found.outgoing.password}")
    _refuse(found)


@roster.command("list")
@with_settings
def list_(settings: Settings) -> None:
    """List the files that were brought in, the last one first."""
    places = load_places()
    found = asyncio.run(listed(settings))
    if not found:
        click.echo("No file was brought in yet.")
    for one in found:
        click.echo(import_line(one, places, settings.zone))


@roster.command()
@click.argument("tag")
@_REASON
@with_settings
def undo(settings: Settings, *, tag: str, reason: str) -> None:
    """Take a file back, by its tag in `list`; whoever answered meanwhile stays."""
    check_reason(reason)
    gone, stayed = asyncio.run(taken_back(settings, tag, reason.strip()))
    click.echo(f"{gone} lines taken back.")
    if stayed:
        click.echo(f"{stayed} stay: they answered or began, or a later file changed them.")


@roster.command()
@with_settings
def due(settings: Settings) -> None:
    """Say by township how many of the roster have not had their first interview."""
    today = datetime.now(UTC).astimezone(settings.zone).date()
    found = asyncio.run(waiting(settings, today))
    if not found:
        click.echo("Nobody on the roster is waited for.")
        return
    _tell(due_lines(found, load_places()))


def _content(file: Path) -> bytes:
    try:
        if file.stat().st_size > MOST_BYTES:
            raise Refusal(f"{file}: more than 64 MB. Take it apart, township by township.")
        return file.read_bytes()
    except OSError as error:
        raise Refusal(f"{file}: cannot be read ({error.strerror}).") from None


def _scope(county: str) -> str:
    found = load_places().by_code(county, "county") if county else None
    if county and found is None:
        raise click.UsageError(f"--county {county[:20]}: there is no such county in Shanxi.")
    return found.id if found is not None else PROVINCE


def _tell(lines: Iterator[str] | list[str]) -> None:
    for line in lines:
        click.echo(line)


def _refuse(result: Result) -> None:
    """End with every refused line named, as far as they fit a screen."""
    if result.refused:
        raise Refusal(faults_in(result))
