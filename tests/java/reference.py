"""Runs Driver.java, compiled once for each of its versions, and talks to it in JSON lines."""

import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyxform

from tests.conftest import Jdk

SOURCE = Path(__file__).with_name("Driver.java")
JAR = Path(pyxform.__file__).parent / "validators/odk_validate/bin/ODK_Validate.jar"


@dataclass(slots=True)
class Reference:
    """JavaRosa, running."""

    process: "subprocess.Popen[str]"

    def say(self, **command: str) -> dict[str, Any]:
        """Send one command and return the reply."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(command) + "\n")
        self.process.stdin.flush()
        reply: dict[str, Any] = json.loads(self.process.stdout.readline())
        return reply

    def open(self, xml: str, language: str | None = None) -> dict[str, Any]:
        """Begin a new interview with a form."""
        return self.say(do="open", xml=xml, language=language or "")


def compiled(jdk: Jdk) -> Path:
    """Return the folder of the compiled driver; the source's hash names it."""
    digest = hashlib.sha256(SOURCE.read_bytes() + JAR.name.encode()).hexdigest()[:16]
    folder = Path(sys.prefix) / "java" / digest
    if not (folder / "Driver.class").exists():
        folder.mkdir(parents=True, exist_ok=True)
        command = [str(jdk.javac), "-nowarn", "-cp", str(JAR), "-d", str(folder), str(SOURCE)]
        subprocess.run(command, check=True, capture_output=True)
    return folder


@contextmanager
def running(jdk: Jdk, zone: str) -> Iterator[Reference]:
    """Run the driver in a time zone until the block ends."""
    path = f"{compiled(jdk)}:{JAR}"
    options = ["-XX:TieredStopAtLevel=1", "-Xshare:auto", f"-Duser.timezone={zone}"]
    command = [str(jdk.java), *options, "-Duser.language=en", "-cp", path, "Driver"]
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
    )
    try:
        yield Reference(process)
    finally:
        process.communicate(timeout=30)
