"""The compiled text of a form, kept between set-up and start: pyxform takes most of a second.

`make install` keeps the questionnaire's. The name holds the digest of the source and the version
of pyxform, so a form that was edited, or an upgrade, compiles anew.
"""

from importlib.metadata import version
from pathlib import Path
from typing import Final

from bot.forms.compile import compile_form
from storage.vault import content_digest

FOLDER: Final = Path(__file__).parent.parent.parent / "build" / "forms"


def compiled(source: Path, folder: Path = FOLDER) -> str:
    """Return the XForm of a form: what was kept of this very source, else compiled now.

    Raises:
        FormError: as `compile_form`.
    """
    kept = _place(source, folder)
    return kept.read_text("utf-8") if kept.is_file() else compile_form(source)


def keep(source: Path, folder: Path = FOLDER) -> Path:
    """Compile a form and keep the text; return where it stands.

    Raises:
        FormError: as `compile_form`.
    """
    text, place = compile_form(source), _place(source, folder)
    folder.mkdir(parents=True, exist_ok=True)
    # Whoever reads at this moment finds all of it or nothing.
    unfinished = place.with_suffix(".part")
    unfinished.write_text(text, "utf-8")
    unfinished.replace(place)
    return place


def _place(source: Path, folder: Path) -> Path:
    named = f"{version('pyxform')}\n".encode() + source.read_bytes()
    return folder / f"{content_digest(named)}.xml"
