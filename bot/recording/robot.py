"""Make a pack that a robot speaks: `python -m bot.recording.robot FOLDER`.

It needs espeak-ng and ffmpeg, and nothing leaves the machine. For trying things out only: nobody
likes to listen to it for long. Lists that take long to read, and what is said of wrong answers,
are left out.
"""

import argparse
import re
import subprocess
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Final

from bot.clips.pack import ENDING, write_said
from bot.forms.compile import open_form
from bot.forms.zone import machine_zone
from bot.recording.sentences import Sentence, sentences
from bot.recording.taking import find_ffmpeg, take_in
from bot.settings import SHIPPED_FORM
from bot.settings_values import CHECKOUT
from bot.texts import load_texts

# The voice `cmn` of Debian's 1.51 reads the pinyin of its own dictionary as English.
_VOICE: Final = "cmn-latn-pinyin"
_WORDS_A_MINUTE: Final = "185"
_LONG_NUMBER: Final = re.compile(r"\d{5,}")
_LEFT_OUT: Final = ("texts/rejected.", "rural_labour/ethnicity/", "rural_labour/work_province/")


def make(folder: Path) -> None:
    """Write the pack anew."""
    form, texts = open_form(CHECKOUT / SHIPPED_FORM), load_texts("zh")
    wanted = sentences(form, texts, datetime.now(machine_zone()))
    spoken = [one for one in wanted if not one.name.startswith(_LEFT_OUT)]
    ffmpeg = find_ffmpeg()
    for one in spoken:
        file = folder / f"{one.name}{ENDING}"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(_speak(one, ffmpeg))
    write_said(folder, {one.name: one.text for one in spoken})


def _speak(sentence: Sentence, ffmpeg: str) -> bytes:
    # Digit by digit, as a phone number is said.
    text = _LONG_NUMBER.sub(lambda found: " ".join(found[0]), sentence.text)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "said.wav"
        command = ["espeak-ng", "-b", "1", "-v", _VOICE, "-s", _WORDS_A_MINUTE, "-w", str(file)]
        subprocess.run([*command, text], check=True)  # noqa: S603 (a text of the form, no shell)
        return take_in(file, sentence.text, ffmpeg)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Make a pack that a robot speaks.")
    parser.add_argument("folder", type=Path)
    make(parser.parse_args().folder)
