"""The rows of the ledger as people read them: one line a prompt."""

from collections.abc import Iterable
from datetime import tzinfo
from typing import Final

from bot.render.words import day_in_words
from bot.texts import Texts
from conversations.explaining import sentence_key
from storage.reminder_rows import Reminder

# Every sentence that the core may name (conversations/explaining.py).
SENTENCES: Final = (
    "ledger.answered",
    "ledger.blocked",
    "ledger.cleared",
    "ledger.failed",
    "ledger.finished",
    "ledger.gone",
    "ledger.late",
    "ledger.no_channel",
    "ledger.not_at_this_phone",
    "ledger.not_opened",
    "ledger.not_taken",
    "ledger.on_call_list",
    "ledger.opened",
    "ledger.over_budget",
    "ledger.paused",
    "ledger.planned",
    "ledger.put_off",
    "ledger.quiet",
    "ledger.refused",
    "ledger.sending",
    "ledger.sent",
    "ledger.stopped",
    "ledger.talking",
    "ledger.too_old",
    "ledger.unknown",
    "ledger.wants_none",
)
_KINDS: Final = {
    "yearly": "ledger.kind_yearly",
    "unfinished": "ledger.kind_unfinished",
    "follow_up": "ledger.kind_follow_up",
}


def ledger_lines(texts: Texts, rows: Iterable[Reminder], zone: tzinfo) -> list[str]:
    """Return what became of each prompt, oldest first, in whole sentences."""
    return [_line(texts, row, zone) for row in sorted(rows, key=lambda row: row.due_at)]


def _line(texts: Texts, row: Reminder, zone: tzinfo) -> str:
    on = (row.sent_at or row.due_at).astimezone(zone).date()
    key = sentence_key(row.state, row.reason, was_opened=row.opened_at is not None)
    return texts(
        "ledger.line",
        date=day_in_words(texts, on),
        kind=texts(_KINDS[row.kind], step=str(row.step)),
        what=texts(key),
    )
