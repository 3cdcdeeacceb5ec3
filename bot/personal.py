"""`xiangwen people`: a one-time code with which somebody takes their own record over."""

import asyncio
import json
from datetime import UTC, datetime

import click

from bot.cli.failures import Refusal
from bot.cli.given import check_reason, with_settings
from bot.cli.who import operator
from bot.opening import opened
from bot.render.words import grouped
from bot.settings import Settings
from storage import audits, personal_codes, reports
from storage import people as persons
from storage.ids import tidy_code


@click.group()
def people() -> None:
    """Hand a record over to the person whom it is about."""


@people.command()
@click.option("--reference", required=True, metavar="NUMBER", help="Of any of their receipts.")
@click.option("--reason", required=True, metavar="TEXT", help="Why; kept in the audit.")
@with_settings
def code(settings: Settings, *, reference: str, reason: str) -> None:
    """Make a code that gives a record to its person alone, after you have seen their 身份证.

    Whoever filled in for them until now loses sight of it, and is told so.
    """
    check_reason(reason)
    made = asyncio.run(_make(settings, reference, reason.strip()))
    days = personal_codes.LASTS["take_over"].days
    click.echo(f"Personal code, shown only now: {grouped(made)}")
    click.echo(f"It works once, within {days} days: typed to the bot or on the page, or by the")
    click.echo(f"link https://t.me/YOUR_BOT?start=p_{made}")


async def _make(settings: Settings, reference: str, reason: str) -> str:
    now = datetime.now(UTC)
    async with opened(settings) as parts, parts.database.transaction() as tx:
        person_id = await reports.person_of(tx, tidy_code(reference))
        person = None if person_id is None else await persons.get(tx, person_id)
        if person is None or person.state == "erased":
            raise Refusal("--reference: no receipt has this number. Look for a mistyped letter.")
        await audits.write(
            tx,
            actor=operator(),
            action="people_code",
            scope=f"person:{person.id}",
            now=now,
            detail=json.dumps({"reason": reason}, ensure_ascii=False),
        )
        return await personal_codes.issue(tx, "take_over", person.id, now)
