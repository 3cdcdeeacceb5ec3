"""`xiangwen followups`: prompts to people chosen by a filter. Run by the operator.

The same functions as at the desk of a station; nothing is started without --yes.
"""

import asyncio
from collections.abc import Callable
from datetime import date
from functools import reduce
from typing import Any

import click
from pydantic import ValidationError

from bot.cli.failures import Refusal
from bot.cli.given import with_settings
from bot.cli.who import operator
from bot.opening import Opened, opened
from bot.prompts import SHIPPED
from bot.render.desk.followups_terms import terms_in_words
from bot.settings import Settings
from bot.staff.followups_choosing import covered, preview_of, sweep
from bot.staff.followups_draft import codes_in_words
from bot.staff.followups_lists import choices
from bot.staff.followups_running import Change, Order, change, plan, start, watch
from bot.staff.followups_wordings import Ready, offered, ready, words_named
from conversations.followups import Filter
from conversations.lobby.wishes import tag_of
from storage import audits, waves
from storage.transaction import Reading
from storage.waves import Wave

_LISTED = 20
_OPTIONS = (
    click.option("--place", required=True, metavar="CODE", help="Code or id: county or township."),
    click.option("--not-started", is_flag=True, help="No report yet."),
    click.option("--stuck", type=int, default=0, metavar="DAYS", help="Unfinished, so long."),
    click.option("--stuck-in", default="", metavar="GROUP", help="Group of the form, or summary."),
    click.option("--unconfirmed", is_flag=True, help="No report in this cycle."),
    click.option("--training", is_flag=True, help="Wants training."),
    click.option("--trade", default="", metavar="CODE", help="Wants training in this trade."),
    click.option("--job", is_flag=True, help="Wants a job."),
    click.option("--industry", default="", metavar="CODE", help="Wants a job in this industry."),
    click.option("--expected-place", default="", metavar="CODE", help="Wants a job there."),
    click.option("--village", default="", help="A part of the village's name."),
    click.option("--age-from", type=int, default=0, help="By the year of birth."),
    click.option("--age-to", type=int, default=0, help="By the year of birth."),
    click.option("--answered-before", default=None, metavar="DAY", help="Last report before it."),
    click.option("--sex", type=click.Choice(["1", "2"]), default=None, help="1 man, 2 woman."),
    click.option("--status", default="", metavar="CODE", help="Employment status."),
    click.option("--text", default="other", metavar="NAME", help="See: xiangwen followups texts."),
)
_Run = Callable[..., None]


def _with_filter(command: _Run) -> _Run:
    """Give a command the options of a filter."""
    return reduce(lambda made, option: option(made), reversed(_OPTIONS), command)


@click.group()
def followups() -> None:
    """Choose people, see what a prompt would come to, send it, watch it, stop it."""


@followups.command("preview")
@_with_filter
@with_settings
def preview_command(settings: Settings, /, place: str, text: str, **wanted: Any) -> None:
    """Say who would get a prompt, who would not and why, and what it would say."""
    for line in asyncio.run(_preview(settings, place, text, wanted)):
        click.echo(line)


@followups.command("start")
@_with_filter
@click.option("--call-list", is_flag=True, help="Put those on it whom no prompt reaches.")
@click.option("--yes", is_flag=True, help="Start it; without this it is only shown.")
@with_settings
def start_command(
    settings: Settings, /, place: str, text: str, call_list: bool, yes: bool, **wanted: Any
) -> None:
    """Show what would happen, and start it with --yes."""
    for line in asyncio.run(_preview(settings, place, text, wanted)):
        click.echo(line)
    if not yes:
        click.echo("Nothing was started. Say --yes to start it.")
        return
    tag, planned = asyncio.run(_start(settings, place, text, wanted, call_list))
    click.echo(f"Started as {tag}: {planned} prompts are planned.")
    click.echo(f"Watch it: xiangwen followups show {tag}")


@followups.command("texts")
@click.option("--place", required=True, metavar="CODE", help="Code or id: county or township.")
@with_settings
def texts_command(settings: Settings, place: str) -> None:
    """List the texts that may be sent from a place."""
    for line in asyncio.run(_texts(settings, place)):
        click.echo(line)


