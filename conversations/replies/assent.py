"""Yes and no, in the words of Shanxi and of phones."""

import re
from typing import Final

from conversations.replies.characters import bared


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


YES: Final = _words("""
    是 是的 是这样 是这 对 对的 对着 对头 好 好的 行 中 可以 能 能行 要 要得 嗯 嗯哪 嗯呐 恩 昂
    有 有的 想 想的 我想 想学 想找 肯定想 同意 我同意 愿意 没错 没问题 没意见 确认 正确
    成 得 得行 管 使得 可 当然 必须 必须的 那是 就是 就是的 没毛病 yes y ok okay okey
""")
NO: Final = _words("""
    不 否 不是 不是的 不对 不对着 不行 不中 不成 不要 不用 不想 不得行 不能行 没 没有 没的 没得
    无 莫 莫有 木有 木 冇 么有 没想 算 不同意 我不同意 不愿意 不可以 不能 错 不学 不找 不需要
    用不着 不想学 不想找 免 拉倒 no n nope
""")
_PARTICLES: Final = r"(?:[了啦咧哩嘞呢吧啊呀哇哈的滴得地嘛么哟呗噢哦喽咯哎诶]|谢谢|谢了|您)+$"
_REPEATED: Final = r"(.{1,3}?)\1+"


def yes_or_no(text: str) -> bool | None:
    """Return what the whole text says as yes or no, None when it is neither."""
    bare = bared(text)
    for said in (
        bare,
        re.sub(_PARTICLES, "", bare),
        _once(bare),
        _once(re.sub(_PARTICLES, "", bare)),
    ):
        if said in YES or said in NO:
            return said in YES
    return None


def _once(bare: str) -> str:
    """Return words that were only repeated as if they were said once: 对对对, 同意同意."""
    found = re.fullmatch(_REPEATED, bare)
    return found[1] if found else bare
