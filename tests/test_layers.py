"""The arrows of the house hold: import-linter with the contracts of pyproject.toml."""

import shutil
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).parent.parent
FORBIDDEN = {
    "conversations/reply.py": "import asyncio\n",
    "conversations/buttons.py": "import storage\n",
    "storage/times.py": "import bot\n",
    "bot/web/texts.py": "import bot.telegram.wording\n",
    "bot/findings.py": "import bot.settings\nimport bot.config\n",
}


def lint(checkout: Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache", "--no-logo"]
    return subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=False)


def test_every_import_follows_the_arrows() -> None:
    done = lint(CHECKOUT)
    assert done.returncode == 0, done.stdout


def test_an_import_against_each_arrow_is_found(tmp_path: Path) -> None:
    for package in ("conversations", "storage", "bot"):
        python_only = shutil.ignore_patterns("__pycache__", "*.csv", "*.xlsx", "*.md")
        shutil.copytree(CHECKOUT / package, tmp_path / package, ignore=python_only)
    shutil.copy(CHECKOUT / "pyproject.toml", tmp_path)
    for name, line in FORBIDDEN.items():
        file = tmp_path / name
        file.write_text(file.read_text("utf-8") + line, "utf-8")
    broken = [line for line in lint(tmp_path).stdout.splitlines() if line.endswith("BROKEN")]
    assert len(broken) == 4, broken
