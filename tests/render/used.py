"""Which keys of the catalogue the code asks for, found in its syntax trees."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDERS = (
    *("bot/exporting", "bot/posters", "bot/progress", "bot/recording", "bot/render"),
    *("bot/rosters", "bot/statistics", "bot/telegram", "bot/web"),
)
FILES = ("bot/prompts.py", "bot/turns.py", "bot/standing.py")


def words() -> set[str]:
    """Return every string in the code that could be a key or the last part of one."""
    files = [file for folder in FOLDERS for file in (ROOT / folder).rglob("*.py")]
    files += [ROOT / file for file in FILES]
    pages = [page.read_text("utf-8") for page in (ROOT / "bot/web").rglob("*.html")]
    named = re.compile(r"\"([a-z0-9_]+(?:\.[a-z0-9_]*[a-z0-9])+)\"")
    return {found for file in files for found in _in_file(file)} | {
        found for page in pages for found in named.findall(page)
    }


def beginnings() -> tuple[str, ...]:
    """Return how keys of the console begin that are put together: of f-strings and templates."""
    files = (ROOT / "bot/web/console").rglob("*.py")
    trees = [ast.parse(file.read_text("utf-8")) for file in files]
    found = {
        node.values[0].value
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant)
    }
    for page in (ROOT / "bot/web/console").rglob("*.html"):
        found |= set(re.findall(r"\"(console\.[a-z0-9_.]+[._])\" ~", page.read_text("utf-8")))
    # At least an area and a part of it: anything shorter would hide what is dead.
    long_enough = re.compile(r"console\.[a-z_]+\.([a-z0-9_.]+[._])?")
    return tuple(one for one in map(str, found) if long_enough.fullmatch(one))


def _in_file(file: Path) -> Iterator[str]:
    tree = ast.parse(file.read_text("utf-8"))
    pieces = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for part in node.values
    }
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in pieces
        ) and re.fullmatch(r"[a-z_]+(\.[a-z0-9_]+){0,3}", node.value):
            yield node.value
