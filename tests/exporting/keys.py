"""Keys of sentences about exports that are put together when the program runs."""

from typing import Final, get_args

from bot.exporting.taking import Refused
from storage.batches import State
from storage.export.reasons import REASONS, WHO
from storage.reports import State as ReportState

_FAULTS: Final = (
    *("needed", "unmapped", "no_such_role", "twice", "constant_not_allowed", "constant_too_long"),
    *("no_counterpart", "not_in_drop_down", "unused_wording", "wording_too_long"),
)
_REFUSED: Final = ("old", "large", "broken", "no_headings", "no_sheet", "no_file")
EXPORT_KEYS: Final = frozenset(
    (
        *(f"console.exports.state.{state}" for state in get_args(State)),
        *(f"console.exports.report.{state}" for state in get_args(ReportState)),
        *(f"console.exports.reason.{reason}" for reason in REASONS),
        *(f"console.exports.ask.{reason}" for reason, who in WHO.items() if who != "county"),
        *(f"console.exports.who.{who}" for who in WHO.values()),
        *(f"console.exports.told.{refused}" for refused in Refused),
        *(
            f"console.exports.told.{done}"
            for done in ("approved", "dropped", "question", "case", "all_asked")
        ),
        "console.exports.told.not_there",
        *(f"console.exports.{mark}_mark" for mark in ("changed", "full")),
        *(f"console.exports.batch.failed_{what}" for what in ("other", "template")),
        *(f"console.templates.state.{state}" for state in ("draft", "active", "retired")),
        *(f"console.templates.fault.{fault}" for fault in _FAULTS),
        *(f"console.templates.refused.{key}{end}" for key in _REFUSED for end in ("", "_cure")),
        *(f"console.templates.{change}" for change in ("new", "gone", "moved", "reworded")),
        *(f"console.templates.kind_{kind}" for kind in ("text", "number", "month")),
        *(f"console.templates.value_{value}" for value in ("setting", "label", "code")),
        *(f"console.deed.template.{deed}" for deed in ("add", "map", "activate")),
        "console.deed.export.held",
        *(f"console.waiting.exports_{what}" for what in ("approve", "ready")),
    )
)
