"""Opens what every running part needs: keys, database, form, texts, and the turns on them."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from bot.atlas import load_atlas
from bot.check import check_database, check_keys
from bot.clips.pack import SILENT, Pack, load_pack
from bot.config import ConfigError
from bot.findings import faults
from bot.holidays import load_holidays
from bot.places import load_places
from bot.publishing import publish
from bot.settings import RemindersSection, Settings
from bot.settings_staff import TalkSection
from bot.shelf import Shelf
from bot.telegram.settings import TelegramSettings
from bot.texts import load_texts
from bot.turns import ChatTurns
from bot.world import World
from conversations.followups import FollowUpRules
from conversations.hours import Hours, read_weekdays
from conversations.sending import Budget
from conversations.talk import OfficeHours, TalkRules
from storage.database import Database
from storage.keyfile import create_key_file
from storage.vault import Vault

LANGUAGE = "zh"


def utc_now() -> datetime:
    """Return the present instant."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Opened:
    """The parts that channels and jobs are built on."""

    settings: Settings
    vault: Vault
    database: Database
    world: World
    turns: ChatTurns


@asynccontextmanager
async def opened(
    settings: Settings, clock: Callable[[], datetime] = utc_now
) -> AsyncIterator[Opened]:
    """Open everything, and close it in the end; keys are made at the very first start.

    Raises:
        ConfigError: what `xiangwen check` calls a fault of keys or database.
        FormError: the form is broken, or a published version was edited.
    """
    found = faults([*check_keys(settings), *await check_database(settings)])
    if found:
        raise ConfigError(tuple(found))
    if not settings.keys.file.exists():
        create_key_file(settings.keys.file)
    vault = Vault.open(settings.keys.file)
    database = await Database.open(settings.storage.url.get_secret_value(), vault)
    try:
        shelf = await publish(database, settings.form.file, clock())
        world = _world(settings, shelf, clock)
        turns = ChatTurns(database, world)
        try:
            yield Opened(settings, vault, database, world, turns)
        finally:
            await turns.close()
    finally:
        await database.close()


def _world(settings: Settings, shelf: Shelf, clock: Callable[[], datetime]) -> World:
    """Return what does not change while the program runs."""
    places = load_places()
    return World(
        shelf,
        load_texts(LANGUAGE, voice=_voice(settings)),
        places,
        clock,
        settings.zone,
        prompting_hours(settings.reminders),
        load_atlas(places),
        talk_rules(settings.talk),
        budget=Budget(settings.reminders.most, timedelta(days=settings.reminders.within_days)),
        age_limit=settings.reminders.age_limit,
        follow_ups=follow_up_rules(settings),
        console_url=f"{settings.page_url}/console" if settings.console.enabled else "",
    )


def _voice(settings: Settings) -> Pack:
    """Return what can be heard; nothing when no pack is set."""
    section = settings.voice
    return load_pack(section.folder / section.pack) if section.pack else SILENT


def prompting_hours(section: RemindersSection) -> Hours:
    """Return when people may be prompted."""
    closed = frozenset(section.closed)
    if section.holidays == "closed":
        closed |= load_holidays()
    return Hours(section.quiet_until, section.quiet_from, read_weekdays(section.weekdays), closed)


def talk_rules(section: TalkSection) -> TalkRules:
    """Return what talks with a station go by."""
    days = frozenset(int(day) for day in section.office_days)
    return TalkRules(
        OfficeHours(days, section.office_from, section.office_until),
        timedelta(minutes=section.take_within),
        timedelta(minutes=section.silence),
        section.contact,
    )


def follow_up_rules(settings: Settings) -> FollowUpRules:
    """Return what prompts by the staff go by."""
    section = settings.reminders
    host = urlsplit(settings.page_url).hostname or ""
    return FollowUpRules(
        per_second=section.per_second,
        most=section.most,
        within=timedelta(days=section.within_days),
        needs_approval=section.wording_approval,
        own_hosts=(host,) if "." in host else (),
    )


def telegram_settings(settings: Settings) -> TelegramSettings | None:
    """Return what the Telegram channel is told; None without a token."""
    section = settings.telegram
    if not section.token.get_secret_value():
        return None
    return TelegramSettings(
        token=section.token.get_secret_value(),
        base_url=section.base_url,
        base_file_url=section.base_file_url,
        mode=section.mode,
        webhook_url=section.webhook_url,
        webhook_secret=section.webhook_secret.get_secret_value(),
        width=section.concurrency,
    )
