"""The table of sounds and the divisions, read once for reading what people type."""

import csv
from pathlib import Path

from bot.places import FOLDER, Places
from conversations.replies.atlas import LEVELS, Atlas, Division, atlas_of
from conversations.replies.sounds import Sounds, sounds_from


def load_sounds(folder: Path = FOLDER) -> Sounds:
    """Return how the characters are read that `pinyin.csv` lists."""
    with (folder / "pinyin.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        return sounds_from((syllable, characters) for syllable, characters in rows)


def load_atlas(places: Places, folder: Path = FOLDER) -> Atlas:
    """Return the places as the core looks them up; its indexes are made when first needed."""
    divisions = (
        Division(place.id, place.parent_id, level, place.name)
        for level in LEVELS
        for place in places.by_id.values()
        if place.level == level
    )
    return atlas_of(divisions, places.villages, load_sounds(folder))
