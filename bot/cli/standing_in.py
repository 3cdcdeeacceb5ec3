"""`xiangwen staff deputy`: who acts for an account while its owner is on leave."""

import asyncio
from datetime import datetime

import click

from bot.cli.failures import Refusal
from bot.cli.given import with_settings
from bot.cli.who import account_tagged, operator
from bot.opening import opened
from bot.settings import Settings
from conversations.leave_days import LONGEST
from conversations.scope import Action, may_stand_in
from storage import audits, deputies
from storage.deputies import Deputy

_day = click.DateTime(["%Y-%m-%d"])


@click.command("deputy")
@click.argument("account")
@click.option("--by", required=True, metavar="ACCOUNT", help="Who stands in.")
@click.option("--from", "first", type=_day, help="First day; today when left out.")
@click.option("--until", "last", type=_day, help="Last day; it counts.")
@click.option("--end", is_flag=True, help="Let them stand in no more.")
@with_settings
def deputy_staff(
    settings: Settings,
    account: str,
    by: str,
    *,
    first: datetime | None,
    last: datetime | None,
    end: bool,
) -> None:
    """Let somebody of the same role or a higher one act for ACCOUNT on some days."""
    if end:
        asyncio.run(_end(settings, account, by))
        click.echo("They stand in no more.")
        return
    if last is None:
        raise Refusal("--until: name the last day")
    agreed = asyncio.run(_put(settings, account, by, (first, last)))
    click.echo(f"From {agreed.from_on} until {agreed.until_on} they act for the account too.")


async def _put(
    settings: Settings, account: str, by: str, days: tuple[datetime | None, datetime]
) -> Deputy:
    async with opened(settings) as parts, parts.database.transaction() as tx:
        absent, deputy = await account_tagged(tx, account), await account_tagged(tx, by)
        if absent.id == deputy.id or not may_stand_in(deputy.role, absent.role):
            raise Refusal(f"--by {by}: it takes another account, of the same role or a higher one")
        now = parts.world.clock()
        first, last = days
        since = first.date() if first else parts.world.today(now)
        if not since <= last.date() <= since + LONGEST:
            raise Refusal(
                f"--until: the last day is before the first, or over {LONGEST.days} days"
            )
        agreed = Deputy(absent.id, deputy.id, since, last.date())
        await deputies.put(tx, agreed, operator(), now)
        await audits.write(
            tx,
            actor=operator(),
            action=str(Action.DEPUTIZE),
            scope=f"staff:{absent.id}",
            now=now,
            detail=f"by staff:{deputy.id}",
        )
    return agreed


async def _end(settings: Settings, account: str, by: str) -> None:
    async with opened(settings) as parts, parts.database.transaction() as tx:
        absent, deputy = await account_tagged(tx, account), await account_tagged(tx, by)
        if not await deputies.drop(tx, absent.id, deputy.id):
            raise Refusal(f"--by {by}: this account does not stand in")
        await audits.write(
            tx,
            actor=operator(),
            action=f"{Action.DEPUTIZE}.end",
            scope=f"staff:{absent.id}",
            now=parts.world.clock(),
            detail=f"by staff:{deputy.id}",
        )