@followups.command("list")
@click.option("--place", required=True, metavar="CODE", help="Code or id: county or township.")
@with_settings
def list_command(settings: Settings, place: str) -> None:
    """List the latest follow-ups of a place."""
    lines = asyncio.run(_list(settings, place))
    for line in lines or ["No follow-up yet. See: xiangwen followups preview --help"]:
        click.echo(line)


@followups.command("show")
@click.argument("wave")
@with_settings
def show_command(settings: Settings, wave: str) -> None:
    """Say what became of a follow-up; WAVE is its tag in the list."""
    for line in asyncio.run(_show(settings, wave)):
        click.echo(line)


@followups.command("stop")
@click.argument("wave")
@click.option("--reason", required=True, metavar="TEXT", help="Why; kept with the follow-up.")
@with_settings
def stop_command(settings: Settings, wave: str, reason: str) -> None:
    """End a follow-up for good; what was sent stays sent."""
    asyncio.run(_change(settings, wave, "stop", reason))
    click.echo("Stopped. What had not gone out is called off.")


@followups.command("pause")
@click.argument("wave")
@click.option("--reason", required=True, metavar="TEXT", help="Why; kept with the follow-up.")
@with_settings
def pause_command(settings: Settings, wave: str, reason: str) -> None:
    """Hold a follow-up back until it is resumed."""
    asyncio.run(_change(settings, wave, "pause", reason))
    click.echo(f"Paused. Go on with: xiangwen followups resume {wave}")


@followups.command("resume")
@click.argument("wave")
@with_settings
def resume_command(settings: Settings, wave: str) -> None:
    """Let a paused follow-up go on where it was."""
    asyncio.run(_change(settings, wave, "resume", ""))
    click.echo("Resumed.")


def _scope(parts: Opened, code: str) -> str:
    places = parts.world.places
    found = places.by_code(code, "county") or places.by_code(code, "township")
    if found is None:
        raise Refusal(f"--place {code}: no county or township has this code or id")
    return found.id


def _filter(parts: Opened, wanted: dict[str, Any]) -> Filter:
    """Return the filter of the options; one with no condition would mean everybody."""
    world, now = parts.world, parts.world.clock()
    day = wanted["answered_before"]
    try:
        made = Filter(
            not_started=wanted["not_started"],
            stuck_for=wanted["stuck"],
            stuck_in=wanted["stuck_in"],
            unconfirmed=wanted["unconfirmed"],
            training=choices(world, "training", now)[0].name if wanted["training"] else "",
            trade=wanted["trade"],
            job=choices(world, "job", now)[0].name if wanted["job"] else "",
            industry=wanted["industry"],
            place=wanted["expected_place"],
            village=wanted["village"],
            age_from=wanted["age_from"],
            age_to=wanted["age_to"],
            answered_before=date.fromisoformat(day) if day else None,
            sex=wanted["sex"] or "",
            status=wanted["status"],
        )
    except (ValidationError, ValueError):
        raise Refusal(
            "a condition has no such value; days look like 2026-11-24, ages are 1 to 120"
        ) from None
    if made.is_empty:
        raise Refusal("no condition was given, so everybody would be meant; give at least one")
    return made


async def _ready(
    reading: Reading, parts: Opened, scope_id: str, text: str, filter: Filter
) -> tuple[str, Ready]:
    """Return the name of a text and the text with what is known put in."""
    shipped = f"prompt.{text}"
    known = await offered(reading, parts.world, scope_id)
    own = next((one.name for one in known if tag_of(one.key) == text), "")
    name = shipped if shipped in SHIPPED else own
    words = await words_named(reading, parts.world, scope_id, name)
    if not words:
        raise Refusal(f"--text {text}: there is no such text; see xiangwen followups texts")
    made = ready(parts.world, scope_id, filter, words, now=parts.world.clock())
    if made.faults:
        missing = ", ".join(fault.detail for fault in made.faults)
        raise Refusal(f"--text {text}: nothing is known to put in for {missing}")
    return name, made


