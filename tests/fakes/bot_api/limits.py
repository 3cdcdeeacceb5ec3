"""The numbers of the Bot API: what is too long, too many or not allowed."""

import re
from typing import Any, Final

from tests.fakes.bot_api.refusal import bad

STYLES: Final = {"danger", "success", "primary"}
ACTIONS: Final = ("text", "callback_data", "url", "copy_text", "web_app", "pay", "callback_game")
_COMMAND: Final = re.compile(r"[a-z0-9_]{1,32}")
_SECRET: Final = re.compile(r"[A-Za-z0-9_-]{1,256}")


def text(words: str, longest: int = 4096) -> None:
    """Check a message's text."""
    if not words.strip():
        raise bad("message text is empty")
    if len(words.encode("utf-16-le")) // 2 > longest:
        raise bad("message is too long")


def inline_keyboard(markup: dict[str, Any]) -> None:
    """Check the buttons under a message."""
    rows = markup["inline_keyboard"]
    if any(len(row) > 8 for row in rows) or sum(map(len, rows)) > 100:
        raise bad("reply markup is too long")
    if len(str(markup).encode()) > 10_240:
        raise bad("reply markup is too long")
    for button in (button for row in rows for button in row):
        _button(button)


def _button(button: dict[str, Any]) -> None:
    if not button["text"].strip():
        raise bad("inline keyboard button text is empty")
    if len([name for name in button if name in ACTIONS]) != 2:
        raise bad("text buttons are unallowed in the inline keyboard")
    if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= 64:
        raise bad("BUTTON_DATA_INVALID")
    if "style" in button and button["style"] not in STYLES:
        raise bad("invalid button style specified")


def reply_keyboard(markup: dict[str, Any], *, is_private: bool) -> None:
    """Check the keyboard in place of the phone's own."""
    buttons = [button for row in markup["keyboard"] for button in row]
    if not buttons or any(not button["text"].strip() for button in buttons):
        raise bad("keyboard button text is empty")
    if not is_private and any(button.get("request_contact") for button in buttons):
        raise bad("phone number can be requested in private chats only")


def commands(menu: list[dict[str, Any]]) -> None:
    """Check the list of commands."""
    if len(menu) > 100:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    for entry in menu:
        if not _COMMAND.fullmatch(entry["command"]):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= len(entry["description"]) <= 256:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")


def secret_token(secret: str) -> None:
    """Check a webhook's secret."""
    if not _SECRET.fullmatch(secret):
        raise bad("secret token contains unallowed characters")
