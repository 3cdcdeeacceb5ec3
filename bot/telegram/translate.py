"""Update -> what it means for us. Optional fields of the Bot API end here.

Only private chats are conversations. Their chat id is the person's user id (Bot API), so a tap
whose message is no longer held by Telegram still finds its chat.
"""

import re
from dataclasses import dataclass
from typing import Any, Final

from telegram.constants import ChatMemberStatus, ChatType

from bot.channel import Address, UpdateId
from bot.telegram.updates import CallbackQuery, MembershipChange, Message, Update
from conversations.buttons import decode
from conversations.reply import Command, Media, MediaKind, Reply, SharedPhone, Tap, Text

_COMMAND: Final = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@\w+)?(?:\s+(.*))?", re.DOTALL)
# An animation is a document too, so the order matters.
_MEDIA: Final[tuple[tuple[str, MediaKind], ...]] = (
    ("photo", "photo"),
    ("audio", "voice"),
    ("sticker", "sticker"),
    ("animation", "video"),
    ("video", "video"),
    ("video_note", "video"),
    ("location", "location"),
    ("document", "document"),
    ("poll", "other"),
    ("dice", "other"),
    ("game", "other"),
    ("story", "other"),
    ("paid_media", "other"),
    ("checklist", "other"),
    ("invoice", "other"),
)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A reply, and where on the person's screen it happened.

    Args of the constructor:
        tap: id of the callback query to answer, "" when it was no tap.
        tapped: the message whose button was pressed, 0 when unknown.
        said: the person's own message, 0 when there is none.
    """

    address: Address
    update: UpdateId
    reply: Reply
    tap: str = ""
    tapped: int = 0
    said: int = 0


@dataclass(frozen=True, slots=True)
class Membership:
    """The person blocked the bot or came back."""

    address: Address
    update: UpdateId
    is_blocked: bool


@dataclass(frozen=True, slots=True)
class Outsider:
    """Somebody wants to talk in a group or channel."""

    chat: str


Meaning = Spoken | Membership | Outsider


def translate(raw: dict[str, Any], source: str) -> Meaning | None:
    """Return what an update means, None when it asks for nothing.

    Raises:
        pydantic.ValidationError: it is no update of the Bot API.
    """
    update = Update.model_validate(raw)
    number = UpdateId(source, update.update_id)
    if update.callback_query is not None:
        return _tap(update.callback_query, number)
    if update.my_chat_member is not None:
        return _membership(update.my_chat_member, number)
    message = update.message or update.edited_message
    if message is None:
        return None
    if message.chat.type != ChatType.PRIVATE:
        return Outsider(str(message.chat.id)) if _wants_an_answer(message) else None
    reply = _reply(message, edited=update.message is None)
    if reply is None:
        return None
    return Spoken(_address(message.chat.id), number, reply, said=message.message_id)


def _address(chat: int) -> Address:
    return Address("telegram", str(chat))


def _tap(query: CallbackQuery, number: UpdateId) -> Spoken | Outsider:
    message = query.message
    if message is not None and message.chat.type != ChatType.PRIVATE:
        return Outsider(str(message.chat.id))
    return Spoken(
        _address(query.sender.id),
        number,
        Tap(decode(query.data)),
        tap=query.id,
        tapped=message.message_id if message is not None else 0,
    )


def _membership(change: MembershipChange, number: UpdateId) -> Membership | Outsider | None:
    is_out = change.new_chat_member.status in (ChatMemberStatus.BANNED, ChatMemberStatus.LEFT)
    if change.chat.type == ChatType.PRIVATE:
        return Membership(_address(change.chat.id), number, is_out)
    return (
        None if is_out or change.chat.type == ChatType.CHANNEL else Outsider(str(change.chat.id))
    )


def _wants_an_answer(message: Message) -> bool:
    return bool(message.text) and message.sender is not None and not message.sender.is_bot


def _reply(message: Message, *, edited: bool) -> Reply | None:
    if message.text is not None:
        return _words(message, message.text, edited=edited)
    if edited:
        # A live location is edited every few seconds: no answer to edits without words.
        return None
    if message.contact is not None:
        return _phone(message)
    if message.voice is not None:
        return Media("voice", message.voice.file_id, message.voice.file_size)
    for field, kind in _MEDIA:
        if message.has(field):
            return Media(kind)
    return None


def _words(message: Message, text: str, *, edited: bool) -> Text | Command:
    forwarded = message.forward_origin is not None
    found = None if edited or forwarded else _COMMAND.fullmatch(text)
    if found is None:
        return Text(text, edited=edited, forwarded=forwarded)
    return Command(found[1].lower(), (found[2] or "").strip())


def _phone(message: Message) -> SharedPhone | None:
    contact, sender = message.contact, message.sender
    if contact is None:
        return None
    own = sender is not None and contact.user_id == sender.id and message.forward_origin is None
    return SharedPhone(contact.phone_number, own)
