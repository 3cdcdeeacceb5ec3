"""Whose people somebody of the staff may be shown: a list query about people takes one of these.

A query on people without it would be one on all people, which nobody is allowed.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scope:
    """Places by id: townships, and counties for people of whom nobody knows the township."""

    places: tuple[str, ...]

    def __iter__(self) -> Iterator[str]:
        return iter(self.places)

    def __contains__(self, place_id: object) -> bool:
        return place_id in self.places

    def as_json(self) -> str:
        """Return the ids as statements take a list."""
        return json.dumps(list(self.places))
