"""The ledger in words: what became of a prompt, for whoever got it and for the staff.

Each row has a state and a reason; both become the key of one sentence.
"""

from collections.abc import Mapping
from typing import Final

from conversations import sending as why

_BY_REASON: Final[Mapping[str, str]] = {
    why.WANTS_NONE: "ledger.wants_none",
    why.PAUSED: "ledger.paused",
    why.REFUSED: "ledger.refused",
    why.NOT_AT_THIS_PHONE: "ledger.not_at_this_phone",
    why.GONE: "ledger.gone",
    "erased": "ledger.gone",
    "out_of_range": "ledger.gone",
    why.LATE: "ledger.late",
    why.NO_CHANNEL: "ledger.no_channel",
    why.BLOCKED: "ledger.blocked",
    why.NOT_OPENED: "ledger.not_opened",
    why.ON_CALL_LIST: "ledger.on_call_list",
    why.TOO_OLD: "ledger.too_old",
    why.QUIET: "ledger.quiet",
    why.TALKING: "ledger.talking",
    why.OVER_BUDGET: "ledger.over_budget",
    why.FINISHED: "ledger.finished",
    "not taken, tried again later": "ledger.not_taken",
    "stopped by the station": "ledger.stopped",
}
_BY_STATE: Final[Mapping[str, str]] = {
    "planned": "ledger.planned",
    "claimed": "ledger.planned",
    "sending": "ledger.sending",
    "sent": "ledger.sent",
    "answered": "ledger.answered",
    "cleared": "ledger.cleared",
    "muted": "ledger.wants_none",
    "blocked": "ledger.blocked",
    "failed": "ledger.failed",
    "expired": "ledger.late",
    "unknown": "ledger.unknown",
}


def sentence_key(state: str, reason: str, *, was_opened: bool = False) -> str:
    """Return the key of the sentence that says what became of a row, and why."""
    if state == "sent" and was_opened:
        return "ledger.opened"
    if reason.startswith(why.PUT_OFF):
        return "ledger.put_off"
    if state in ("sent", "answered", "sending", "unknown"):
        return _BY_STATE[state]
    return _BY_REASON.get(reason, _BY_STATE[state])
