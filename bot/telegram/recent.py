"""A set that forgets its oldest members, for what is nice to remember."""

from collections import OrderedDict


class Recent:
    """At most `limit` keys."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._keys: OrderedDict[str, None] = OrderedDict()

    def __contains__(self, key: str) -> bool:
        return key in self._keys

    def add(self, key: str) -> None:
        """Remember the key, and forget the oldest one when there are too many."""
        self._keys[key] = None
        self._keys.move_to_end(key)
        if len(self._keys) > self._limit:
            self._keys.popitem(last=False)

    def clear(self) -> None:
        """Forget all."""
        self._keys.clear()

    def discard(self, key: str) -> None:
        """Forget the key."""
        self._keys.pop(key, None)
