"""`xiangwen check`: says what is wrong before it goes wrong."""

import asyncio
import sys

import click

from bot.check import check_all
from bot.cli.given import with_settings
from bot.findings import faults
from bot.settings import Settings


@click.command()
@with_settings
def check(settings: Settings) -> None:
    """Look at settings, form, keys, database and Telegram token; change nothing."""
    findings = asyncio.run(check_all(settings))
    for finding in findings:
        click.echo(f"{finding.level}: {finding}")
    if faults(findings):
        sys.exit(2)
    click.echo("xiangwen can start.")
