"""Log lines: useful to the operator, silent about people."""

import asyncio
import io
import json
import logging
from collections.abc import Callable, Iterator
from typing import Literal

import pytest

from bot.log import set_up_logging
from storage.errors import DatabaseUnavailable

PRIVATE = "王小明 14010519800101123X 13800138000"


class Lines:
    """What was logged since the start of the test."""

    def __init__(self) -> None:
        self.stream = io.StringIO()

    def json(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.stream.getvalue().splitlines()]


@pytest.fixture
def logging_to() -> Iterator[Callable[[Literal["json", "console"]], Lines]]:
    root = logging.getLogger()
    before, level = list(root.handlers), root.level

    def start(form: Literal["json", "console"]) -> Lines:
        lines = Lines()
        set_up_logging(form, "info", lines.stream)
        return lines

    yield start
    root.handlers[:], root.level = before, level
    logging.captureWarnings(False)


def test_our_lines_keep_ids_and_numbers(logging_to: Callable[..., Lines]) -> None:
    lines = logging_to("json")
    logging.getLogger("bot.turns").warning("not shown", extra={"update": 873624921, "count": 3})
    (line,) = lines.json()
    assert (line["logger"], line["level"], line["event"]) == ("bot.turns", "warning", "not shown")
    assert (line["update"], line["count"]) == (873624921, 3)


def test_what_is_not_known_to_be_harmless_is_left_out(logging_to: Callable[..., Lines]) -> None:
    lines = logging_to("json")
    extra = {"answer": PRIVATE, "reason": PRIVATE, "kind": "13800138000", "error": "1234567:AAF-x"}
    logging.getLogger("bot.turns").error("a turn for %s", PRIVATE, extra=extra)
    text = lines.stream.getvalue()
    assert "1380013" not in text
    assert "王小明" not in text
    assert "AAF" not in text
    assert lines.json()[0]["event"] == "a turn for %s"


def test_an_error_is_told_by_class_and_place(logging_to: Callable[..., Lines]) -> None:
    lines = logging_to("json")
    try:
        int(PRIVATE)
    except ValueError:
        logging.getLogger("bot.turns").exception("a turn failed")
    (line,) = lines.json()
    assert line["error"] == "ValueError"
    assert "tests/test_log.py" in str(line["places"])
    assert "王" not in lines.stream.getvalue()


def test_errors_of_ours_say_what_they_say(logging_to: Callable[..., Lines]) -> None:
    lines = logging_to("json")
    error = DatabaseUnavailable("connect: OSError")
    logging.getLogger("bot.turns").error("a turn failed", exc_info=error)
    assert lines.json()[0]["message"] == "connect: OSError"


def test_libraries_are_named_but_not_quoted(logging_to: Callable[..., Lines]) -> None:
    lines = logging_to("json")

    async def fail() -> None:
        raise ValueError(PRIVATE)

    async def forget() -> None:
        task = asyncio.ensure_future(fail())
        await asyncio.sleep(0)
        context = {"message": PRIVATE, "exception": task.exception(), "task": task}
        asyncio.get_running_loop().call_exception_handler(context)

    asyncio.run(forget())
    (line,) = lines.json()
    assert (line["logger"], line["error"]) == ("asyncio", "ValueError")
    assert "王" not in lines.stream.getvalue()


def test_calls_and_requests_of_libraries_are_not_logged(logging_to: Callable[..., Lines]) -> None:
    lines = logging_to("json")
    web = ("httpx", "aiohttp.client", "telegram.ext", "uvicorn.error", "uvicorn.access")
    for name in (*web, "fontTools.subset", "fpdf.output"):
        logging.getLogger(name).info("GET /bot1234567:AAF/getMe")
    logging.getLogger("uvicorn.access").warning("GET /?code=ABC")
    assert lines.json() == []


def test_console_lines_say_the_same(logging_to: Callable[..., Lines]) -> None:
    lines = logging_to("console")
    logging.getLogger("bot.app").info("ready", extra={"port": 8080})
    assert lines.stream.getvalue().endswith("info bot.app: ready port=8080\n")
