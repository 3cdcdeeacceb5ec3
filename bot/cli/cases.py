"""`xiangwen cases`: what a station has to do; names and numbers are masked."""

import asyncio
from datetime import datetime

import click

from bot.cli.failures import Refusal
from bot.cli.given import with_settings
from bot.cli.who import operator
from bot.faces import face_of
from bot.opening import Opened, opened
from bot.places import Place
from bot.settings import Settings
from bot.whereabouts import shared_with
from conversations.cases import REJECTED, masked_name, rank
from conversations.dialogue.shown import masked
from conversations.lobby.wishes import tag_of
from storage import audits, case_steps
from storage import cases as store
from storage.cases import Listed
from storage.transaction import Reading

_STATION = "Code (nine digits) or id of the township."


@click.group()
def cases() -> None:
    """List, show and close what a station has to do."""


@cases.command("list")
@click.option("--station", required=True, help=_STATION)
@with_settings
def list_cases(settings: Settings, station: str) -> None:
    """List the open cases, the most urgent first: tag, kind, person, since when, until when."""
    lines = asyncio.run(_list(settings, station))
    if not lines:
        click.echo("No open cases.")
    for line in lines:
        click.echo(line)


@cases.command("show")
@click.argument("case")
@click.option("--station", required=True, help=_STATION)
@with_settings
def show_case(settings: Settings, case: str, station: str) -> None:
    """Show one case with what was tried; CASE is its tag in the list."""
    for line in asyncio.run(_show(settings, station, case)):
        click.echo(line)


@cases.command("close")
@click.argument("case")
@click.option("--station", required=True, help=_STATION)
@with_settings
def close_case(settings: Settings, case: str, station: str) -> None:
    """Take a case off the list; CASE is its tag in the list.

    What the platform refused stays on it: the county decides about that on the console.
    """
    asyncio.run(_close(settings, station, case))
    click.echo("Closed.")


async def _list(settings: Settings, station: str) -> list[str]:
    async with opened(settings) as parts:
        place = _place(parts, station)
        await _note(parts, "case.list", f"place:{place.id}")
        async with parts.database.reading() as reading:
            return [
                await _line(parts, reading, one)
                for one in await _open_cases(parts, reading, place)
            ]


async def _show(settings: Settings, station: str, tag: str) -> list[str]:
    async with opened(settings) as parts:
        one = await _named(parts, station, tag)
        await _note(parts, "case.see", _whom(one))
        async with parts.database.reading() as reading:
            face = await face_of(reading, parts.world, one.case.person_id)
            tried = await case_steps.of_case(reading, one.case)
            lines = [await _line(parts, reading, one)]
    if face.phone:
        lines.append(f"phone  {masked(face.phone, 'phone')}")
    lines += [f"{_day(settings, step.at)}  {step.outcome}  {step.by}" for step in tried]
    return lines


async def _close(settings: Settings, station: str, tag: str) -> None:
    async with opened(settings) as parts:
        one, now = await _named(parts, station, tag), parts.world.clock()
        if one.case.kind == REJECTED:
            raise Refusal(
                f"{tag}: the platform refused this report. Its case ends when a corrected one"
                " comes in, or when the county decides at /console/answers/open."
            )
        async with parts.database.transaction() as tx:
            await case_steps.add(tx, one.case, by=operator(), outcome="done", now=now)
            await store.close(tx, one.case.id, by=operator(), now=now)
            await audits.write(
                tx, actor=operator(), action="case.close", scope=_whom(one), now=now
            )


async def _named(parts: Opened, station: str, tag: str) -> Listed:
    place = _place(parts, station)
    async with parts.database.reading() as reading:
        found = await _open_cases(parts, reading, place)
    one = next((one for one in found if tag_of(one.case.id) == tag), None)
    if one is None:
        raise Refusal(f"{tag}: no open case of this station; see xiangwen cases list")
    return one


async def _open_cases(parts: Opened, reading: Reading, place: Place) -> list[Listed]:
    found = await store.listed(reading, shared_with(parts.world.places, place.id))
    return sorted(found, key=lambda one: rank(one.weight))


async def _line(parts: Opened, reading: Reading, one: Listed) -> str:
    case, settings = one.case, parts.settings
    face = await face_of(reading, parts.world, case.person_id)
    waits = f"not before {_day(settings, case.look_at)}" if case.look_at else ""
    facts = (
        tag_of(case.id),
        case.kind,
        masked_name(face.name),
        face.village,
        f"since {_day(settings, case.created_at)}",
        f"tried {one.tries}" if one.tries else "",
        waits,
    )
    return "  ".join(fact for fact in facts if fact)


def _place(parts: Opened, station: str) -> Place:
    place = parts.world.places.by_code(station, "township")
    if place is None:
        raise Refusal(f"--station {station}: no township has this code or id")
    return place


async def _note(parts: Opened, action: str, scope: str) -> None:
    async with parts.database.transaction() as tx:
        now = parts.world.clock()
        await audits.write(tx, actor=operator(), action=action, scope=scope, now=now)


def _whom(one: Listed) -> str:
    person_id = one.case.person_id
    return f"person:{person_id}" if person_id else f"case:{one.case.id}"


def _day(settings: Settings, at: datetime) -> str:
    return f"{at.astimezone(settings.zone):%Y-%m-%d}"
