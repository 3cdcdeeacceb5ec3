"""XPath text -> tokens, the way JavaRosa's lexer cuts it."""

import re
from typing import Final, NamedTuple

from conversations.xform.errors import FormError

_WORDS: Final = ("and", "or", "div", "mod")
_TOKEN: Final = re.compile(
    r"""(?P<number>[0-9]+\.?[0-9]*|\.[0-9]+)
    |(?P<text>"[^"]*"|'[^']*')
    |(?P<name>[^\W\d][\w.\-]*(?::[^\W\d][\w.\-]*)?)
    |(?P<symbol>!=|<=|>=|\.\.|//|::|[=<>+\-*|/\[\](),.@$])
    |(?P<space>[ \n\t\f\r]+)""",
    re.VERBOSE,
)
_ENDS_OPERAND: Final = frozenset({")", "]", ".", "..", "*name", "number", "text", "name"})


class Token(NamedTuple):
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
        match = _TOKEN.match(expression, at)
        if match is not None and match.lastgroup == "space":
            at = match.end()
            continue
        token = _token(match, operand_before)
        if token is None:
            raise FormError(
                where,
                f"The expression cannot be read from here on: {expression[at : at + 20]!r}.",
                "Look for a missing operator, quote or bracket.",
            )
        at += len(token.text)
        operand_before = token.kind in _ENDS_OPERAND
        found.append(token)
    return found


def _token(match: re.Match[str] | None, operand_before: bool) -> Token | None:
    """Return the token. After an operand, `*` and words such as `or` are operators."""
    if match is None:
        return None
    kind, text, at = match.lastgroup or "", match[0], match.start()
    if kind == "name" and operand_before:
        word = next((word for word in _WORDS if text.startswith(word)), "")
        return Token(word, word, at) if word else None
    if kind == "symbol":
        kind = "*name" if text == "*" and not operand_before else text
    return Token(kind, text, at)
