"""The methods of the Bot API, as far as a questionnaire needs them."""

import time
from collections.abc import Awaitable, Callable
from typing import Any, Final

from tests.fakes.bot_api import limits
from tests.fakes.bot_api.refusal import bad
from tests.fakes.bot_api.updates import get_updates
from tests.fakes.bot_api.world import Chat, Entry, Hook, World

BOT: Final = {"id": 700100, "is_bot": True, "first_name": "乡问", "username": "xiangwen_test_bot"}

Given = dict[str, Any]
Method = Callable[[World, Given], Awaitable[Any]]


async def get_me(_world: World, _given: Given) -> Any:
    return BOT


async def send_message(world: World, given: Given) -> Any:
    chat = world.reachable(given["chat_id"])
    limits.text(given["text"])
    entry = Entry(
        next(chat.numbers), True, given["text"], protect=given.get("protect_content", False)
    )
    _apply_markup(chat, entry, given.get("reply_markup", {}))
    world.put(chat, entry)
    return as_message(chat, entry)


async def send_voice(world: World, given: Given) -> Any:
    """Send a sound: a file, which gets an id of its own, or the id of one sent before."""
    chat = world.reachable(given["chat_id"])
    voice = given["voice"]
    if isinstance(voice, str):
        if voice not in world.sounds:
            raise bad("wrong file identifier/HTTP URL specified")
    else:
        content = voice if isinstance(voice, bytes) else voice.file.read()
        if not content.startswith(b"OggS"):
            raise bad("VOICE_FILE_INVALID")
        voice = f"sound-{len(world.sounds) + 1}"
        world.sounds[voice] = content
    given["voice"] = voice
    entry = Entry(next(chat.numbers), True, given.get("caption", "") or f"({voice})")
    entry.protect = given.get("protect_content", False)
    world.put(chat, entry)
    message = as_message(chat, entry)
    message.pop("text")
    file = {"file_id": voice, "file_unique_id": f"u-{voice}", "duration": 1}
    return {**message, "voice": file}


async def send_photo(world: World, given: Given) -> Any:
    """Send a picture from a file."""
    chat = world.reachable(given["chat_id"])
    photo = given["photo"]
    if isinstance(photo, str):
        raise bad("wrong file identifier/HTTP URL specified")
    content = photo if isinstance(photo, bytes) else photo.file.read()
    if not content.startswith((b"\x89PNG", b"\xff\xd8")):
        raise bad("IMAGE_PROCESS_FAILED")
    name = f"photo-{len(world.sounds) + 1}"
    given["photo"] = name
    world.sounds[name] = content
    entry = Entry(next(chat.numbers), True, given.get("caption", "") or f"({name})")
    world.put(chat, entry)
    message = as_message(chat, entry)
    message.pop("text")
    size = {"file_id": name, "file_unique_id": f"u-{name}", "width": 1190, "height": 1684}
    return {**message, "photo": [size]}


async def get_file(world: World, given: Given) -> Any:
    """Tell where a file can be downloaded."""
    sound, content = given["file_id"], world.sounds.get(given["file_id"])
    if content is None:
        raise bad("wrong file_id or the file is temporarily unavailable")
    file = {"file_id": sound, "file_unique_id": f"u-{sound}", "file_size": len(content)}
    return {**file, "file_path": f"voice/{sound}"}


async def edit_message_text(world: World, given: Given) -> Any:
    chat, entry = _own_entry(world, given, "edit")
    limits.text(given["text"])
    keyboard = _inline(given)
    if entry.text == given["text"] and entry.keyboard == keyboard:
        raise bad(
            "message is not modified: specified new message content and reply markup are exactly "
            "the same as a current content and reply markup of the message"
        )
    entry.text, entry.keyboard, entry.is_edited = given["text"], keyboard, True
    world.seen(chat, entry)
    return as_message(chat, entry)


async def edit_message_reply_markup(world: World, given: Given) -> Any:
    _, entry = _own_entry(world, given, "edit")
    given["text"] = entry.text
    return await edit_message_text(world, given)


