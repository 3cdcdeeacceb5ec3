"""Reads the ladders that ship beside the form."""

import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.places import FOLDER
from conversations.ladder import Ladder, Ladders, Rung, ladders_of


def load_ladders(folder: Path = FOLDER) -> Ladders:
    """Return the ladders.

    Raises:
        LadderError: one makes no sense.
    """
    tables = tomllib.loads((folder / "ladders.toml").read_text("utf-8"))
    return ladders_of([_ladder(table) for table in tables["ladder"]])


def _ladder(table: dict[str, Any]) -> Ladder:
    return Ladder(table["version"], tuple(_rung(step) for step in table["step"]))


def _rung(step: dict[str, Any]) -> Rung:
    wait = timedelta(days=step.get("days", 0))
    return Rung(step.get("wording", ""), wait, step.get("only_opened", False))
