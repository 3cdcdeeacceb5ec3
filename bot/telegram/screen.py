"""Outgoing -> Bot API calls: what the person's screen shows after a turn."""

import asyncio
from collections.abc import Awaitable
from functools import partial
from typing import Final

from bot.digits import with_digits
from bot.messages import Message, Outgoing
from bot.telegram.calls import Calls
from bot.telegram.courier import Courier
from bot.telegram.keyboards import INLINE, MAX_TEXT, MAX_TOAST, Draft, Markup, clip, drafts, inline
from bot.telegram.outcomes import Blocked, Delivery, Failed, Gone, Sent
from bot.telegram.recent import Recent
from bot.telegram.speaker import Speaker
from bot.telegram.translate import Spoken
from bot.telegram.wording import Wording
from conversations.reply import SharedPhone

Shown = Sent | Blocked | Failed
# Bot API: so many messages are deleted by one call.
AT_ONCE: Final = 100
_Outcome = Sent | Blocked | Failed | Gone


class Screen:
    """Draws turns. One object per bot.

    It remembers whose phone keyboard is up, and which message held a chat's latest buttons: those
    go when the answer is typed. Forgetting either after a restart does no harm.
    """

    def __init__(
        self, calls: Calls, courier: Courier, wording: Wording, speaker: Speaker | None = None
    ) -> None:
        self._calls = calls
        self._courier = courier
        self._wording = wording
        self._speaker = speaker
        self._keyboards = Recent(100_000)
        self._boards = Recent(100_000)

    async def show(self, spoken: Spoken, outgoing: Outgoing) -> Shown:
        """Show a turn; the calls whose order nobody can see are made at once."""
        chat = spoken.address.address
        if self._speaker is not None:
            outgoing = with_digits(outgoing)
        if isinstance(spoken.reply, SharedPhone):
            self._keyboards.add(chat)
        steps: list[Awaitable[Shown]] = []
        board = self._boards.pop(chat) if outgoing.settle_open is not None else 0
        if outgoing.messages:
            steps.append(self.send(chat, outgoing.messages, outgoing.language))
        if outgoing.redraw is not None:
            steps.append(self._redraw(spoken, outgoing.redraw))
        elif outgoing.settle is not None and spoken.tapped:
            steps.append(self._settle(chat, spoken.tapped, outgoing.settle))
        elif outgoing.settle_open is not None and board:
            steps.append(self._settle(chat, board, outgoing.settle_open))
        if spoken.tap:
            steps.append(self._answer(spoken, outgoing))
        elif outgoing.toast:
            steps.append(self.send(chat, (Message(outgoing.toast),)))
        if outgoing.clip and self._speaker is not None:
            steps.append(self._speaker.speak(chat, outgoing.clip))
        if outgoing.hide_reply and spoken.said:
            steps.append(self._hide(spoken))
        return _worst([await steps[0]] if len(steps) == 1 else await asyncio.gather(*steps))

    async def send(self, chat: str, messages: tuple[Message, ...], language: str = "") -> Shown:
        """Send new messages in order; what follows one that failed is not sent."""
        made: list[int] = []
        for draft in self._plan(chat, messages, language):
            outcome = await self._courier.deliver(chat, partial(self._post, chat, draft))
            if not isinstance(outcome, Sent):
                return _settled(outcome)
            made.append(outcome.message_id)
            if draft.markup and INLINE in draft.markup:
                self._boards.add(chat, outcome.message_id)
        return Sent(messages=tuple(made))

    async def clear(self, chat: str, numbers: list[int]) -> None:
        """Delete these messages of a chat; what is gone already, or too old, stays as it is."""
        for first in range(0, len(numbers), AT_ONCE):
            call = partial(
                self._calls.make,
                "deleteMessages",
                chat_id=int(chat),
                message_ids=numbers[first : first + AT_ONCE],
            )
            await self._courier.deliver(chat, call)

    async def send_once(self, chat: str, message: Message) -> Delivery:
        """Send a message that must not arrive twice; the first draft that fails ends it."""
        outcome: Delivery = Sent()
        for draft in self._plan(chat, (message,)):
            outcome = await self._courier.try_once(chat, partial(self._post, chat, draft))
            if not isinstance(outcome, Sent):
                return outcome
        return outcome

    def _plan(self, chat: str, messages: tuple[Message, ...], language: str = "") -> list[Draft]:
        wording = self._wording.speaking(language)
        plan = drafts(messages, keyboard_up=chat in self._keyboards, wording=wording)
        if any(message.ask_phone for message in messages):
            self._keyboards.add(chat)
        elif plan:
            self._keyboards.discard(chat)
        return plan

    def _post(self, chat: str, draft: Draft) -> Awaitable[object]:
        return self._calls.make(
            "sendMessage",
            chat_id=int(chat),
            text=draft.text,
            reply_markup=draft.markup,
            protect_content=draft.protect or None,
        )

    async def _redraw(self, spoken: Spoken, message: Message) -> Shown:
        if not spoken.tapped:
            return await self.send(spoken.address.address, (message,))
        chat, keyboard = spoken.address.address, inline(message.rows)
        outcome = await self._edit(chat, spoken.tapped, message.text, keyboard)
        if isinstance(outcome, Gone | Failed):
            return await self.send(chat, (message,))
        return outcome

    async def _settle(self, chat: str, message_id: int, text: str) -> Shown:
        # What was settled is history: losing it owes the person nothing.
        outcome = await self._edit(chat, message_id, text, None)
        return outcome if isinstance(outcome, Blocked) else Sent()

    async def _edit(
        self, chat: str, message_id: int, text: str, markup: Markup | None
    ) -> _Outcome:
        call = partial(
            self._calls.make,
            "editMessageText",
            text=clip(text, MAX_TEXT),
            chat_id=int(chat),
            message_id=message_id,
            reply_markup=markup,
        )
        return await self._courier.deliver(chat, call)

    async def _answer(self, spoken: Spoken, outgoing: Outgoing) -> Shown:
        chat, toast = spoken.address.address, clip(outgoing.toast, MAX_TOAST)
        call = partial(
            self._calls.make,
            "answerCallbackQuery",
            callback_query_id=spoken.tap,
            text=toast or None,
        )
        outcome = await self._courier.deliver(chat, call)
        silent = not (outgoing.messages or outgoing.redraw or outgoing.settle)
        if isinstance(outcome, Gone) and toast and silent:
            return await self.send(chat, (Message(toast),))
        return outcome if isinstance(outcome, Blocked) else Sent()

    async def _hide(self, spoken: Spoken) -> Shown:
        chat = spoken.address.address
        call = partial(
            self._calls.make, "deleteMessage", chat_id=int(chat), message_id=spoken.said
        )
        outcome = await self._courier.deliver(chat, call)
        return outcome if isinstance(outcome, Blocked) else Sent()


def _settled(outcome: _Outcome) -> Shown:
    return Failed("gone") if isinstance(outcome, Gone) else outcome


def _worst(outcomes: list[Shown]) -> Shown:
    for kind in (Blocked, Failed):
        for outcome in outcomes:
            if isinstance(outcome, kind):
                return outcome
    sent = [outcome for outcome in outcomes if isinstance(outcome, Sent)]
    return Sent(messages=tuple(n for one in sent for n in (one.message_id, *one.messages) if n))
