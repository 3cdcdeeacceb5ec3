"""What the page can be told by its operator."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final, NamedTuple


class Rate(NamedTuple):
    """A token bucket: `burst` at once, then `per_second` (a fraction for a slow drip)."""

    burst: int
    per_second: float


class Notice(NamedTuple):
    """Who answers for the data, and the phone or address at which they do ("" for none)."""

    handler: str
    contact: str


CHAT_RATE: Final = Rate(30, 1.0)
ADDRESS_RATE: Final = Rate(600, 60.0)
CODE_RATE: Final = Rate(5, 1 / 120)


@dataclass(frozen=True, slots=True)
class WebSettings:
    """Limits are per process.

    Args of the constructor, where not plain:
        public_url: the address people type; cookies are Secure when it begins with https.
        secret: signs the forms; at least 16 bytes, the same on every replica.
        chat_rate: replies of one chat.
        address_rate: requests of one client address. Generous: thousands of phones share one
            address behind a mobile carrier.
        code_rate: return codes tried by one chat; one address gets ten times as many.
        max_body: bytes of one posted form.
        ticket_age: how long a served form may be sent. Shorter than the seven days for which done
            update numbers are remembered, so a form can never count twice.
    """

    public_url: str
    secret: bytes
    chat_rate: Rate = CHAT_RATE
    address_rate: Rate = ADDRESS_RATE
    code_rate: Rate = CODE_RATE
    max_concurrent: int = 200
    max_body: int = 16 * 1024
    ticket_age: timedelta = timedelta(days=6)

    def __post_init__(self) -> None:
        if len(self.secret) < 16:
            raise ValueError("the web page's secret needs at least 16 bytes")

    @property
    def is_https(self) -> bool:
        """Return whether people reach the page by https."""
        return self.public_url.lower().startswith("https://")
