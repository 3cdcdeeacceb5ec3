"""What the pages about progress show, as plain values for the templates."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bot.progress.chart import Scale, nice_steps
from bot.progress.words import counted, day_short
from bot.texts import Texts
from conversations.progress import Measure, cumulated, reached
from storage.headcounts import Ledger

WIDTH: Final = 720
HEIGHT: Final = 240
_LEFT: Final = 70
_TOP: Final = 18
_RECENT: Final = 31
_ORDER: Final = ("added", "moved_in", "returned", "moved_out")
_LAST: Final = ("duplicate", "erased", "removed", "corrected")


@dataclass(frozen=True, slots=True)
class Line:
    """A line from day to day, as an SVG draws it."""

    points: str
    steps: tuple[tuple[float, str], ...]
    target: float | None
    label: str
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the ledger: what happened, how many, and what it comes to after it."""

    name: str
    count: int
    total: int
    is_sum: bool = False


def line_of(
    texts: Texts, days: Mapping[str, Mapping[str, int]], measure: Measure, target: int | None
) -> Line | None:
    """Return the line of a trend; None before there are two days."""
    counts = [(date.fromisoformat(day), count) for day, count in cumulated(days, measure)]
    if len(counts) < 2:
        return None
    most = max(count for _, count in counts)
    shown = target if target and target <= 4 * most else None
    top = max(most, shown or 0, 1)
    size = (WIDTH - _LEFT - 10, HEIGHT - _TOP - 24)
    scale = Scale.of(counts, (_LEFT, _TOP), size, top)
    first, last = (day_short(texts, counts[end][0]) for end in (0, -1))
    return Line(
        " ".join(f"{x:.1f},{y:.1f}" for x, y in scale.points),
        tuple((round(scale.height(step), 1), counted(step)) for step in nice_steps(top)),
        None if shown is None else round(scale.height(shown), 1),
        texts(
            "console.progress.trend_label",
            first=first,
            last=last,
            begin=counted(counts[0][1]),
            end=counted(counts[-1][1]),
        ),
        first,
        last,
    )


def weeks_of(
    days: Mapping[str, Mapping[str, int]], measure: Measure
) -> list[tuple[date, int, int]]:
    """Return Monday, what was added and what it came to, the latest week first."""
    added: dict[date, int] = {}
    for day, stages in days.items():
        on = date.fromisoformat(day)
        monday = on - timedelta(days=on.weekday())
        added[monday] = added.get(monday, 0) + reached(stages, measure)
    return _summed(added)


def days_of(
    days: Mapping[str, Mapping[str, int]], measure: Measure
) -> list[tuple[date, int, int]]:
    """Return the last days on which something changed, the latest first."""
    added = {date.fromisoformat(day): reached(stages, measure) for day, stages in days.items()}
    return [one for one in _summed(added) if one[1]][:_RECENT]


def steps_of(texts: Texts, ledger: Ledger, young: int) -> list[Step]:
    """Return the ledger step by step, each with what it comes to."""
    total = ledger.base
    steps = [Step(_named(texts, "base"), ledger.base, total, is_sum=True)]
    left = sorted(reason for reason in ledger.changes if reason.startswith("left:"))
    for reason in (*_ORDER, *left, *_LAST):
        count = ledger.changes[reason]
        if count or reason in ("added", "moved_in", "moved_out"):
            total += count
            steps.append(Step(_named(texts, reason.replace(":", "_")), count, total))
    steps.append(Step(_named(texts, "total"), ledger.total, total, is_sum=True))
    if young:
        steps.append(Step(_named(texts, "young"), -young, total - young))
        steps.append(Step(_named(texts, "asked"), total - young, total - young, is_sum=True))
    return steps


def _summed(added: Mapping[date, int]) -> list[tuple[date, int, int]]:
    found, total = [], 0
    for day in sorted(added):
        total += added[day]
        found.append((day, added[day], total))
    return found[::-1]


def _named(texts: Texts, reason: str) -> str:
    return texts.get(f"console.progress.ledger_{reason}", "console.progress.ledger_left_99")
