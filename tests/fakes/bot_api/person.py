"""Somebody with a phone: what they do becomes updates, what they see is their chat."""

import asyncio
import time
from collections.abc import Callable
from typing import Any, Final

from tests.fakes.bot_api.world import Chat, Entry, World

_PATIENCE: Final = 20.0


class Person:
    """A private chat's other end. Every act returns the id of its update."""

    def __init__(self, world: World, chat: Chat) -> None:
        self._world = world
        self.chat = chat

    def say(self, words: str, **fields: Any) -> int:
        """Type and send words; `fields` go into the message as they are."""
        entry = self._world.put(self.chat, Entry(next(self.chat.numbers), False, words))
        if words.startswith("/"):
            command = {
                "type": "bot_command",
                "offset": 0,
                "length": len(words.split(maxsplit=1)[0]),
            }
            fields["entities"] = [command]
        return self._world.update(message=self._message(entry.message_id, text=words, **fields))

    def correct(self, message_id: int, words: str) -> int:
        """Edit an own message."""
        self.chat.entries[message_id].text = words
        edited = self._message(message_id, text=words, edit_date=int(time.time()))
        return self._world.update(edited_message=edited)

    def forward(self, words: str) -> int:
        """Forward somebody else's words."""
        other = {"type": "hidden_user", "date": 1_700_000_000, "sender_user_name": "别人"}
        return self.say(words, forward_origin=other)

    def send(self, kind: str, content: Any) -> int:
        """Send something that is no words: a photo, a voice, a place."""
        entry = self._world.put(self.chat, Entry(next(self.chat.numbers), False, f"({kind})"))
        message = self._message(entry.message_id, **{kind: content})
        return self._world.update(message=message)

    def speak(self, content: bytes = b"OggS spoken") -> int:
        """Record and send a voice note."""
        sound = f"sound-{len(self._world.sounds) + 1}"
        self._world.sounds[sound] = content
        file = {"file_id": sound, "file_unique_id": f"u-{sound}", "duration": 2}
        return self.send("voice", {**file, "file_size": len(content)})

    def share_phone(self, number: str, *, owner: int | None = None) -> int:
        """Send a contact card, one's own unless somebody else's id is given."""
        user_id = self.chat.id if owner is None else owner
        card = {"phone_number": number, "first_name": "人", "user_id": user_id}
        return self.send("contact", card)

    def press(self, label: str) -> int:
        """Tap the newest button with this label; the label may be a part of it."""
        for entry in reversed(self.chat.entries.values()):
            for button in (button for row in entry.keyboard for button in row):
                if label in button["text"]:
                    return self.tap(entry.message_id, button["callback_data"])
        raise LookupError("no such button on the screen")

    def tap(self, message_id: int, wire: str) -> int:
        """Tap with any data, also such as no button has."""
        message = self._message(message_id, text="…")
        message["from"] = {"id": 700100, "is_bot": True, "first_name": "乡问"}
        query = {
            "id": self._world.tap(self.chat),
            "from": self._user(),
            "chat_instance": str(self.chat.id),
            "message": message,
            "data": wire,
        }
        return self._world.update(callback_query=query)

    def block(self, *, is_blocked: bool = True) -> int:
        """Block the bot, or let it in again."""
        self.chat.is_blocked = is_blocked
        was, now = ("member", "kicked") if is_blocked else ("kicked", "member")
        bot = {"id": 700100, "is_bot": True, "first_name": "乡问"}
        change = {
            "chat": self._chat(),
            "from": self._user(),
            "date": int(time.time()),
            "old_chat_member": {"user": bot, "status": was, "until_date": 0},
            "new_chat_member": {"user": bot, "status": now, "until_date": 0},
        }
        return self._world.update(my_chat_member=change)

    @property
    def sees(self) -> str:
        """The whole screen as text."""
        return self.chat.transcript()

    @property
    def answers(self) -> list[str]:
        """What the bot wrote, in order, as it stands now."""
        return [entry.text for entry in self.chat.entries.values() if entry.is_bot]

    async def until(self, seen: Callable[["Person"], bool]) -> None:
        """Wait until the screen is as asked."""
        ends_at = time.monotonic() + _PATIENCE
        while not seen(self):
            if time.monotonic() > ends_at:
                raise AssertionError(f"the screen never came to show it:\n{self.sees}")
            await asyncio.sleep(0.005)

    async def sees_answers(self, count: int) -> list[str]:
        """Wait for so many messages of the bot and return them."""
        await self.until(lambda person: len(person.answers) >= count)
        return self.answers

    def _message(self, message_id: int, **content: Any) -> dict[str, Any]:
        return {
            "message_id": message_id,
            "date": int(time.time()),
            "chat": self._chat(),
            "from": self._user(),
            **content,
        }

    def _chat(self) -> dict[str, Any]:
        return {"id": self.chat.id, "type": self.chat.kind, "first_name": "人", "title": "群"}

    def _user(self) -> dict[str, Any]:
        number = self.chat.id if self.chat.kind == "private" else 900_001
        return {"id": number, "is_bot": False, "first_name": "人", "language_code": "zh-hans"}
