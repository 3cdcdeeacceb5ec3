"""What `xiangwen export` refuses and tells: the options that fit together, the bar, the end."""

from pathlib import Path

import click

from bot.cli.given import LONGEST_REASON
from bot.places import Place
from storage.export.run import Outcome, Target


def check_protection(out: Path, reason: str, *, plain: bool) -> None:
    """Refuse what would leave people's data open by accident.

    Raises:
        click.UsageError: the name or the options do not fit together.
    """
    suffix = out.suffix.lower()
    if suffix not in {".xlsx", ".csv"}:
        raise click.UsageError(f"--out {out.name}: name a file that ends in .xlsx or .csv.")
    if suffix == ".csv" and not plain:
        raise click.UsageError(
            "A .csv cannot have a password: take .xlsx, or add --plain --reason TEXT."
        )
    if plain and not reason:
        raise click.UsageError("--plain needs --reason TEXT: it is kept in the audit.")
    if reason and not plain:
        raise click.UsageError("--reason is for --plain: a protected file needs none.")
    if len(reason) > LONGEST_REASON:
        raise click.UsageError(f"--reason: {LONGEST_REASON} characters at most.")


def told(county: Place, target: Target, outcome: Outcome) -> list[str]:
    """Return what the operator reads at the end; the password stands here and nowhere else."""
    lines = [f"{outcome.exported} records of {county.name} in {target.path}"]
    for part, count in enumerate(outcome.parts[1:], 2):
        lines.append(f"{count} of them in {target.part(part)}")
    if not outcome.exported:
        lines.append("Nothing could be exported: the file holds only the headings.")
    if outcome.held_back:
        lines.append(f"{outcome.held_back} held back, with reasons, in {target.held_back}")
    if outcome.flagged:
        lines.append(
            f"{outcome.flagged} aged 60 or over are marked 超龄，待核: please check them."
        )
    if target.password:
        lines.append(f"Password, shown only now: {target.password}")
        lines.append("Pass it on by another way than the file.")
    else:
        lines.append("The file is plain: whoever has it can read it. Delete it when it is used.")
    if target.kind == "csv":
        lines.append("Open a .csv by Data > From Text with every column as text: a double click")
        lines.append("makes Excel cut identity numbers to 15 digits.")
    return lines
