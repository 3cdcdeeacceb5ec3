"""Tokens -> expression tree, with XPath 1.0's order of operators."""

from typing import Final

from conversations.xform.errors import FormError
from conversations.xform.lexer import Token, tokens_of
from conversations.xform.syntax import Binary, Call, Expression, Negate, Number, Path, Step, Text

_LEVELS: Final = ("or", "and", "= !=", "< <= > >=", "+ -", "* div mod")
_POWER: Final = {sign: at for at, signs in enumerate(_LEVELS, 1) for sign in signs.split()}
_END: Final = Token("end", "", -1)
_DEEPEST: Final = 40


def parse(expression: str, where: str) -> Expression:
    """Return the tree of an expression.

    Args:
        where: the place that an error names, such as "name, relevant".

    Raises:
        FormError: it is not XPath, or a part of XPath that forms do not use.
    """
    parser = _Parser(tokens_of(expression, where), expression, where)
    tree = parser.expression()
    if parser.now.kind != "end":
        raise parser.refuse()
    return tree


class _Parser:
    """A place in the list of tokens."""

    def __init__(self, tokens: list[Token], expression: str, where: str) -> None:
        self._tokens = [*tokens, _END]
        self._at = 0
        self._depth = 0
        self._expression = expression
        self._where = where

    @property
    def now(self) -> Token:
        """The token that is to be read."""
        return self._tokens[self._at]

    def refuse(self, cure: str = "Look for a missing operator, quote or bracket.") -> FormError:
        """Return the error for the token that is to be read."""
        place = self._expression[self.now.at :][:20] if self.now.at >= 0 else "its end"
        return FormError(self._where, f"The expression cannot be read at {place!r}.", cure)

    def take(self, *kinds: str) -> Token | None:
        """Step over a token of these kinds and return it, or return None."""
        token = self.now
        if token.kind not in kinds:
            return None
        self._at += 1
        return token

    def need(self, kind: str) -> Token:
        """Step over a token that must be there."""
        token = self.take(kind)
        if token is None:
            raise self.refuse()
        return token

    def expression(self) -> Expression:
        """Read a whole expression, or the inside of brackets."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise self.refuse("Split the expression into several calculate rows.")
        inner = self.level(0)
        self._depth -= 1
        return inner

    def level(self, least: int) -> Expression:
        """Read operators that bind stronger than a level, and what stands between them."""
        left = self.unary()
        while (power := _POWER.get(self.now.kind, 0)) > least:
            sign = self.need(self.now.kind).kind
            left = Binary(sign, left, self.level(power))
        return left

    def unary(self) -> Expression:
        """Read minus signs and what follows them."""
        signs = 0
        while self.take("-"):
            signs += 1
        inner = self.operand()
        for _ in range(signs):
            inner = Negate(inner)
        return inner

    def operand(self) -> Expression:
        """Read a number, a text, a call, a path or something in brackets."""
        if token := self.take("number"):
            return Number(float(token.text))
        if token := self.take("text"):
            return Text(token.text[1:-1])
        if self.take("("):
            inner = self.expression()
            self.need(")")
            return inner
        if self.now.kind == "name" and self._tokens[self._at + 1].kind == "(":
            return self.call()
        return self.path()

    def call(self) -> Expression:
        """Read a function call, or a path that starts at current() or instance()."""
        name = self.need("name").text
        self.need("(")
        args: list[Expression] = []
        while not self.take(")"):
            if args:
                self.need(",")
            args.append(self.expression())
        if self.now.kind != "/":
            return Call(name, tuple(args))
        self.need("/")
        if name == "current" and not args:
            return Path("current", self.steps())
        if name == "instance" and len(args) == 1 and isinstance(args[0], Text):
            return Path("instance", self.steps(), args[0].text)
        raise self.refuse("Only current() and instance('list') can be followed by a slash.")

    def path(self) -> Expression:
        """Read a path from the root or from here."""
        if self.take("/"):
            return Path("root", self.steps())
        return Path("here", self.steps())

    def steps(self) -> tuple[Step, ...]:
        """Read the steps of a path; there is at least one."""
        steps = [self.step()]
        while self.take("/"):
            steps.append(self.step())
        return tuple(steps)

    def step(self) -> Step:
        """Read one step and its predicates."""
        if self.take("."):
            return Step("self")
        if self.take(".."):
            return Step("parent")
        token = self.take("name", "*name")
        if token is None:
            raise self.refuse()
        predicates: list[Expression] = []
        while self.take("["):
            predicates.append(self.expression())
            self.need("]")
        return Step("child", token.text, tuple(predicates))
