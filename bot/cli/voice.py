"""`xiangwen voice`: what is still to be recorded, and taking over what was."""

import csv
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Final

import click
from rich.console import Console
from rich.table import Table

from bot.cli.failures import Refusal
from bot.cli.given import with_settings
from bot.clips.pack import ENDING, read_said, write_said
from bot.forms.compile import open_form
from bot.opening import LANGUAGE
from bot.recording.sentences import Sentence, sentences
from bot.recording.taking import KINDS, BadRecording, NoFfmpeg, find_ffmpeg, take_in
from bot.settings import Settings
from bot.texts import load_texts

_COLUMNS: Final = ("file", "sentence", "why")
_PACK: Final = click.option(
    "--pack", help="Name of the pack, such as a dialect; without it voice.pack."
)
_EVERY: Final = click.option(
    "--all", "every", is_flag=True, help="Long lists too, such as counties and townships."
)


@click.group(name="voice")
def voice() -> None:
    """Record what the questionnaire says, so that it can be listened to."""


@voice.command()
@_PACK
@_EVERY
@click.option(
    "--csv", "csv_file", type=click.Path(path_type=Path), help="Write a table for Excel instead."
)
@with_settings
def missing(settings: Settings, pack: str | None, every: bool, csv_file: Path | None) -> None:
    """List what a pack lacks: the name to give to the recording, and the sentence to read."""
    folder = _folder(settings, pack)
    rows = list(_missing(_wanted(settings, every=every), read_said(folder), folder))
    if csv_file is not None:
        _write(csv_file, rows)
    elif rows:
        _show(rows)
    click.echo(f"{folder}: {len(rows)} sentences are to be recorded.", err=True)


@voice.command(name="import")
@click.argument("recordings", type=click.Path(path_type=Path, exists=True, file_okay=False))
@_PACK
@with_settings
def import_(settings: Settings, recordings: Path, pack: str | None) -> None:
    """Take recordings over into a pack; they are named as `missing` lists them."""
    try:
        ffmpeg = find_ffmpeg()
    except NoFfmpeg:
        raise Refusal("ffmpeg is missing. Install it: apt-get install ffmpeg") from None
    folder = _folder(settings, pack)
    by_name = {file_name(one): one for one in _wanted(settings, every=True)}
    said, refused = read_said(folder), []
    for file in sorted(file for file in recordings.rglob("*") if file.is_file()):
        try:
            sentence = _named(file.relative_to(recordings), by_name)
            data = take_in(file, sentence.text, ffmpeg)
        except BadRecording as why:
            refused.append(f"{file.relative_to(recordings)}: {why}")
            continue
        _keep(folder / f"{sentence.name}{ENDING}", data)
        said[sentence.name] = sentence.text
        write_said(folder, said)
    _report(folder, len(said), refused)


def file_name(sentence: Sentence) -> str:
    """Return what the recording of a sentence is called, without its ending."""
    return sentence.name.replace("/", "-")


def _wanted(settings: Settings, *, every: bool) -> list[Sentence]:
    form, texts = open_form(settings.form.file), load_texts(LANGUAGE)
    return sentences(form, texts, datetime.now(settings.zone), every=every)


def _folder(settings: Settings, pack: str | None) -> Path:
    name = pack or settings.voice.pack
    if not name or Path(name).name != name:
        raise Refusal("Name the pack with --pack, a folder in voice.folder such as mandarin.")
    return settings.voice.folder / name


def _missing(
    wanted: Iterable[Sentence], said: dict[str, str], folder: Path
) -> Iterable[tuple[str, str, str]]:
    for one in wanted:
        recorded = said.get(one.name)
        if recorded == one.text and (folder / f"{one.name}{ENDING}").exists():
            continue
        why = "not recorded" if recorded is None or recorded == one.text else "says something else"
        yield file_name(one), one.text.replace("\n", " "), why


def _write(file: Path, rows: Iterable[tuple[str, str, str]]) -> None:
    # With its mark at the start Excel knows that it is UTF-8.
    with file.open("w", encoding="utf-8-sig", newline="") as opened:
        csv.writer(opened).writerows([_COLUMNS, *rows])


def _show(rows: Iterable[tuple[str, str, str]]) -> None:
    table = Table(*_COLUMNS, box=None, pad_edge=False)
    table.columns[0].no_wrap = True
    for row in rows:
        table.add_row(*row)
    Console().print(table, markup=False)


def _named(file: Path, by_name: dict[str, Sentence]) -> Sentence:
    """Return the sentence that a recording is named after, in folders or with dashes.

    Raises:
        BadRecording: it is no sound file, or there is no such sentence.
    """
    if file.suffix.lower() not in KINDS:
        raise BadRecording(f"it is none of {' '.join(KINDS)}")
    found = by_name.get("-".join(file.with_suffix("").parts))
    if found is None:
        raise BadRecording("no sentence has this name; see `xiangwen voice missing --all`")
    return found


def _keep(file: Path, data: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)


def _report(folder: Path, count: int, refused: list[str]) -> None:
    for line in refused:
        click.echo(line, err=True)
    click.echo(f"{folder}: {count} sentences can be heard, {len(refused)} files did not fit.")
    if refused:
        raise SystemExit(1)
