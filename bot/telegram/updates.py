"""What is looked at of an update, checked; all else that Telegram sends is let lie.

`telegram.Update` makes objects of everything, the keyboard of a tapped message with it, which took
as long as half a turn. Names and types are those of the Bot API (Update and what it holds).
"""

from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class User(_Part):
    """Somebody."""

    id: int
    is_bot: bool = False


class Chat(_Part):
    """Where something was said; `type` is private, group, supergroup or channel."""

    id: int
    type: str


class Contact(_Part):
    """A contact card; `user_id` is whose it is, where Telegram knows."""

    phone_number: str
    user_id: int | None = None


class File(_Part):
    """A file that can be fetched by its id; size in bytes where Telegram says it."""

    file_id: str
    file_size: int = 0


class Message(_Part):
    """A message. Media are kept as they came: only their presence matters."""

    model_config = ConfigDict(frozen=True, extra="allow")

    message_id: int
    chat: Chat
    sender: User | None = Field(None, alias="from")
    text: str | None = None
    contact: Contact | None = None
    voice: File | None = None
    forward_origin: dict[str, Any] | None = None

    def has(self, field: str) -> bool:
        """Tell whether the message holds such a medium."""
        return bool(getattr(self, field, None))


class Tapped(_Part):
    """The message whose button was pressed."""

    message_id: int
    chat: Chat


class CallbackQuery(_Part):
    """A tap."""

    id: str
    sender: User = Field(alias="from")
    message: Tapped | None = None
    data: str = ""


class Member(_Part):
    """What the bot is in a chat now."""

    status: str


class MembershipChange(_Part):
    """The bot was blocked, added or removed."""

    chat: Chat
    new_chat_member: Member


class Update(_Part):
    """One update: of the optional fields at most one is there."""

    update_id: int
    message: Message | None = None
    edited_message: Message | None = None
    callback_query: CallbackQuery | None = None
    my_chat_member: MembershipChange | None = None


ASKED_FOR: Final = ["message", "edited_message", "callback_query", "my_chat_member"]
