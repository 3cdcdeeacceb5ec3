"""The lists of the questionnaire and the table of sounds, read as an edge would."""

from functools import cache
from pathlib import Path

from bot.atlas import load_atlas
from bot.places import load_places
from conversations.replies.atlas import Atlas
from conversations.replies.sounds import Sounds
from conversations.xform.question import Choice

FORMS = Path(__file__).parents[2] / "conversations" / "forms"


@cache
def sounds() -> Sounds:
    return atlas().sounds


@cache
def listed(name: str) -> tuple[Choice, ...]:
    """Return a list of the form; `county:晋中市` are the counties of that city."""
    name, _, parent = name.partition(":")
    rows = [row for row in _rows() if row["list_name"] == name]
    if parent:
        ids = {row["name"] for row in _rows() if row[LABEL] == parent}
        rows = [row for row in rows if {row["city"], row["county"]} & ids]
    return tuple(Choice(row["name"], row[LABEL]) for row in rows)


LABEL = "label::中文 (zh)"


@cache
def _rows() -> tuple[dict[str, str], ...]:
    text = (FORMS / "rural_labour.md").read_text("utf-8")
    table = text[text.index("| choices |") :].split("\n\n")[0].splitlines()
    cells = [[cell.strip() for cell in line.split("|")[2:-1]] for line in table[2:]]
    return tuple(dict(zip(cells[0], row, strict=True)) for row in cells[1:] if len(row) > 2)


@cache
def atlas() -> Atlas:
    """Return all divisions and villages of the province."""
    return load_atlas(load_places())
