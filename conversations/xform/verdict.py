"""How an answer was judged: a value, not an exception."""

from dataclasses import dataclass
from typing import Final, Literal


@dataclass(frozen=True, slots=True)
class Verdict:
    """`ok`: kept. Anything else: refused and not kept; `message` is the form's own, "" if none."""

    kind: Literal["ok", "required", "constraint", "type"]
    message: str = ""


OK: Final = Verdict("ok")
WRONG_TYPE: Final = Verdict("type")
