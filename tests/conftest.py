"""Fixtures for the real parts that tests run against, and the rules on leaving tests out.

A missing part skips its tests and says what to install. With XIANGWEN_TEST_NO_SKIP=1 it fails them
instead, and so does any other skip. Tests marked `soak` run only with --soak or `-m soak`.
"""

import asyncio
import os
import re
import shutil
import subprocess
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import pytest

from tests import blanks, memory, postgres

NO_SKIP = os.environ.get("XIANGWEN_TEST_NO_SKIP") == "1"
MARKER_OF_FIXTURE = {
    "postgres_server": "postgres",
    "java": "java",
    "chromium": "chromium",
    "soffice": "libreoffice",
}


@dataclass(frozen=True, slots=True)
class Jdk:
    """Where Java 17 or newer is: the runtime and the compiler."""

    java: Path
    javac: Path


def missing(part: str, package: str) -> NoReturn:
    """Leave this test out because a part is missing, or fail it where nothing may be left out."""
    message = f"{part} is missing: apt-get install {package}"
    if NO_SKIP:
        pytest.fail(message, pytrace=False)
    pytest.skip(message)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Server]:
    """Run one PostgreSQL server, per xdist worker, for all tests that want one."""
    programs = postgres.find_programs()
    if programs is None:
        missing("the PostgreSQL server", "postgresql")
    with postgres.running(programs, durable=False) as server:
        yield server


@pytest.fixture
def postgres_url(postgres_server: postgres.Server) -> Iterator[str]:
    """Return the address of a database that is empty and this test's own."""
    database = f"test_{uuid.uuid4().hex}"
    postgres_server.execute(f"create database {database}")
    yield postgres_server.url(database)
    if postgres_server.process.poll() is None:
        postgres_server.execute(f"drop database if exists {database} with (force)")


@pytest.fixture(scope="session")
def postgres_blanks(postgres_server: postgres.Server) -> dict[bool, str]:
    """Return the databases that others are copied from: without the form, and with it."""
    names = {with_form: f"blank_{with_form}".lower() for with_form in (False, True)}
    for with_form, name in names.items():
        postgres_server.execute(f"create database {name}")
        asyncio.run(blanks.fill(postgres_server.url(name), with_form=with_form))
    return names


@pytest.fixture
def postgres_copy(
    postgres_server: postgres.Server, postgres_blanks: dict[bool, str]
) -> Iterator[Callable[[bool], str]]:
    """Return what makes this test its database: the schema, with or without the form."""
    database = f"test_{uuid.uuid4().hex}"

    def copy(with_form: bool) -> str:
        blank = postgres_blanks[with_form]
        postgres_server.execute(f"create database {database} template {blank}")
        return postgres_server.url(database)

    yield copy
    if postgres_server.process.poll() is None:
        postgres_server.execute(f"drop database if exists {database} with (force)")


@pytest.fixture(scope="session")
def java() -> Jdk:
    """Return where the Java compiler and runtime are, version 17 or newer."""
    runtime, compiler = shutil.which("java"), shutil.which("javac")
    if runtime is None or compiler is None or java_version(compiler) < 17:
        missing("a Java compiler, version 17 or newer,", "openjdk-17-jdk-headless")
    return Jdk(Path(runtime), Path(compiler))


def java_version(compiler: str) -> int:
    """Return the first number of `javac -version`, 0 when it does not say one."""
    done = subprocess.run([compiler, "-version"], capture_output=True, text=True, check=False)
    found = re.search(r"\d+", done.stdout + done.stderr)
    return int(found[0]) if found else 0


@pytest.fixture(scope="session")
def chromium() -> Path:
    """Return the browser's path."""
    found = shutil.which("chromium")
    if found is None:
        missing("the browser chromium", "chromium")
    return Path(found)


@pytest.fixture(scope="session")
def soffice() -> Path:
    """Return LibreOffice's path."""
    found = shutil.which("soffice")
    if found is None or not (Path(found).resolve().parent / "libsclo.so").exists():
        missing("LibreOffice Calc", "libreoffice-calc")
    return Path(found)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --soak."""
    parser.addoption("--soak", action="store_true", help="run the long tests too")


def pytest_configure(config: pytest.Config) -> None:
    """Forbid skips where the setting asks for it; put the tests' files in memory."""
    place = memory.folder()
    if place is not None:
        # Read by pytest when the first test asks for its folder.
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(place))
    if NO_SKIP:
        config.pluginmanager.register(SkippedTests())


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark each test with the parts it needs, and leave the long ones out unless asked for."""
    for item in items:
        for fixture in MARKER_OF_FIXTURE.keys() & getattr(item, "fixturenames", ()):
            item.add_marker(MARKER_OF_FIXTURE[fixture])
    if config.getoption("--soak") or "soak" in config.getoption("-m"):
        return
    long = [item for item in items if item.get_closest_marker("soak")]
    config.hook.pytest_deselected(items=long)
    items[:] = [item for item in items if not item.get_closest_marker("soak")]


class SkippedTests:
    """Ends the session with a failure when anything was left out; used where nothing may be."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Note a file that left itself out."""
        if report.skipped:
            self.names.append(report.nodeid)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note a test that was left out."""
        if report.skipped and not hasattr(report, "wasxfail"):
            self.names.append(report.nodeid)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Turn a session that would pass into one that does not."""
        if self.names and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say why."""
        for name in self.names:
            terminalreporter.write_line(f"left out, which XIANGWEN_TEST_NO_SKIP forbids: {name}")
