"""A ticket makes a served form good for one reply of one chat.

It carries the random update number (so a form sent twice counts once) and is signed together with
the chat token from the cookie (so no other site can make one: the CSRF protection).
"""

import secrets

from itsdangerous import BadSignature, TimestampSigner

from bot.web.settings import WebSettings


class Tickets:
    """Issues and reads tickets; keeps nothing."""

    def __init__(self, settings: WebSettings) -> None:
        self._secret = settings.secret
        self._age = int(settings.ticket_age.total_seconds())

    def _signer(self, token: str) -> TimestampSigner:
        return TimestampSigner(self._secret, salt=b"xiangwen.web.ticket:" + token.encode())

    def issue(self, token: str) -> str:
        """Return a new ticket with an update number that was never used before."""
        return self._signer(token).sign(str(secrets.randbits(63))).decode()

    def read(self, token: str, ticket: str) -> int | None:
        """Return the update number; None for another chat's, an old or a made-up ticket."""
        try:
            return int(self._signer(token).unsign(ticket, max_age=self._age))
        except BadSignature:
            return None
