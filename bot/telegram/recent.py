"""What is nice to remember: keys, each with a number if need be; the oldest are forgotten."""

from collections import OrderedDict


class Recent:
    """At most `limit` keys."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._keys: OrderedDict[str, int] = OrderedDict()

    def __contains__(self, key: str) -> bool:
        return key in self._keys

    def add(self, key: str, number: int = 0) -> None:
        """Remember the key, and forget the oldest one when there are too many."""
        self._keys[key] = number
        self._keys.move_to_end(key)
        if len(self._keys) > self._limit:
            self._keys.popitem(last=False)

    def clear(self) -> None:
        """Forget all."""
        self._keys.clear()

    def pop(self, key: str) -> int:
        """Forget the key and return its number, 0 when it is not known."""
        return self._keys.pop(key, 0)

    def discard(self, key: str) -> None:
        """Forget the key."""
        self._keys.pop(key, None)
