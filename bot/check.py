"""What is wrong with this installation, part by part, before the start or at it.

Nothing is changed: a database is opened in a transaction that is undone, and what the first start
will make is only announced.
"""

import os
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.clips.pack import load_pack
from bot.findings import Finding, faults
from bot.forms.compile import open_form
from bot.forms.languages import gaps_in_form, gaps_in_texts
from bot.publishing import check_roles
from bot.settings import Settings
from bot.telegram.settings import TelegramSettings
from bot.telegram.transport import AiohttpRequest
from bot.texts import CATALOGUES
from conversations.xform.errors import FormError
from storage.errors import KeyFileError, SetUpError, StorageError
from storage.keyfile import create_key_file
from storage.rehearsal import rehearse
from storage.sqlite import SAFE_FROM, is_safe
from storage.vault import Vault

_NAMED = 3
_SAFE = ".".join(map(str, SAFE_FROM))
_RESTORE = "Restore it from the backup of the keys; without it no record can be read."


async def check_all(settings: Settings) -> list[Finding]:
    """Return everything found: faults stop the start, warnings and notes do not."""
    found = [
        *check_form(settings.form.file),
        *check_texts(),
        *check_keys(settings),
        *await check_database(settings),
        *await check_telegram(settings),
        *check_notice(settings),
        *check_voice(settings),
    ]
    # What the start refuses it does not make either.
    refused = {finding.where for finding in faults(found)}
    return [
        finding for finding in found if finding.level != "note" or finding.where not in refused
    ]


def check_form(file: Path) -> list[Finding]:
    """Compile and load the questionnaire as the start does."""
    if not file.is_file():
        return [Finding(f"form.file ({file})", "there is no such file", "Name the questionnaire.")]
    try:
        form = open_form(file)
        check_roles(form)
    except FormError as error:
        where = error.where if file.name in error.where else f"{file.name}, {error.where}"
        return [Finding(where, error.what, error.cure)]
    return _untold(f"form.file ({file})", list(gaps_in_form(form)), "Write it into the form.")


def check_texts() -> list[Finding]:
    """Compare the catalogues of all languages."""
    where = f"the catalogues ({CATALOGUES.name})"
    return _untold(where, list(gaps_in_texts()), "Write it into the catalogue of that language.")


def _untold(where: str, gaps: list[str], cure: str) -> list[Finding]:
    """Return one finding for all that a language lacks; the first few are named."""
    if not gaps:
        return []
    more = f", and {len(gaps) - _NAMED} more" if len(gaps) > _NAMED else ""
    return [Finding(where, "; ".join(gaps[:_NAMED]) + more, cure)]


def check_keys(settings: Settings) -> list[Finding]:
    """Look at the key file: readable by its owner alone, whole, apart from the data."""
    return [*_key_file(settings.keys.file), *_apart(settings)]


async def check_database(settings: Settings) -> list[Finding]:
    """Open the database with the keys, and undo it."""
    return [*_sqlite(settings), *await _opened(settings)]


async def check_telegram(settings: Settings) -> list[Finding]:
    """Ask Telegram who the bot is."""
    token = settings.telegram.token.get_secret_value()
    if not token:
        cure = "Set XIANGWEN_TELEGRAM__TOKEN to serve Telegram too."
        return [Finding("telegram.token", "there is none, only the web page works", cure, "note")]
    wanted = TelegramSettings(token=token, answer_within=timedelta(seconds=10))
    request = AiohttpRequest(wanted)
    section = settings.telegram
    try:
        async with Bot(
            token,
            section.base_url,
            section.base_file_url,
            request=request,
            get_updates_request=request,
        ):
            return []
    except InvalidToken:
        cure = "Copy the token again from @BotFather."
        return [Finding("telegram.token", "Telegram does not know this bot token", cure)]
    except TelegramError as error:
        what = f"Telegram cannot be reached ({type(error).__name__})"
        cure = "Look at the network and the address; serve keeps trying, the page works meanwhile."
        return [Finding("telegram.base_url", what, cure, "warning")]


def check_notice(settings: Settings) -> list[Finding]:
    """Look whether people can find out whom to ask about their data."""
    if settings.notice.contact.strip():
        return []
    what = "the notice at /privacy names nobody to ask (Personal Information Protection Law, 17)"
    cure = "Set the phone or address of the office that answers for the data."
    return [Finding("notice.contact", what, cure, "warning")]


def check_voice(settings: Settings) -> list[Finding]:
    """Look whether there is anything to hear in the pack that is set."""
    pack = settings.voice.pack
    if not pack or load_pack(settings.voice.folder / pack):
        return []
    what = "there is nothing to hear in this pack"
    cure = "Take recordings over with xiangwen voice import, or set voice.pack to nothing."
    return [Finding(f"voice.pack ({settings.voice.folder / pack})", what, cure, "warning")]


def _key_file(file: Path) -> Iterator[Finding]:
    if not file.exists():
        yield from _to_be_made("keys.file", file)
        return
    try:
        Vault.open(file)
    except KeyFileError as error:
        yield _finding("keys.file", error)


def _apart(settings: Settings) -> Iterator[Finding]:
    data, keys = settings.database_file, settings.keys.file
    if data is not None and keys.absolute().parent.resolve() == data.absolute().parent.resolve():
        what = "the keys lie in the folder of the data, so whoever copies one has both"
        cure = "Move the key file to a folder of its own and set keys.file."
        yield Finding("keys.file", what, cure, "warning")


def _sqlite(settings: Settings) -> Iterator[Finding]:
    file = settings.database_file
    if file is None:
        return
    if not file.exists():
        yield from _to_be_made("storage.url", file)
    if not is_safe():
        what = f"this SQLite is older than {_SAFE} and can damage a file that two programs share"
        cure = (
            "It is opened for one program at a time: stop serve before other commands, "
            "or install the wheel of pysqlite3."
        )
        yield Finding("storage", what, cure, "warning")


async def _opened(settings: Settings) -> list[Finding]:
    file = settings.database_file
    if file is not None and not file.exists():
        return []
    url = settings.storage.url.get_secret_value()
    try:
        vault = Vault.open(settings.keys.file) if settings.keys.file.exists() else None
    except KeyFileError:
        return []  # Told by check_keys already.
    try:
        await rehearse(url, vault or _passing_vault())
    except KeyFileError as error:
        if vault is not None:
            return [_finding("keys.file", error)]
        what = f"{settings.keys.file} is missing, and this database was made with it"
        return [Finding("keys.file", what, _RESTORE)]
    except StorageError as error:
        return [_finding("storage.url", error)]
    return []


def _passing_vault() -> Vault:
    """Return a vault of keys that nothing is sealed with."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "passing.key"
        create_key_file(file)
        return Vault.open(file)


def _to_be_made(where: str, file: Path) -> Iterator[Finding]:
    """Announce a file that the first start makes, if it will be able to."""
    folder = file.absolute().parent
    while not folder.exists():
        folder = folder.parent
    if folder.is_dir() and os.access(folder, os.W_OK | os.X_OK):
        yield Finding(where, f"{file} is made at the first start", "Nothing to do.", "note")
    else:
        cure = "Give this user the right to write there, or name another place."
        yield Finding(where, f"{file} cannot be made in {folder}", cure)


def _finding(where: str, error: StorageError) -> Finding:
    if isinstance(error, SetUpError):
        return Finding(where, error.fault, error.cure)
    return Finding(where, str(error), "Start the database, or correct the address.")
