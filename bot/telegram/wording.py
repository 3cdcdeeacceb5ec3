"""The few sentences that belong to Telegram itself and to no question."""

from dataclasses import dataclass

MENU = (
    ("start", "开始填报"),
    ("me", "我的信息"),
    ("back", "返回"),
    ("help", "帮助"),
    ("why", "为什么"),
    ("pause", "暂停"),
    ("stop", "停止"),
)


@dataclass(frozen=True, slots=True)
class Wording:
    """What people read that no turn wrote; `menu` is (command, description)."""

    group: str = "您好！填报涉及个人信息，请点我的头像，私下跟我说话。"
    apology: str = "对不起，刚才出了点问题，您这条没有记上。请再发一次。"
    phone_button: str = "📱 发送我的手机号"
    phone_offer: str = "点最下面的大按钮，一下就能发送您的手机号；也可以自己打字。"
    phone_done: str = "好的。"
    menu: tuple[tuple[str, str], ...] = MENU
