"""What commands ask for: the settings, read when they run, and the reason for what they do."""

import os
from collections.abc import Callable
from functools import update_wrapper
from pathlib import Path
from typing import Concatenate, Final, ParamSpec, TypeVar

import click

from bot.config import load_settings
from bot.log import set_up_logging
from bot.settings import Settings

LONGEST_REASON: Final = 200

Given = ParamSpec("Given")
Result = TypeVar("Result")


def with_settings(
    command: Callable[Concatenate[Settings, Given], Result],
) -> Callable[Given, Result]:
    """Hand the settings to a command as its first argument, with logging set up by them.

    Raises:
        ConfigError: when the command runs and a setting is wrong.
    """

    def run(*args: Given.args, **kwargs: Given.kwargs) -> Result:
        settings = read_settings()
        set_up_logging(settings.log.format, settings.log.level)
        return command(settings, *args, **kwargs)

    return update_wrapper(run, command)


def read_settings() -> Settings:
    """Return the settings that this call of the program was given."""
    file = click.get_current_context().find_object(Path)
    return load_settings(os.environ, file)


def check_reason(reason: str) -> None:
    """Refuse a reason that says nothing, or too much.

    Raises:
        click.UsageError: it is empty or too long.
    """
    if not reason.strip() or len(reason) > LONGEST_REASON:
        raise click.UsageError(f"--reason: say why, in at most {LONGEST_REASON} characters.")
