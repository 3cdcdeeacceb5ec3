"""The text of a prompt: what may stand in it, and how its placeholders are filled.

Whoever gets a prompt trusts it, so a text never asks for what cheats ask for, and leads nowhere
but to ourselves.
"""

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

PLACEHOLDERS: Final = ("station", "county", "year", "contact", "days", "trade", "deadline")
# Known only when it is known whom the prompt goes to.
OF_A_PERSON: Final = frozenset(("station", "county"))
LONGEST: Final = 300

_NAMED: Final = re.compile(r"\{([^{}]*)\}")
_BRACE: Final = re.compile(r"[{}]")
# An address with or without its scheme; a full stop between digits or Chinese words is none.
_LINK: Final = re.compile(
    r"(?:[a-z][a-z0-9+.-]*://)?((?:[a-z0-9-]+\.)+[a-z]{2,})(?![a-z0-9-])([^\s，。；！？]*)",
    re.IGNORECASE,
)
_OTHER_LINK: Final = re.compile(
    r"[a-z][a-z0-9+.-]*://|@[a-z0-9_]{4,}|\.(?:中国|公司|网络|网址)", re.IGNORECASE
)
# 15 digits are an old identity number, 16 to 19 a bank card, 18 an identity number.
_LONG_NUMBER: Final = re.compile(r"\d(?:[ \-]?\d){14,}")
_ASKS: Final = (
    *("身份证号", "身份证照", "身份证拍", "密码", "口令", "验证码", "校验码", "动态码"),
    *("银行卡", "卡号", "转账", "汇款", "打款", "打钱", "付款", "付钱", "交钱", "交费", "缴费"),
    *("充值", "押金", "保证金", "手续费", "报名费", "红包", "扫码支付", "收款码"),
    *("password", "passcode", "verification code", "id number", "bank card", "transfer money"),
)
_HIDDEN: Final = frozenset(("Cf", "Cc", "Co", "Cn"))


class Fault(StrEnum):
    """What is wrong with a text."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    BRACE = "brace"
    PLACEHOLDER = "placeholder"
    LINK = "link"
    NUMBER = "number"
    ASKS = "asks"
    NO_VALUE = "no_value"


@dataclass(frozen=True, slots=True)
class WordingFault:
    """What is wrong, and with which words; never a number that stood there."""

    fault: Fault
    detail: str = ""


def tidied(template: str) -> str:
    """Return a text as it is kept: full-width forms folded in links and braces, nothing hidden."""
    shown = "".join(
        mark for mark in template if mark == "\n" or unicodedata.category(mark) not in _HIDDEN
    )
    return shown.replace("｛", "{").replace("｝", "}").strip()


def faults(template: str, own_hosts: Collection[str] = ()) -> tuple[WordingFault, ...]:
    """Return what is wrong with a text, nothing when it may be sent.

    Args:
        own_hosts: names of our own page, whose links are good.
    """
    text = tidied(template)
    if not text:
        return (WordingFault(Fault.EMPTY),)
    found = []
    if len(text) > LONGEST:
        found.append(WordingFault(Fault.TOO_LONG, str(len(text))))
    found += _in_braces(text)
    plain = unicodedata.normalize("NFKC", _NAMED.sub(" ", text)).casefold()
    found += _links(plain, own_hosts)
    if _LONG_NUMBER.search(plain):
        found.append(WordingFault(Fault.NUMBER))
    squeezed = re.sub(r"\s+", "", plain)
    asked = [word for word in _ASKS if word.replace(" ", "") in squeezed]
    found += [WordingFault(Fault.ASKS, word) for word in asked[:1]]
    return tuple(found)


def fill(template: str, values: Mapping[str, str]) -> str:
    """Return the text with its placeholders filled in; those without a value stay."""
    return _NAMED.sub(lambda found: values.get(found[1], found[0]), template)


def missing(template: str, values: Mapping[str, str]) -> tuple[WordingFault, ...]:
    """Return a fault for each placeholder that nothing is known for."""
    named = dict.fromkeys(_NAMED.findall(template))
    return tuple(
        WordingFault(Fault.NO_VALUE, name)
        for name in named
        if name not in OF_A_PERSON and not values.get(name)
    )


def _in_braces(text: str) -> list[WordingFault]:
    unknown = [name for name in _NAMED.findall(text) if name not in PLACEHOLDERS]
    found = [WordingFault(Fault.PLACEHOLDER, name[:20]) for name in unknown[:1]]
    if _BRACE.search(_NAMED.sub("", text)):
        found.append(WordingFault(Fault.BRACE))
    return found


def _links(plain: str, own_hosts: Collection[str]) -> list[WordingFault]:
    own = {host.casefold() for host in own_hosts}
    # What stands before an @ in an address is no host, whatever it looks like.
    foreign = [host for host, rest in _LINK.findall(plain) if host not in own or "@" in rest]
    if foreign:
        return [WordingFault(Fault.LINK, foreign[0])]
    rest = _LINK.sub(" ", plain)
    other = _OTHER_LINK.search(rest)
    return [WordingFault(Fault.LINK, other[0])] if other else []
