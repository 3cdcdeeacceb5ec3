"""Keys of the sentences about progress that code and templates put together of parts."""

from typing import Final

from conversations.progress import MEASURES

_STEPS: Final = (
    *("base", "added", "moved_in", "moved_out", "returned", "duplicate", "erased", "removed"),
    *("corrected", "total", "young", "asked"),
)
_LEFT: Final = ("01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "12", "13", "99")
PROGRESS_KEYS: Final = {
    *(f"bulletin.{name}" for name in ("rank", "place", "done", "rate", "fresh", "verified")),
    "bulletin.accepted",
    *(f"bulletin.lead_{which}" for which in ("again", "returned", "rejected")),
    *(
        f"bulletin.{name}_{basis}"
        for name in ("of", "lead", "rule")
        for basis in ("target", "heads")
    ),
    *(f"bulletin.card_{name}" for name in ("target", "heads", "done", "rate", "accepted")),
    *(f"console.progress.measure_{measure}" for measure in MEASURES),
    *(f"console.progress.ledger_{step}" for step in _STEPS),
    *(f"console.progress.ledger_left_{code}" for code in _LEFT),
    *(f"console.progress.targets_{way}" for way in ("notice", "last", "heads", "none")),
    *(f"console.progress.weekday_{day}" for day in range(7)),
}
