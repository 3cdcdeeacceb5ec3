"""What waits for somebody: each area says it for the page of today."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Waiting:
    """So many of something wait: `console.waiting.<name>` says of what, `path` leads there."""

    name: str
    count: int
    path: str
