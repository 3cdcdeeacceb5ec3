"""`xiangwen answers`: bring the platform's result files in. Run by the operator."""

import asyncio
from pathlib import Path
from typing import Final

import click

from bot.cli.answers_run import Brought, Order, Stopped, brought_in, listed
from bot.cli.counties import find_county
from bot.cli.failures import Refusal
from bot.cli.given import check_reason, with_settings
from bot.places import load_places
from bot.settings import Settings
from conversations.lobby.wishes import tag_of
from storage.answers import Import

MOST_BYTES: Final = 64 << 20
_NOT: Final = {
    "unknown": "this number did not go out in that batch",
    "no_number": "no identity number",
    "bad_number": "no valid identity number",
    "spoilt": "the identity number was destroyed by a spreadsheet",
    "masked": "the identity number is masked; use --line with a batch",
    "no_line": "no line number",
    "foreign": "did not go out from this county",
    "status": "neither success nor failure; say --word WORD=accepted",
    "twice": "the same person as in a line before",
}


@click.group()
def answers() -> None:
    """Bring back what the provincial platform said of exported records."""


@answers.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--county", required=True, metavar="CODE", help="Six digits.")
@click.option("--reason", required=True, metavar="TEXT", help="Why; kept in the audit.")
@click.option("--batch", default="", metavar="ID", help="Which batch; guessed without.")
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="NAME=TITLE",
    help="number, line, status or reason, where the titles do not say it.",
)
@click.option(
    "--failures", is_flag=True, help="Only failures are in it: accept the rest of the batch."
)
@click.option(
    "--word",
    "words",
    multiple=True,
    metavar="WORD=accepted|rejected",
    help="What a result word means that is not known.",
)
@click.option("--yes", is_flag=True, help="Take it; without it only what would be done is said.")
@with_settings
def add(
    settings: Settings,
    *,
    file: Path,
    county: str,
    reason: str,
    batch: str,
    columns: tuple[str, ...],
    failures: bool,
    words: tuple[str, ...],
    yes: bool,
) -> None:
    """Take a result file (.xlsx, .xls, .ods, .csv); the same file again changes nothing.

    Who mends what was refused is what the console proposes: the worker is asked one question where
    a chat can be written to, otherwise their station finds a case.
    """
    check_reason(reason)
    place = find_county(load_places(), county)
    order = Order(
        file.name,
        _content(file),
        place.id,
        reason.strip(),
        batch,
        columns,
        words,
        failures=failures,
        is_taken=yes,
    )
    try:
        result = asyncio.run(brought_in(settings, order))
    except Stopped as stopped:
        raise Refusal(str(stopped)) from None
    _tell(result)


def _tell(result: Brought) -> None:
    """Say what came of a file."""
    one = result.one
    click.echo(
        f"{one.accepted} accepted, {one.rejected} rejected, {one.known} known before, "
        f"{one.unmatched} not found."
    )
    for found in result.reasons:
        click.echo(f"{found.total:>7}  {found.choice:<8} {found.words}")
    for line, key in result.unmatched:
        click.echo(f"line {line}: {_NOT.get(key, key)}", err=True)
    click.echo(_end_of(one))


@answers.command("list")
@with_settings
def list_(settings: Settings) -> None:
    """List the files that were brought in, the last one first."""
    places = load_places().by_id
    found = asyncio.run(listed(settings))
    if not found:
        click.echo("No result file was brought in yet.")
    for one in found:
        at = one.created_at.astimezone(settings.zone)
        name = places[one.scope_id].name if one.scope_id in places else one.scope_id
        click.echo(
            f"{tag_of(one.id)}  {at:%Y-%m-%d %H:%M}  {name}  {one.state}  "
            f"{one.accepted} accepted, {one.rejected} rejected, {one.unmatched} not found"
        )


def _end_of(one: Import) -> str:
    match one.state:
        case "done":
            return "Done."
        case "taking":
            return "Nobody is asked in the quiet hours: the server goes on when they are over."
        case _:
            return "Nothing was changed. Give it again with --yes to take it."


def _content(file: Path) -> bytes:
    try:
        if file.stat().st_size > MOST_BYTES:
            raise Refusal(f"{file}: more than 64 MB. Take it apart.")
        return file.read_bytes()
    except OSError as error:
        raise Refusal(f"{file}: cannot be read ({error.strerror}).") from None
