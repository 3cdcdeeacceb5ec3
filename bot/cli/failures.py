"""What a person at the command line reads when something goes wrong: never a traceback."""

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import click

from bot.config import ConfigError
from bot.log import is_ours

log = logging.getLogger(__name__)

OPERATORS_FAULT = 2
OUR_FAULT = 1


class Refusal(click.ClickException):
    """A fault that the operator can mend; each line names one, with its cure."""

    exit_code = OPERATORS_FAULT

    def show(self, file: object = None) -> None:
        """Print the lines."""
        for line in self.message.splitlines():
            click.echo(f"xiangwen: {line}", err=True)


class Failure(Refusal):
    """A fault of the program: the id leads from the screen to the log."""

    exit_code = OUR_FAULT


@contextmanager
def told_in_one_line() -> Iterator[None]:
    """Turn errors that leave the block into lines; errors of ours are made to be read."""
    try:
        yield
    except (click.ClickException, click.Abort, click.exceptions.Exit, BrokenPipeError):
        raise
    except ConfigError as error:
        raise Refusal(str(error)) from None
    except Exception as error:
        if is_ours(error):
            raise Refusal(" ".join(str(error).split())) from None
        error_id = secrets.token_hex(4)
        log.critical("a command failed", extra={"error_id": error_id}, exc_info=error)
        text = (
            f"something went wrong inside ({type(error).__name__}); the log has it as {error_id}"
        )
        raise Failure(text) from None
