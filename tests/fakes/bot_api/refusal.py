"""The Bot API's way of saying no."""

from typing import Any


class Refusal(Exception):
    """An answer with `ok: false`."""

    def __init__(
        self, status: int, description: str, parameters: dict[str, Any] | None = None
    ) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters


def bad(description: str) -> Refusal:
    """Return a 400."""
    return Refusal(400, f"Bad Request: {description}")
