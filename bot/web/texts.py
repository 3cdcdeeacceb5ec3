"""What the page itself says from code; everything longer stands in the templates."""

from typing import Final, NamedTuple


class Words(NamedTuple):
    """A page about something that went wrong: what it is, and what to do now."""

    title: str
    text: str


HIDDEN: Final = "已收到，已隐藏"
SEEN_BEFORE: Final = "这一步刚才已经收到了，请看最下面的问题。"

# Words that the conversation understands anywhere, offered here because a page has no bot menu.
MENU: Final = ("返回", "为什么", "帮助", "我的信息", "暂停", "停止", "找人工")

REFUSALS: Final[dict[int, Words]] = {
    400: Words("这一下没看明白", "您以前填的都在。请回到问题那里，再点一次。"),
    403: Words("这一页放得太久了", "您以前填的都在，刚才写的也在。"),
    404: Words("没有这一页", "网址可能抄错了。请从首页进去，填过的都在。"),
    413: Words("写得太长了", "一次写几句话就够。请回到问题那里，写短一点再发。填过的都在。"),
    429: Words("点得太快了", "填过的都在。请等一会儿，再点下面的按钮。"),
    500: Words("我们这边出了点毛病", "不怪您，填过的都在。请过一会儿再点下面的按钮。"),
    503: Words("现在人多，或者正在检修", "填过的都在。请等一会儿，再点下面的按钮。"),
}

FOREIGN: Final = Words(
    "浏览器没有认出您",
    "请从首页重新进来。换了手机，或者清过记录的，在首页写上返回码就能接着用。",
)


def words_for(status: int) -> Words:
    """Return the page's words; a status without its own says the same as 400."""
    return REFUSALS.get(status, REFUSALS[400])
