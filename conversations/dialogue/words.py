"""Words that work anywhere in an interview, and the commands that mean the same."""

from enum import StrEnum
from typing import Final


class Word(StrEnum):
    """A wish that is about the conversation, not an answer."""

    BACK = "back"
    HELP = "help"
    WHY = "why"
    SKIP = "skip"
    PAUSE = "pause"
    STOP = "stop"
    RESUME = "resume"
    HUMAN = "human"
    RECORD = "me"
    MORE = "more"
    SUBMIT = "submit"


_SPELLINGS: Final[dict[Word, tuple[str, ...]]] = {
    Word.BACK: ("返回", "上一步", "上一题", "后退", "回去", "退回", "back", "go back", "previous"),
    Word.HELP: ("帮助", "帮忙", "不会", "不会填", "怎么填", "不懂", "?", "help", "help me"),
    Word.WHY: ("为什么", "为啥", "问这干啥", "为什么问", "为什么要问", "why", "why do you ask"),
    Word.SKIP: ("跳过", "先跳过", "不填", "下一题", "skip", "next question"),
    Word.PAUSE: ("暂停", "等一下", "等会", "等会儿", "一会再填", "先停一下", "pause", "later"),
    Word.STOP: ("停止", "不填了", "退出", "结束", "stop", "quit", "exit", "end"),
    Word.RESUME: (
        *("继续", "接着填", "开始", "开始填报", "你好", "您好", "在吗"),
        *("continue", "go on", "start", "resume", "hello", "hi"),
    ),
    Word.HUMAN: (
        *("找人工", "人工", "转人工", "找工作人员", "找人"),
        *("ask staff", "staff", "ask a person", "human"),
    ),
    Word.RECORD: ("我的信息", "我的记录", "查看我的信息", "my record", "my data"),
    Word.MORE: ("更多", "下一页", "还有吗", "more", "next", "next page"),
    Word.SUBMIT: ("提交", "确认提交", "都对，提交", "submit", "all right, submit"),
}
_BY_SPELLING: Final = {text: word for word, texts in _SPELLINGS.items() for text in texts}
_PUNCTUATION: Final = " \t\r\n。，,.!！~～"


def word_in(text: str) -> Word | None:
    """Return the wish if the whole text is one of these words, else None."""
    bare = text.strip(_PUNCTUATION).replace("？", "?").casefold()
    return _BY_SPELLING.get(bare) or _BY_SPELLING.get(bare.rstrip("?"))


def word_of_command(name: str) -> Word | None:
    """Return the wish of a slash command; the commands are the words' own values."""
    return Word(name) if name in set(Word) else None
