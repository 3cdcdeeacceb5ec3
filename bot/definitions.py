"""Reads the definitions of the monthly tables, which ship beside the form."""

import tomllib
from functools import cache
from pathlib import Path

from bot.places import FOLDER
from conversations.statistics.definitions import Definitions


@cache
def load_definitions(folder: Path = FOLDER) -> Definitions:
    """Return the definitions.

    Raises:
        pydantic.ValidationError: a table names a dimension that is not described.
    """
    return Definitions.model_validate(
        tomllib.loads((folder / "statistics.toml").read_text("utf-8"))
    )
