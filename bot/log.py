"""Lines for the operator, as JSON or for a console, without a word of or about a person.

A line is built from what is known to be harmless, never by taking out what is not: constant texts
of our own modules, the attributes in KEPT, and for an error its class and the code places it went
through. Texts of libraries and of their errors are left out, because they quote what they met.
"""

import json
import logging
import re
import sys
import traceback
from datetime import UTC, datetime
from typing import Final, Literal, TextIO

OURS: Final = frozenset(("bot", "storage", "conversations"))
KEPT: Final = frozenset(
    {"chats", "count", "cycle", "engine", "error", "error_id", "form", "hash", "interview", "job"}
    | {"kind", "path", "port", "reason", "reminder", "revision", "seconds", "signal"}
    | {"statement", "status", "trace", "update", "version"}
)
_QUIET: Final = (
    *("aiohttp", "apscheduler", "asyncio", "fontTools", "fpdf", "httpcore", "httpx"),
    *("telegram", "uvicorn"),
)
_HARMLESS: Final = re.compile(r"(?!.*\d{11})(?!\d{6,}:)[][A-Za-z0-9_.:/ -]{0,400}")
_PLACES: Final = 8


def set_up_logging(
    form: Literal["console", "json"], level: str, stream: TextIO | None = None
) -> None:
    """Send every line of this process to one stream (standard error) in one form."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines() if form == "json" else ConsoleLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("uvicorn.access").disabled = True
    # A round of prompts may well last longer than the time between two looks.
    logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)
    logging.captureWarnings(True)


class JsonLines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        return json.dumps(said(record), ensure_ascii=False)


class ConsoleLines(logging.Formatter):
    """`2026-01-31T09:00:00Z warning bot.turns: text key=value`."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line = said(record)
        head = f"{line.pop('at')} {line.pop('level')} {line.pop('logger')}: {line.pop('event')}"
        return " ".join((head, *(f"{key}={value}" for key, value in line.items())))


def said(record: logging.LogRecord) -> dict[str, object]:
    """Return the harmless part of a record, by key."""
    at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
    line: dict[str, object] = {
        "at": at.replace("+00:00", "Z"),
        "level": record.levelname.lower(),
        "logger": record.name,
        "event": _event(record),
    }
    for key in sorted(KEPT & record.__dict__.keys()):
        line[key] = _harmless(key, record.__dict__[key])
    error = record.exc_info[1] if record.exc_info else None
    if error is not None:
        line["error"], line["places"] = type(error).__name__, places(error)
        if is_ours(error):
            line["message"] = str(error)
    return line


def is_ours(error: BaseException) -> bool:
    """Tell whether the error is one of our own classes, whose texts hold nothing personal."""
    return type(error).__module__.partition(".")[0] in OURS


def places(error: BaseException) -> str:
    """Return the last code places that the error went through, the innermost first."""
    frames = traceback.extract_tb(error.__traceback__)[: -_PLACES - 1 : -1]
    return " < ".join(f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames)


def _event(record: logging.LogRecord) -> str:
    """Return the text: ours as written in the code; a library's only where it spoke."""
    if record.name.partition(".")[0] not in OURS:
        return f"a library spoke at {_short(record.pathname)}:{record.lineno} {record.funcName}"
    arguments = record.args if isinstance(record.args, tuple) else ()
    is_plain = record.args and all(isinstance(value, int | float) for value in arguments)
    return record.getMessage() if is_plain else str(record.msg)


def _harmless(key: str, value: object) -> object:
    """Return short plain words, and numbers too short for an identity or phone number."""
    if value is None or isinstance(value, bool) or (key == "update" and isinstance(value, int)):
        return value
    if isinstance(value, list):
        return _harmless(key, " ".join(map(str, value)))
    is_plain = isinstance(value, str | int | float) and _HARMLESS.fullmatch(str(value))
    return value if is_plain else "(left out)"


def _short(path: str) -> str:
    """Return the last two parts of a path."""
    return "/".join(path.replace("\\", "/").split("/")[-2:])
