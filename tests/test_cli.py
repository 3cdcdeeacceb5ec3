"""The command line: fast help, faults in one line, never a traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli.main import COMMANDS, Commands, main
from bot.settings_values import CHECKOUT


def xiangwen(folder: Path, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a user does, in an empty folder."""
    command = [sys.executable, "-c", "from bot.cli.main import main; main(prog_name='xiangwen')"]
    ours = {f"XIANGWEN_{name}": value for name, value in variables.items()}
    others = {name: value for name, value in os.environ.items() if "XIANGWEN" not in name}
    return subprocess.run(
        [*command, *words],
        cwd=folder,
        env=others | ours | {"PYTHONPATH": str(CHECKOUT)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_help_lists_every_command_and_imports_none(tmp_path: Path) -> None:
    done = xiangwen(tmp_path, "--help")
    assert done.returncode == 0
    assert all(f"\n  {name} " in done.stdout for name in COMMANDS)
    script = "import sys; from bot.cli.main import main; main(['--help'], standalone_mode=False);"
    script += (
        "print([name for name in ('telegram', 'pyxform', 'starlette') if name in sys.modules])"
    )
    command = [sys.executable, "-c", script]
    listed = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=True)
    assert listed.stdout.endswith("[]\n")


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_is_where_the_table_says(name: str) -> None:
    assert isinstance(main, Commands)
    command = main.get_command(main.make_context("xiangwen", [name]), name)
    assert command is not None
    assert command.help


def test_check_tells_what_the_first_start_makes(tmp_path: Path) -> None:
    done = xiangwen(tmp_path, "check")
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("xiangwen can start.\n")
    assert list(tmp_path.iterdir()) == []


def test_check_ends_with_two_when_the_start_would_fail(tmp_path: Path) -> None:
    done = xiangwen(tmp_path, "check", FORM__FILE="nowhere.md")
    assert done.returncode == 2
    assert "fault: form.file" in done.stdout


def test_a_wrong_setting_is_one_line(tmp_path: Path) -> None:
    done = xiangwen(tmp_path, "check", WEB__PORT="eighty")
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert line.startswith("xiangwen: XIANGWEN_WEB__PORT: this value is not accepted.")


def test_the_option_names_the_settings_file(tmp_path: Path) -> None:
    done = xiangwen(tmp_path, "--config", "mine.toml", "check")
    assert done.returncode == 2
    assert done.stderr.startswith("xiangwen: mine.toml: there is no such file.")


def test_an_unknown_command_is_refused(tmp_path: Path) -> None:
    done = xiangwen(tmp_path, "sevre")
    assert done.returncode == 2
    assert "sevre" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_fault_of_ours_leads_to_the_log_by_its_id(tmp_path: Path) -> None:
    script = (
        "import click\nfrom bot.cli.failures import told_in_one_line\n"
        "from bot.log import set_up_logging\nset_up_logging('json', 'info')\n"
        "@click.command()\ndef run():\n    with told_in_one_line(): int('14010519800101123X')\n"
        "run([])"
    )
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    logged, told = done.stderr.splitlines()
    assert done.returncode == 1
    assert "14010519800101123X" not in done.stderr
    assert told.rpartition(" ")[2] in logged