async def _preview(settings: Settings, place: str, text: str, wanted: dict[str, Any]) -> list[str]:
    async with opened(settings) as parts:
        scope_id, filter, now = _scope(parts, place), _filter(parts, wanted), parts.world.clock()
        async with parts.database.reading() as reading:
            _, made = await _ready(reading, parts, scope_id, text, filter)
            sifted = await sweep(reading, parts.world, scope_id, filter, now)
        await _audit(parts, scope_id, "follow_up.preview")
    seen = preview_of(parts.world, sifted, made.words, now)
    terms = terms_in_words(parts.world.texts, codes_in_words(parts.world, filter, now))
    until = seen.finish_at.astimezone(settings.zone)
    lines = [f"Who: {terms}", f"{seen.count} would get a prompt"]
    lines += [f"  left out, {reason}: {count}" for reason, count in seen.excluded.items()]
    lines += [f"Text: {sample}" for sample in seen.samples]
    lines.append(f"The last one goes out about {until:%Y-%m-%d %H:%M}")
    lines.append(f"{seen.could_get_more} of them could get one more in these two weeks")
    return lines


async def _start(
    settings: Settings, place: str, text: str, wanted: dict[str, Any], call_list: bool
) -> tuple[str, int]:
    async with opened(settings) as parts:
        scope_id, filter, now = _scope(parts, place), _filter(parts, wanted), parts.world.clock()
        async with parts.database.transaction() as tx:
            name, made = await _ready(tx, parts, scope_id, text, filter)
            order = Order(scope_id, filter, name, made.words, call_list)
            wave_id = await start(tx, parts.world, order, operator(), now)
        return tag_of(wave_id), await plan(parts.database, parts.world, wave_id, now)


async def _texts(settings: Settings, place: str) -> list[str]:
    async with opened(settings) as parts:
        async with parts.database.reading() as reading:
            own = await offered(reading, parts.world, _scope(parts, place))
        sentences = parts.world.texts.sentences
        shipped = [f"{name.removeprefix('prompt.')}  {sentences[name]}" for name in SHIPPED]
        return [*(f"{tag_of(one.key)}  {one.text}" for one in own), *shipped]


async def _list(settings: Settings, place: str) -> list[str]:
    async with opened(settings) as parts:
        scopes = covered(parts.world.places, _scope(parts, place))
        async with parts.database.reading() as reading:
            found = await waves.of_scopes(reading, scopes, _LISTED)
        by_id = parts.world.places.by_id
        return [_line(wave, by_id[wave.scope_id].name, settings) for wave in found]


def _line(wave: Wave, place: str, settings: Settings) -> str:
    when = f"{wave.created_at.astimezone(settings.zone):%Y-%m-%d %H:%M}"
    return "  ".join((tag_of(wave.id), when, place, wave.state, f"{wave.planned} planned"))


async def _show(settings: Settings, tag: str) -> list[str]:
    async with opened(settings) as parts:
        async with parts.database.reading() as reading:
            wave = await _wave(reading, parts, tag)
            seen = await watch(reading, wave)
        place = parts.world.places.by_id[wave.scope_id].name
        lines = [_line(wave, place, settings)]
        if wave.reason:
            lines.append(f"because: {wave.reason} ({wave.changed_by})")
        lines.append(
            f"sent {seen.sent}, opened {seen.opened}, answered {seen.answered}, "
            f"waiting {seen.waiting}"
        )
        failed = [(state, why, count) for (state, why), count in seen.failed.items()]
        return [*lines, *(f"{state}: {count} ({why})" for state, why, count in failed)]


async def _change(settings: Settings, tag: str, what: Change, reason: str) -> None:
    async with opened(settings) as parts, parts.database.transaction() as tx:
        wave = await _wave(tx, parts, tag)
        now, by = parts.world.clock(), operator()
        if not await change(tx, wave, what, by=by, reason=reason.strip(), now=now):
            raise Refusal(f"{tag}: it is {wave.state}, so it cannot be changed like this")


async def _wave(reading: Reading, parts: Opened, tag: str) -> Wave:
    for wave in await waves.of_scopes(reading, parts.world.places.by_id, 1_000):
        if tag_of(wave.id) == tag:
            return wave
    raise Refusal(f"{tag}: no follow-up has this tag; see xiangwen followups list --place CODE")


async def _audit(parts: Opened, scope_id: str, action: str) -> None:
    now = parts.world.clock()
    async with parts.database.transaction() as tx:
        await audits.write(tx, actor=operator(), action=action, scope=f"place:{scope_id}", now=now)
