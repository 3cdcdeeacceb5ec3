"""`xiangwen`: every command, found in its home only when it is called."""

from importlib import import_module
from pathlib import Path
from typing import Final

import click

from bot.cli.failures import told_in_one_line

COMMANDS: Final = {
    "answers": ("bot.cli.answers:answers", "Bring back what the provincial platform said."),
    "backup": ("bot.backup:backup", "Copy the SQLite database while it is in use."),
    "cases": ("bot.cli.cases:cases", "List, show and close what a station has to do."),
    "check": ("bot.cli.check:check", "Say what is wrong before the start, and its cure."),
    "export": ("bot.cli.export:export", "Write the official spreadsheet of a county."),
    "followups": ("bot.cli.followups:followups", "Prompt people who are chosen by a filter."),
    "form": ("bot.forms.commands:commands", "Try and inspect questionnaires."),
    "people": ("bot.personal:people", "Hand a record over to the person whom it is about."),
    "posters": ("bot.cli.posters:posters", "Print posters, cards and personal codes."),
    "reminders": ("bot.reminders:reminders_group", "Prompts that are due: send, pause, explain."),
    "roster": ("bot.cli.rosters:roster", "Take over who is known before they answer."),
    "staff": ("bot.cli.staff:staff", "Say who answers workers for a station."),
    "serve": ("bot.app:serve", "Serve the web page and Telegram in the foreground."),
    "visits": ("bot.cli.visits:visits", "Sheets for villages without signal, out and in."),
    "voice": ("bot.cli.voice:voice", "Record what people can listen to."),
}


class Commands(click.Group):
    """A group that imports a command when it is asked for, so that each starts fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the help text."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command, None for an unknown name."""
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name][0].partition(":")
        command = getattr(import_module(module), attribute)
        if not isinstance(command, click.Command):
            raise TypeError(f"{module}:{attribute} is no command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands from the table, importing none."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, words) for name, (_, words) in sorted(COMMANDS.items())])

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; whatever goes wrong is told in one line."""
        with told_in_one_line():
            return super().invoke(ctx)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--config",
    type=click.Path(path_type=Path),
    help="Settings file; without it XIANGWEN_CONFIG or ./config.toml.",
)
@click.version_option(package_name="xiangwen")
@click.pass_context
def main(ctx: click.Context, config: Path | None) -> None:
    """乡问 xiangwen: rural workers report their own employment record by chat."""
    ctx.obj = config