async def delete_message(world: World, given: Given) -> Any:
    chat = world.reachable(given["chat_id"])
    if given["message_id"] not in chat.entries:
        raise bad("message to delete not found")
    del chat.entries[given["message_id"]]
    return True


async def delete_messages(world: World, given: Given) -> Any:
    chat = world.reachable(given["chat_id"])
    if not 1 <= len(given["message_ids"]) <= 100:
        raise bad("message identifiers are not specified")
    for number in given["message_ids"]:
        chat.entries.pop(number, None)
    return True


async def answer_callback_query(world: World, given: Given) -> Any:
    if len(given.get("text", "")) > 200:
        raise bad("MESSAGE_TOO_LONG")
    chat, until = world.taps.pop(given["callback_query_id"], (None, 0.0))
    if chat is None or until < time.monotonic():
        raise bad("query is too old and response timeout expired or query ID is invalid")
    if given.get("text"):
        chat.toasts.append(given["text"])
    return True


async def set_my_commands(world: World, given: Given) -> Any:
    limits.commands(given["commands"])
    world.commands[given.get("language_code", "")] = given["commands"]
    return True


async def get_my_commands(world: World, given: Given) -> Any:
    return world.commands.get(given.get("language_code", ""), [])


async def set_webhook(world: World, given: Given) -> Any:
    if "secret_token" in given:
        limits.secret_token(given["secret_token"])
    _drop_pending(world, given)
    world.hook = Hook(
        given["url"], given.get("secret_token", ""), given.get("max_connections", 40)
    )
    world.arrived.set()
    return True


async def delete_webhook(world: World, given: Given) -> Any:
    _drop_pending(world, given)
    world.hook = Hook()
    return True


async def get_webhook_info(world: World, _given: Given) -> Any:
    return {
        "url": world.hook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(world.pending),
        "max_connections": world.hook.max_connections,
    }


async def accept(_world: World, _given: Given) -> Any:
    return True


def as_message(chat: Chat, entry: Entry) -> Given:
    """Return a message as the Bot API describes it."""
    message: Given = {
        "message_id": entry.message_id,
        "date": int(time.time()),
        "chat": {"id": chat.id, "type": chat.kind},
        "from": BOT if entry.is_bot else {"id": chat.id, "is_bot": False, "first_name": "人"},
        "text": entry.text,
    }
    if entry.keyboard:
        message["reply_markup"] = {"inline_keyboard": entry.keyboard}
    return message


def _drop_pending(world: World, given: Given) -> None:
    if given.get("drop_pending_updates"):
        world.pending.clear()


def _own_entry(world: World, given: Given, verb: str) -> tuple[Chat, Entry]:
    chat = world.reachable(given["chat_id"])
    entry = chat.entries.get(given["message_id"])
    if entry is None:
        raise bad(f"message to {verb} not found")
    if not entry.is_bot:
        raise bad(f"message can't be {verb}ed")
    return chat, entry


def _inline(given: Given) -> list[list[dict[str, Any]]]:
    markup = given.get("reply_markup", {"inline_keyboard": []})
    limits.inline_keyboard(markup)
    return list(markup["inline_keyboard"])


def _apply_markup(chat: Chat, entry: Entry, markup: Given) -> None:
    if "inline_keyboard" in markup:
        limits.inline_keyboard(markup)
        entry.keyboard = markup["inline_keyboard"]
    elif "keyboard" in markup:
        limits.reply_keyboard(markup, is_private=chat.kind == "private")
        chat.reply_keyboard = markup["keyboard"]
    elif markup.get("remove_keyboard"):
        chat.reply_keyboard = []


METHODS: Final[dict[str, Method]] = {
    "getMe": get_me,
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "sendMessage": send_message,
    "sendVoice": send_voice,
    "sendPhoto": send_photo,
    "getFile": get_file,
    "editMessageText": edit_message_text,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
    "answerCallbackQuery": answer_callback_query,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": accept,
    "sendChatAction": accept,
    "setMyDescription": accept,
    "setMyShortDescription": accept,
    "setMyName": accept,
    "setChatMenuButton": accept,
    "leaveChat": accept,
}
