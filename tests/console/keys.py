"""Keys of the console's sentences that its templates put together of parts."""

from typing import Final, get_args

from bot.web.console.rooms import ROOMS
from storage.console_sessions import Level

_REFUSED: Final = (400, 403, 404, 405, 413, 429, 500, 503)
_WRONG: Final = (
    *("shape", "taken", "short", "long", "silly", "name", "differs", "code", "not_yours"),
    "locked",
)
CONSOLE_KEYS: Final = {
    *(f"console.room.{room.name}" for room in ROOMS),
    *(f"console.refused.{status}" for status in _REFUSED),
    *(f"console.refused.{status}_cure" for status in _REFUSED),
    "console.refused.foreign_cure",
    *(f"console.wrong.{fault}" for fault in _WRONG),
    *(f"console.account.level_{level}" for level in get_args(Level)),
}
