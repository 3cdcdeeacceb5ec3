"""Turns a second over HTTP, beside python-telegram-bot as most bots use it and beside an echo.

`python -m bench.telegram [--serve COMMAND]`: the command is started for each row with its settings
in the environment (XIANGWEN_TELEGRAM__*, XIANGWEN_STORAGE__URL, XIANGWEN_KEYS__FILE,
XIANGWEN_WEB__PORT) on an empty folder.
"""

import argparse
import json
import os
import shlex
import socket
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.fakes.bot_api import TOKEN

CHECKOUT = Path(__file__).parent.parent
SERVE = f"{Path(sys.executable).with_name('xiangwen')} serve"
CONVERSATION = f"{sys.executable} -m bench.peers conversation"
ECHO = f"{sys.executable} -m bench.peers echo"
OVERTIME = 60


@dataclass(frozen=True, slots=True)
class Row:
    """One measurement: which bot, how it hears, how far away the Bot API is."""

    name: str
    command: str
    latency_ms: int
    mode: str = "polling"
    rate: int = 0
    chats: int = 150


def rows(serve: str) -> list[Row]:
    """Return what is measured, the rivals first."""
    return [
        # One update after another: more chats would only spend the warm-up on greetings.
        Row("ConversationHandler + PicklePersistence", CONVERSATION, 0, chats=10),
        Row("ConversationHandler + PicklePersistence", CONVERSATION, 50, chats=10),
        Row("echo on our transport", ECHO, 0),
        Row("echo on our transport", ECHO, 50),
        *(Row("xiangwen", serve, ms, mode) for mode in ("polling", "webhook") for ms in (0, 50)),
        Row("xiangwen at 100 turns/s", serve, 0, rate=100, chats=400),
        Row("xiangwen at 100 turns/s", serve, 50, rate=100, chats=400),
    ]


def measure(row: Row, seconds: float) -> dict[str, Any]:
    """Start the crowd and the bot, and return what the crowd saw."""
    crowd_command = [sys.executable, "-m", "bench.crowd", "--latency-ms", str(row.latency_ms)]
    crowd_command += ["--chats", str(row.chats), "--rate", str(row.rate)]
    crowd_command += ["--seconds", str(seconds)]
    crowd = subprocess.Popen(crowd_command, stdout=subprocess.PIPE, text=True, cwd=CHECKOUT)
    assert crowd.stdout is not None
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        given = environment(row, crowd.stdout.readline().strip(), Path(folder))
        with (Path(folder) / "bot.log").open("w", encoding="utf-8") as log:
            bot = subprocess.Popen(
                shlex.split(row.command), env=given, cwd=CHECKOUT, stdout=log, stderr=log
            )
            try:
                seen, _ = crowd.communicate(timeout=seconds + OVERTIME)
            except subprocess.TimeoutExpired:
                print((Path(folder) / "bot.log").read_text("utf-8")[-2000:], file=sys.stderr)
                raise
            finally:
                crowd.kill()
                bot.kill()
                bot.wait()
    return dict(json.loads(seen))


def environment(row: Row, base_url: str, folder: Path) -> dict[str, str]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    return {
        **os.environ,
        "XIANGWEN_TELEGRAM__TOKEN": TOKEN,
        "XIANGWEN_TELEGRAM__BASE_URL": base_url,
        "XIANGWEN_TELEGRAM__MODE": row.mode,
        "XIANGWEN_TELEGRAM__WEBHOOK_URL": f"http://127.0.0.1:{port}/telegram/bench",
        "XIANGWEN_TELEGRAM__WEBHOOK_SECRET": "bench",
        "XIANGWEN_STORAGE__URL": f"sqlite:///{folder / 'bench.db'}",
        "XIANGWEN_KEYS__FILE": str(folder / "keys" / "bench.key"),
        "XIANGWEN_WEB__PORT": str(port),
    }


def _print(row: Row, seen: dict[str, Any], rivals: dict[tuple[str, int], float]) -> None:
    waits = " ".join(f"{name} {wait:6.1f}" for name, wait in seen["percentiles"].items())
    line = f"{row.name:40} {row.mode:8} {row.latency_ms:3} ms {seen['per_second']:7.0f}/s"
    line += f"  {seen['calls_per_turn']:3.1f} calls  {waits} ms"
    if row.name == "xiangwen":
        own, rival = seen["per_second"], rivals[CONVERSATION, row.latency_ms]
        line += f"  {own / rival:5.1f} x ConversationHandler"
        line += f"  {own / rivals[ECHO, row.latency_ms]:4.2f} x echo"
    if seen["late"]:
        line += f"  fell behind by {seen['late']} turns"
    print(line, *seen["violations"], flush=True)


def main() -> None:
    """Measure row by row and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--serve", default=SERVE, help="command that starts the bot")
    parser.add_argument("--seconds", type=float, default=4.0)
    given = parser.parse_args()
    rivals: dict[tuple[str, int], float] = {}
    for row in rows(given.serve):
        seen = measure(row, given.seconds)
        rivals[row.command, row.latency_ms] = max(0.1, seen["per_second"])
        _print(row, seen, rivals)
    print("targets: 20 x ConversationHandler at 50 ms, 0.5 x echo at 0 ms")


if __name__ == "__main__":
    main()
