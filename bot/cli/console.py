"""`xiangwen staff console`: the link with which an account sets up how it signs in."""

import asyncio
from datetime import datetime

import click

from bot.cli.failures import Refusal
from bot.cli.given import with_settings
from bot.cli.who import account_tagged, operator
from bot.opening import opened
from bot.settings import Settings
from bot.staff.console_links import address_of
from bot.staff.signing_in import SETUP_LASTS, setup_link_to


@click.command("console")
@click.argument("account")
@with_settings
def console_staff(settings: Settings, account: str) -> None:
    """Print a one-time link with which ACCOUNT chooses its name, password and authenticator.

    Those it had before work no more, and wherever it is signed in it is out.
    """
    link, until = asyncio.run(_link(settings, account))
    click.echo(f"Open in a browser: {link}")
    click.echo(f"It works once, until {until.astimezone(settings.zone):%Y-%m-%d %H:%M}.")


async def _link(settings: Settings, account: str) -> tuple[str, datetime]:
    if not settings.console.enabled:
        raise Refusal("console.enabled: the console is switched off")
    async with opened(settings) as parts, parts.database.transaction() as tx:
        one = await account_tagged(tx, account)
        if one.state == "suspended":
            raise Refusal(f"{account}: the account is suspended; see xiangwen staff resume")
        now = parts.world.clock()
        token = await setup_link_to(tx, one.id, operator(), now)
    return address_of(parts.world.console_url, token), now + SETUP_LASTS
