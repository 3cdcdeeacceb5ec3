"""Keys of the sentences about the platform's answers that are put together of parts."""

from typing import Final, get_args

from bot.platform.taking import counts_of
from bot.web.console.answers_open import Way
from conversations.platform.mapping import How
from conversations.platform.words import COLUMNS, VERDICTS
from storage.answers import Choice, State

_NOT: Final = (
    *("unknown", "no_number", "bad_number", "spoilt", "masked", "no_line", "foreign", "status"),
    "twice",
)
_WRONG: Final = (*("no_key", "twice", "no_status", "no_reason", "no_batch", "unmatched", "moved"),)
ANSWER_KEYS: Final = {
    *(f"console.answers.state.{state}" for state in get_args(State) if state != "dropped"),
    *(f"console.answers.column.{name}" for name in COLUMNS),
    *(f"console.answers.how.{how}" for how in get_args(How)),
    *(f"console.answers.word.{verdict}" for verdict in VERDICTS),
    *(f"console.answers.who.{who}" for who in get_args(Choice)),
    *(f"console.answers.came.{key}" for key in counts_of({})),
    *(f"console.answers.way.{way}" for way in get_args(Way)),
    *(f"console.answers.not.{key}" for key in _NOT),
    *(f"console.answers.wrong.{key}" for key in _WRONG),
    *(f"console.answers.fault.{key}" for key in ("foreign", "nothing", "gone")),
    "console.waiting.answers",
    "console.waiting.answers_handed",
    "platform.asks",
}
