"""`xiangwen form`: compile a form, check it, drive it without a channel."""

import io
import sys
from datetime import datetime
from pathlib import Path

import click

from bot.forms.compile import compile_form, open_form
from bot.forms.drive import drive as drive_form
from bot.forms.zone import machine_zone
from conversations.xform import Form, Session, XFormError

FORM = click.argument("form", type=click.Path(path_type=Path))


@click.group(name="form")
def commands() -> None:
    """Work on a form: .md, .xlsx, .csv or a compiled .xml."""


def _loaded(path: Path) -> Form:
    """Return the form of a file, or end with its fault in one line."""
    try:
        return open_form(path)
    except XFormError as error:
        raise click.ClickException(str(error)) from error


@commands.command()
@FORM
@click.option("--language", help="A translation of the form; without it its default.")
def drive(form: Path, language: str | None) -> None:
    """Drive the form over JSON lines on stdin and stdout."""
    loaded = _loaded(form)
    lines = io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8", errors="replace")
    replies = io.TextIOWrapper(
        sys.stdout.buffer, encoding="utf-8", errors="backslashreplace", newline="\n"
    )
    try:
        drive_form(loaded, datetime.now(machine_zone()), language, lines, replies)
    except (XFormError, ValueError) as error:
        raise click.ClickException(str(error)) from error
    finally:
        # The streams belong to the process: let go of them, do not close them.
        lines.detach()
        replies.detach()


@commands.command()
@FORM
def check(form: Path) -> None:
    """Say whether the form can be used, and what to mend when it cannot."""
    loaded = _loaded(form)
    try:
        Session(loaded, datetime.now(machine_zone()), chance=lambda: 0.5)
    except XFormError as error:
        raise click.ClickException(str(error)) from error
    languages = ", ".join(loaded.languages) or "one language"
    click.echo(f"{loaded.title or loaded.id}: {len(loaded.questions)} questions, {languages}")


@commands.command(name="compile")
@FORM
@click.option("--out", type=click.Path(path_type=Path), required=True, help="FILE.xml to write.")
def compile_(form: Path, out: Path) -> None:
    """Write the form as XForm XML."""
    try:
        open_form(form)
        xml = compile_form(form)
    except XFormError as error:
        raise click.ClickException(str(error)) from error
    out.write_text(xml, encoding="utf-8")
