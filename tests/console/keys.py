"""Keys of the console's sentences that its templates put together of parts."""

from typing import Final, get_args

from bot.statistics.tokens import State as TokenState
from bot.web.console.rooms import ROOMS
from conversations.scope import Action
from conversations.statistics.definitions import MEASURES
from conversations.statistics.quality import POINTS
from storage.console_sessions import Level
from storage.staff import State

_REFUSED: Final = (400, 403, 404, 405, 413, 429, 500, 503)
_WRONG: Final = (
    *("shape", "taken", "short", "long", "silly", "name", "differs", "code", "not_yours"),
    "locked",
)
_KINDS: Final = (
    *(
        "system",
        "command",
        "staff",
        "person",
        "chat",
        "place",
        "county",
        "console",
        "token",
        "roster",
    ),
)
# What stands in the audit and is no action of its own (conversations/scope.py).
_DEEDS: Final = (
    *("staff.invite", "staff.join", "staff.suspend", "staff.resume", "staff.device_code"),
    *("staff.drop_device", "console.link", "console.setup_link", "console.set_up"),
    *("console.enter", "console.sign_in", "console.sign_out", "console.sign_out_everywhere"),
    *("console.password", "console.page", "view.act", "follow_up.start", "follow_up.pause"),
    *("follow_up.resume", "follow_up.stop", "erase", "ledger.see", "roster_codes"),
    "api.use",
)
_NOTES: Final = ("age_note", "change_note", "late_note", "hidden_note")
_STATISTICS: Final = (
    *("open", "closed", "tab_tables", "tab_quality", "tab_training", "file_shared"),
    "file_inside",
)
_COLUMNS: Final = (
    *("name", "sex", "age", "phone", "township", "village", "trades", "month", "place"),
)
CONSOLE_KEYS: Final = {
    *(f"console.room.{room.name}" for room in ROOMS),
    *(f"console.refused.{status}" for status in _REFUSED),
    *(f"console.refused.{status}_cure" for status in _REFUSED),
    "console.refused.foreign_cure",
    *(f"console.wrong.{fault}" for fault in _WRONG),
    *(f"console.account.level_{level}" for level in get_args(Level)),
    *(f"console.audit.of_{kind}" for kind in _KINDS),
    *(f"console.deed.{deed}" for deed in (*Action, *_DEEDS)),
    *(f"console.staff.state_{state}" for state in get_args(State)),
    *(f"console.statistics.measure.{measure}" for measure in MEASURES),
    *(f"console.statistics.{key}" for key in (*_NOTES, *_STATISTICS)),
    *(f"console.statistics.definition.{one}" for one in ("what", "code", "words")),
    *(f"console.statistics.quality.point_{point}" for point in POINTS),
    *(f"console.statistics.quality.about_{point}" for point in POINTS),
    *(f"console.statistics.training.column_{column}" for column in _COLUMNS),
    *(f"console.tokens.state_{state}" for state in get_args(TokenState)),
}
