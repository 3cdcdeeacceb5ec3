"""Keys of the sentences about rosters that are put together of parts."""

from typing import Final, get_args

from conversations.replies.outcome import Reason
from conversations.roster.words import NEEDED
from storage.roster_imports import State
from storage.roster_rows import Verdict

_OURS: Final = (
    *("empty", "doubled", "id_cut", "id_is_date", "cell_error", "phone_cut", "withdrawn"),
    *("township_unknown", "township_none", "township_several", "township_county"),
    *("wrong_scope", "address_unclear", "elsewhere"),
)
# What the readers of numbers, names and phones say; the others they only doubt.
_READ: Final = [
    str(reason)
    for reason in Reason
    if reason.startswith(("id_", "name_", "phone_"))
    and reason not in (Reason.PHONE_UNUSUAL, Reason.PHONE_SEVERAL)
]
FAULTS: Final = (*_OURS, *_READ)
NOTES: Final = (
    *("village_unclear", "village_near", "village_unknown", "choice_unknown"),
    *("gender_differs", "birth_date_differs"),
)
ROLES: Final = (
    *NEEDED,
    *("phone", "county", "village", "address", "address_detail", "gender", "birth_date"),
    *("ethnicity", "political_status", "education", "labour_capacity"),
)
ROSTER_KEYS: Final = {
    *(f"roster.{part}.{key}" for part in ("fault", "cure") for key in FAULTS),
    *(f"roster.note.{key}" for key in NOTES),
    *("roster.failed.gone", "roster.failed.gone_cure", "console.waiting.roster"),
    *(f"console.roster.state.{state}" for state in get_args(State)),
    *(f"console.roster.verdict.{verdict}" for verdict in get_args(Verdict)),
    *(f"console.roster.role.{role}" for role in ROLES),
    *("console.roster.missing", "console.roster.doubled"),
}
