"""`xiangwen form`: compile a form, check it, drive it without a channel.

A broken form is the author's fault: its FormError goes up to the command line, which tells it.
"""

import io
import sys
from datetime import datetime
from pathlib import Path

import click

from bot.forms.compile import compile_form, open_form
from bot.forms.drive import drive as drive_form
from bot.forms.kept import keep
from bot.forms.zone import machine_zone
from conversations.xform import Session

FORM = click.argument("form", type=click.Path(path_type=Path))


@click.group(name="form")
def commands() -> None:
    """Work on a form: .md, .xlsx, .csv or a compiled .xml."""


@commands.command()
@FORM
@click.option("--language", help="A translation of the form; without it its default.")
def drive(form: Path, language: str | None) -> None:
    """Drive the form over JSON lines on stdin and stdout."""
    loaded = open_form(form)
    lines = io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8", errors="replace")
    replies = io.TextIOWrapper(
        sys.stdout.buffer, encoding="utf-8", errors="backslashreplace", newline="\n"
    )
    try:
        drive_form(loaded, datetime.now(machine_zone()), language, lines, replies)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--language") from error
    finally:
        # The streams belong to the process: let go of them, do not close them.
        lines.detach()
        replies.detach()


@commands.command()
@FORM
def check(form: Path) -> None:
    """Say whether the form can be used, and what to mend when it cannot."""
    loaded = open_form(form)
    Session(loaded, datetime.now(machine_zone()), chance=lambda: 0.5)
    languages = ", ".join(loaded.languages) or "one language"
    click.echo(f"{loaded.title or loaded.id}: {len(loaded.questions)} questions, {languages}")


@commands.command(name="compile")
@FORM
@click.option("--out", type=click.Path(path_type=Path), required=True, help="FILE.xml to write.")
def compile_(form: Path, out: Path) -> None:
    """Write the form as XForm XML."""
    open_form(form)
    out.write_text(compile_form(form), encoding="utf-8")


@commands.command(name="keep")
@FORM
def keep_(form: Path) -> None:
    """Compile the form beforehand, so that the first start with it is as fast as any."""
    open_form(form)
    keep(form)
