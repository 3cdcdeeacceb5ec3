"""A regular expression as a machine that reads each sign once: no backtracking, no blow-up.

Python's `re` needs exponential time for a pattern such as `(a+)+b`. Patterns with several open
repetitions are run here instead. A full match has no use for groups or greed, so both are dropped.
"""

import re
from collections.abc import Callable
from typing import Final

_MOST_STATES: Final = 4_000
_COUNT: Final = re.compile(r"\{(\d{1,4})(,(\d{0,4}))?\}")
_CLASS: Final = re.compile(r"\[\^?\]?(?:[^\]\\]|\\.)*\]", re.DOTALL)
_ESCAPE: Final = re.compile(
    r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|[^0-9bBAZzGQEkpPXRN])", re.DOTALL
)

Test = Callable[[str], bool]


class TooHardError(ValueError):
    """The pattern uses what this machine lacks (look-around, back references), or is too large."""


class Automaton:
    """The machine of one pattern: states that read a sign, fork, look for an end, or accept."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._at = 0
        self._tests: list[Test | None] = [None]
        self._nexts: list[tuple[int, ...]] = [()]
        self._ends: dict[int, str] = {}
        body = self._alternatives(0)
        if self._at < len(pattern):
            raise TooHardError(pattern)
        self._start = body(0)

    def matches(self, text: str) -> bool:
        """Tell whether the whole text matches."""
        current = self._reach({self._start}, 0, len(text))
        for place, sign in enumerate(text, 1):
            found: set[int] = set()
            for state in current:
                test = self._tests[state]
                if test is not None and test(sign):
                    found.update(self._nexts[state])
            if not found:
                return False
            current = self._reach(found, place, len(text))
        return 0 in current

    def _reach(self, states: set[int], place: int, size: int) -> set[int]:
        """Return the states that are reached without reading."""
        reached: set[int] = set()
        waiting = list(states)
        while waiting:
            state = waiting.pop()
            if state in reached:
                continue
            reached.add(state)
            end = self._ends.get(state)
            if (end == "^" and place) or (end == "$" and place < size):
                continue
            if self._tests[state] is None:
                waiting.extend(self._nexts[state])
        return reached

    def _add(self, test: Test | None, *nexts: int) -> int:
        """Add a state and return its number."""
        if len(self._tests) >= _MOST_STATES:
            raise TooHardError(self._pattern)
        self._tests.append(test)
        self._nexts.append(nexts)
        return len(self._tests) - 1

    def _alternatives(self, depth: int) -> "Build":
        """Read `a|b|c`."""
        if depth > 50:
            raise TooHardError(self._pattern)
        found = [self._sequence(depth)]
        while self._pattern.startswith("|", self._at):
            self._at += 1
            found.append(self._sequence(depth))
        return lambda after: self._add(None, *[one(after) for one in found])

    def _sequence(self, depth: int) -> "Build":
        """Read what stands side by side."""
        found: list[Build] = []
        while self._at < len(self._pattern) and self._pattern[self._at] not in "|)":
            found.append(self._repeated(self._atom(depth)))

        def build(after: int) -> int:
            for one in reversed(found):
                after = one(after)
            return after

        return build

    def _repeated(self, one: "Build") -> "Build":
        """Read what says how often."""
        sign = self._pattern[self._at : self._at + 1]
        count = _COUNT.match(self._pattern, self._at)
        if sign in ("*", "+", "?") and sign:
            self._at += 1
            least, most = {"*": (0, None), "+": (1, None), "?": (0, 1)}[sign]
        elif count:
            self._at = count.end()
            least = int(count[1])
            most = least if not count[2] else int(count[3]) if count[3] else None
        else:
            return one
        if self._pattern.startswith("?", self._at):
            self._at += 1
        elif self._pattern.startswith(("*", "+", "{"), self._at):
            raise TooHardError(self._pattern)
        return lambda after: self._times(one, least, most, after)

    def _times(self, one: "Build", least: int, most: int | None, after: int) -> int:
        """Build something that comes several times."""
        if most is None:
            loop = self._add(None)
            self._nexts[loop] = (one(loop), after)
            after = loop
        for _ in range((most or least) - least):
            after = self._add(None, one(after), after)
        for _ in range(least):
            after = one(after)
        return after

    def _atom(self, depth: int) -> "Build":
        """Read one sign, class or group."""
        sign = self._pattern[self._at]
        if sign == "(":
            return self._group(depth)
        if sign in "^$":
            self._at += 1
            return lambda after: self._end(sign, after)
        found = {"[": _CLASS, "\\": _ESCAPE}.get(sign, _ANY).match(self._pattern, self._at)
        if found is None or sign in "*+?{":
            raise TooHardError(self._pattern)
        self._at = found.end()
        test = _tester(found[0])
        return lambda after: self._add(test, after)

    def _group(self, depth: int) -> "Build":
        """Read a group."""
        opened = "(?:" if self._pattern.startswith("(?:", self._at) else "("
        self._at += len(opened)
        if self._pattern.startswith(("?", "*"), self._at):
            raise TooHardError(self._pattern)
        inner = self._alternatives(depth + 1)
        if not self._pattern.startswith(")", self._at):
            raise TooHardError(self._pattern)
        self._at += 1
        return inner

    def _end(self, sign: str, after: int) -> int:
        """Build a look for the beginning or the end."""
        state = self._add(None, after)
        self._ends[state] = sign
        return state


Build = Callable[[int], int]
"""Adds the states of a part before the given state, and returns where the part begins."""

_ANY: Final = re.compile(r".", re.DOTALL)


def _tester(part: str) -> Test:
    """Return the test of one sign; Python's `re` knows classes, and each answer is kept."""
    compiled = re.compile(part, re.ASCII)
    known: dict[str, bool] = {}

    def test(sign: str) -> bool:
        if sign not in known:
            known[sign] = compiled.fullmatch(sign) is not None
        return known[sign]

    return test
