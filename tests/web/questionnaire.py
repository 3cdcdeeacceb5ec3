"""A small honest questionnaire in memory: the `Turns` that the page is tried with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from bot.channel import Address, UpdateId
from bot.messages import Button, Message, Outgoing
from conversations.buttons import Press, Verb, encode
from conversations.reply import Command, Reply, Tap, Text
from storage.errors import DatabaseUnavailable

TRADES: Final[Mapping[str, str]] = {
    "cook": "厨师",
    "weld": "电焊",
    "nurse": "月嫂",
    "drive": "驾驶",
}
SKILLS, SUMMARY, DONE = 4, 5, 6
RETURN_CODE: Final = "7K3M-9QXT-42HD"

GRANT: Final = "ab" * 32


@dataclass(slots=True)
class Chat:
    """Where one chat stands; step -1 is before the start."""

    step: int = -1
    page: int = 0
    answers: dict[int, str] = field(default_factory=dict)
    picked: set[str] = field(default_factory=set)


class Questionnaire:
    """Six questions: consent, name, number, phone, trades (several), summary."""

    def __init__(self) -> None:
        self.chats: dict[str, Chat] = {}
        self.done: set[UpdateId] = set()
        self.replies: list[Reply] = []
        self.noted: list[UpdateId] = []
        self.is_down = False
        self.is_broken = False

    async def take(self, address: Address, update: UpdateId, reply: Reply) -> Outgoing | None:
        """Take one reply."""
        self._fail_if_told()
        if update in self.done:
            return None
        self.done.add(update)
        self.replies.append(reply)
        return self._turn(self.chats.setdefault(address.address, Chat()), reply)

    async def standing(self, address: Address) -> Outgoing:
        """Return the open question, or nothing for a chat that never began."""
        self._fail_if_told()
        chat = self.chats.get(address.address)
        return Outgoing((question(chat),)) if chat and chat.step >= 0 else Outgoing()

    async def news(self, address: Address) -> Outgoing | None:
        """Nobody else writes here."""
        return None

    async def shown(self, update: UpdateId, messages: tuple[int, ...] = ()) -> None:
        """Note that it was shown."""
        self.noted.append(update)

    async def messages_of(self, address: Address) -> list[int]:
        """No message of a page has a number."""
        return []

    async def copy(self, address: Address, grant: str) -> str | None:
        """Hand out a copy for the one grant there is."""
        return "全部内容\n" if grant == GRANT else None

    async def owed(self, source: str) -> list[tuple[Address, UpdateId]]:
        """Nothing is ever owed here."""
        return []

    async def blocked(
        self, address: Address, update: UpdateId | None, *, is_blocked: bool
    ) -> None:
        """A page cannot be blocked."""

    def _fail_if_told(self) -> None:
        if self.is_down:
            raise DatabaseUnavailable
        if self.is_broken:
            raise ZeroDivisionError("secret words")

    def _turn(self, chat: Chat, reply: Reply) -> Outgoing:
        match reply:
            case Command("start"):
                chat.step = max(chat.step, 0)
                return Outgoing((Message("您好，我是乡问。"), question(chat)))
            case Command("return"):
                return self._return(chat, reply.argument)
            case Tap(None):
                return Outgoing((Message("这个按钮我不认得，请看下面。"), question(chat)))
            case Tap(Press() as press):
                return _tap(chat, press)
            case Text(text):
                return _text(chat, text.strip())
        return Outgoing(toast="这里只收文字。")

    def _return(self, chat: Chat, code: str) -> Outgoing:
        if code != RETURN_CODE:
            return Outgoing((Message("没有这个号码，请照着回执再写一遍。"),))
        chat.step = DONE
        return Outgoing((question(chat),))


def _tap(chat: Chat, press: Press) -> Outgoing:
    if press.verb == Verb.BACK:
        chat.step = max(0, chat.step - 1)
        return Outgoing((question(chat),))
    if press.verb == Verb.WHY:
        return Outgoing((Message("用来核对是不是您本人。"), question(chat)))
    if press.question != chat.step:
        return Outgoing(toast="这一题答过了。")
    if press.verb == Verb.TOGGLE:
        chat.picked ^= {press.value}
        return Outgoing(redraw=question(chat))
    return _next(chat, press.value, f"{question(chat).text}\n→ {press.value or '好'}")


def _text(chat: Chat, text: str) -> Outgoing:
    if text == "返回":
        chat.step = max(0, chat.step - 1)
        return Outgoing((question(chat),))
    if not text or chat.step not in (1, 2, 3):
        return Outgoing((Message("没看懂，请点按钮。"), question(chat)))
    if chat.step == 2 and len(text) != 18:
        words = Message("身份证号是18位，数一数再写。")
        return Outgoing((words, question(chat)), hide_reply=True)
    return _next(chat, text, None, hide=chat.step == 2)


def _next(chat: Chat, answer: str, settle: str | None, hide: bool = False) -> Outgoing:
    chat.answers[chat.step] = answer
    chat.step += 1
    said: tuple[Message, ...] = ()
    if chat.step == DONE:
        said = (Message(f"交上了，谢谢您！\n\n返回码：{RETURN_CODE}", protect=True),)
    return Outgoing((*said, question(chat)), settle=settle, hide_reply=hide)


def question(chat: Chat) -> Message:
    """Return the open question of a chat."""
    match chat.step:
        case 0:
            return Message(
                "【开始】\n\n为帮您找活、学手艺，要记下您的就业情况。您同意吗？",
                ((_button(chat, "同意", "yes", "success"), _button(chat, "不同意", "no")),),
                input_hint="none",
            )
        case 1:
            return Message("您叫什么名字？\n照身份证上的写。", (_foot(chat),))
        case 2:
            return Message("身份证号是多少？\n一共18位。读完就从这里抹掉。", (_foot(chat),))
        case 3:
            return Message("手机号是多少？", (_foot(chat),), ask_phone=True, input_hint="tel")
        case 4:
            return Message("想学哪些手艺？\n可以选几样。", _trades(chat), input_hint="none")
        case 5:
            name = chat.answers[1]
            return Message(
                f"您填的，看看对不对？\n\n姓名：{name}\n手机号：138****{chat.answers[3][-4:]}",
                ((_button(chat, "对，交上去", "ok", "success"),), _foot(chat)),
                protect=True,
                input_hint="none",
            )
        case _:
            return Message("这一回都填完了。", input_hint="none")


def _trades(chat: Chat) -> tuple[tuple[Button, ...], ...]:
    buttons = [
        Button(
            f"{'☑' if name in chat.picked else '☐'} {label}",
            encode(Press(Verb.TOGGLE, 1, SKILLS, 0, name)),
        )
        for name, label in TRADES.items()
    ]
    done = Button("选好了", encode(Press(Verb.DONE, 1, SKILLS)), "primary")
    return (tuple(buttons[:2]), tuple(buttons[2:]), (done,), _foot(chat))


def _button(chat: Chat, label: str, value: str, style: str = "") -> Button:
    data = encode(Press(Verb.ANSWER, 1, chat.step, 0, value))
    return Button(label, data, "success") if style else Button(label, data)


def _foot(chat: Chat) -> tuple[Button, ...]:
    return (
        Button("返回", encode(Press(Verb.BACK, 1, chat.step))),
        Button("为什么问", encode(Press(Verb.WHY, 1, chat.step))),
    )
