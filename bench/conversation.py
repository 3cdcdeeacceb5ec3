"""What an interview costs a person: taps, typed characters, messages, words to read.

Counted from the transcripts (tests/transcripts), which are played against the real turns. Give a
git revision to count the transcripts of that time too: `python -m bench.conversation [REVISION]`.
"""

import re
import statistics
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

FOLDER = "tests/transcripts"
CHECKOUT = Path(__file__).parent.parent
PEOPLE = (
    "employed_away",
    "farming_at_home",
    "out_of_work",
    "self_employed_returnee",
    "out_of_range",
    "proxy_for_a_parent",
    "next_year",
)
_HAN = re.compile(r"[\u3400-\u9fff]")
_DIRECTIVE = re.compile(r"\{(restart|\d+ days later)\}")


@dataclass(frozen=True, slots=True)
class Cost:
    """What one transcript cost; `words` are the Chinese characters of each message."""

    taps: int
    typed: int
    words: tuple[int, ...]


def cost_of(transcript: str) -> Cost:
    """Count one transcript. A shared contact is a tap."""
    taps, typed, words, message = 0, 0, [], ""
    for line in [*transcript.splitlines(), "> "]:
        if not line.startswith("> "):
            message += "" if line.lstrip().startswith(("[", "(")) else line
            continue
        if message.strip():
            words.append(len(_HAN.findall(message)))
        message, said = "", line[2:]
        if said.startswith("[") or (said.startswith("{") and not _DIRECTIVE.fullmatch(said)):
            taps += 1
        elif said and not said.startswith("{"):
            typed += len(said)
    return Cost(taps, typed, tuple(words))


def now(name: str) -> str:
    """Return a transcript as it stands."""
    return (CHECKOUT / FOLDER / f"{name}.txt").read_text("utf-8")


def at(revision: str, name: str) -> str:
    """Return a transcript as it stood at a git revision."""
    shown = subprocess.run(
        ["git", "show", f"{revision}:{FOLDER}/{name}.txt"],
        cwd=CHECKOUT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return shown.stdout


def main() -> None:
    """Print the table."""
    revision = sys.argv[1] if len(sys.argv) > 1 else ""
    print(f"{'':24} taps  typed  messages  characters a message: median, longest")
    for name in PEOPLE:
        for when, text in (("before", at(revision, name) if revision else ""), ("now", now(name))):
            if text:
                cost = cost_of(text)
                middle, most = statistics.median(cost.words), max(cost.words)
                figures = f"{cost.taps:4}  {cost.typed:5}  {len(cost.words):8}"
                print(f"{name:24}{figures}  {middle:6.0f} {most:5}  {when}")


if __name__ == "__main__":
    main()
