"""What `xiangwen roster` says: counts, the reasons of refused lines, files, who is due."""

from collections.abc import Iterator, Sequence
from datetime import tzinfo
from pathlib import Path

from bot.cli.rosters_run import FAULTS_SHOWN, Result
from bot.places import Places
from bot.rosters.judging import faults_of
from bot.rosters.telling import told
from bot.texts import load_texts
from conversations.lobby.wishes import tag_of
from storage.roster import Waiting
from storage.roster_imports import Import


def told_of(result: Result, codes: Path | None) -> list[str]:
    """Return what the operator reads at the end."""
    new, known = result.of("new"), result.of("same", "differs", "reported")
    verb = "added" if result.is_taken else "would be added"
    lines = [f"{new} people {verb}, {known} known before."]
    if differs := result.of("differs"):
        lines.append(f"{differs} of them are known with other values: see --rule.")
    if reported := result.of("reported"):
        lines.append(f"{reported} of them answered already, which no roster changes.")
    if codes is not None:
        lines.append(f"{result.coded} personal codes in {codes}, readable by you alone.")
        lines.append("A code opens what is known of that person: hand each to nobody else,")
        lines.append("and delete the file when they are handed out.")
    return lines


def faults_in(result: Result) -> str:
    """Return the refused lines with their reasons, as far as they fit a screen."""
    texts = load_texts("en")
    lines = []
    for row in result.shown:
        for fault in faults_of(row.content):
            what, cure = told(texts, fault, result.titles)
            lines.append(f"line {row.line}: {fault.role}: {what}. {cure}")
    if result.refused > FAULTS_SHOWN:
        lines.append(f"and {result.refused - FAULTS_SHOWN} more lines.")
    verb = "were not taken over" if result.is_taken else "would not be taken over"
    lines.append(f"{result.refused} lines {verb}. Mend them and give the file again.")
    return "\n".join(lines)


def import_line(one: Import, places: Places, zone: tzinfo) -> str:
    """Return a file in one line; its name is somebody's words and stays inside."""
    place = places.by_id.get(one.scope_id)
    name = place.name if place is not None else one.scope_id
    at = f"{one.created_at.astimezone(zone):%Y-%m-%d %H:%M}"
    return f"{tag_of(one.id)}  {at}  {name}  {one.state}  {one.total} lines  {one.created_by}"


def due_lines(waiting: Sequence[Waiting], places: Places) -> Iterator[str]:
    """Yield a line for each township, and one for all."""
    for one in waiting:
        place = places.by_id.get(one.township_id)
        name = f"{place.code} {place.name}" if place else one.township_id
        yield f"{name}: {one.due} due, {one.newly_ripe} of them since they turned 16"
    due = sum(one.due for one in waiting)
    young = sum(one.too_young for one in waiting)
    yield f"Together: {due} due for a first interview, {young} not yet 16."
