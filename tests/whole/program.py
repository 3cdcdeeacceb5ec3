"""Runs `xiangwen` as an operator does: settings in the environment, a folder for its files."""

import asyncio
import os
import signal
import socket
import sys
from asyncio.subprocess import PIPE, STDOUT, Process, create_subprocess_exec
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp

from tests.fakes.bot_api import TOKEN

COMMAND = (sys.executable, "-c", "from bot.cli.main import main; main()")
SECRET = "loopback-secret"


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port


@dataclass
class Program:
    """An installation in a folder; start it, kill it, start it again.

    Args of the constructor:
        base_url: of the Bot API; "" serves the page only.
        others: more settings by variable name without the prefix.
        temporary: where temporary files go; None for the system's place.
    """

    folder: Path
    base_url: str = ""
    others: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    process: Process | None = None
    temporary: Path | None = None

    @property
    def page(self) -> str:
        """The address of the web page."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """What the process is told."""
        given = {
            "STORAGE__URL": f"sqlite:///{self.folder / 'data' / 'xiangwen.db'}",
            "KEYS__FILE": str(self.folder / "keys" / "xiangwen.key"),
            "WEB__PORT": str(self.port),
            "REMINDERS__EVERY": "86400",
        }
        if self.base_url:
            given |= {"TELEGRAM__TOKEN": TOKEN, "TELEGRAM__BASE_URL": self.base_url}
            files = self.base_url.replace("/bot", "/file/bot")
            given |= {"TELEGRAM__BASE_FILE_URL": files}
        settings = {f"XIANGWEN_{key}": value for key, value in (given | self.others).items()}
        temporary = {"TMPDIR": str(self.temporary)} if self.temporary else {}
        return {**os.environ, **temporary, **settings}

    def by_webhook(self) -> None:
        """Take updates by webhook on the web port."""
        self.others |= {
            "TELEGRAM__MODE": "webhook",
            "TELEGRAM__WEBHOOK_URL": f"{self.page}/telegram/hook",
            "TELEGRAM__WEBHOOK_SECRET": SECRET,
        }

    async def start(self) -> None:
        """Start `xiangwen serve` and wait until it is ready."""
        log = (self.folder / "serve.log").open("ab")
        self.process = await create_subprocess_exec(
            *COMMAND, "serve", env=self.environment, stdout=log, stderr=STDOUT
        )
        log.close()
        async with aiohttp.ClientSession() as session:
            while not await self._is_ready(session):
                assert self.process.returncode is None, self.log()
                await asyncio.sleep(0.02)

    async def _is_ready(self, session: aiohttp.ClientSession) -> bool:
        try:
            async with session.get(f"{self.page}/readyz") as answer:
                return answer.status == 200
        except aiohttp.ClientError:
            return False

    async def kill(self) -> None:
        """Send SIGKILL: no chance to tidy up."""
        await self._end(signal.SIGKILL)

    async def stop(self) -> int:
        """Send SIGTERM and return the exit code."""
        return await self._end(signal.SIGTERM)

    async def _end(self, number: signal.Signals) -> int:
        assert self.process is not None
        if self.process.returncode is None:
            self.process.send_signal(number)
        code = await self.process.wait()
        return code

    async def run(self, *arguments: str) -> tuple[int, str]:
        """Run another command of the installation; return its exit code and what it printed."""
        process = await create_subprocess_exec(
            *COMMAND, *arguments, env=self.environment, stdout=PIPE, stderr=PIPE
        )
        printed, complaints = await process.communicate()
        assert process.returncode is not None
        return process.returncode, (printed if process.returncode == 0 else complaints).decode()

    def log(self) -> str:
        """Return what `serve` has printed so far."""
        return (self.folder / "serve.log").read_text("utf-8")
