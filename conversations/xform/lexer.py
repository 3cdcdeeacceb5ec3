"""XPath text -> tokens, the way JavaRosa's lexer cuts it."""

import re
from dataclasses import dataclass
from typing import Final

from conversations.xform.errors import FormError

_SYMBOLS: Final = ("!=", "<=", ">=", "..", "//", "::", *"=<>+-*|/[](),.@$")
_WORDS: Final = ("and", "or", "div", "mod")
_SPACE: Final = re.compile(r"[ \n\t\f\r]+")
_NUMBER: Final = re.compile(r"[0-9]+\.?[0-9]*|\.[0-9]+")
_TEXT: Final = re.compile(r"\"([^\"]*)\"|'([^']*)'")
_NAME: Final = re.compile(r"[^\W\d][\w.\-]*(?::[^\W\d][\w.\-]*)?")
_ENDS_OPERAND: Final = frozenset({")", "]", ".", "..", "*name"})


@dataclass(frozen=True, slots=True)
class Token:
    """One token. `kind` is "number", "text", "name", "*name" (any name) or the symbol itself."""

    kind: str
    text: str
    at: int


def tokens_of(expression: str, where: str) -> list[Token]:
    """Return the tokens of an expression.

    Raises:
        FormError: a sign that XPath does not know.
    """
    found: list[Token] = []
    at = 0
    operand_before = False
    while at < len(expression):
        if space := _SPACE.match(expression, at):
            at = space.end()
            continue
        token, at = _next(expression, at, operand_before, where)
        operand_before = token.kind in _ENDS_OPERAND or token.kind in ("number", "text", "name")
        found.append(token)
    return found


def _next(expression: str, at: int, operand_before: bool, where: str) -> tuple[Token, int]:
    """Return the token at a place. After an operand, `*` and words such as `or` are operators."""
    if number := _NUMBER.match(expression, at):
        return Token("number", number[0], at), number.end()
    if text := _TEXT.match(expression, at):
        return Token("text", text[0][1:-1], at), text.end()
    if operand_before:
        for word in _WORDS:
            if expression.startswith(word, at):
                return Token(word, word, at), at + len(word)
    elif name := _NAME.match(expression, at):
        return Token("name", name[0], at), name.end()
    for symbol in _SYMBOLS:
        if expression.startswith(symbol, at):
            kind = "*name" if symbol == "*" and not operand_before else symbol
            return Token(kind, symbol, at), at + len(symbol)
    raise FormError(
        where,
        f"The expression cannot be read from here on: {expression[at : at + 20]!r}.",
        "Look for a missing operator, quote or bracket.",
    )
