"""Expression tree -> Python closure."""

from collections.abc import Callable
from typing import Final
from xml.etree.ElementTree import Element

from conversations.xform import numbers
from conversations.xform.errors import EvaluationError
from conversations.xform.facts import Evaluate, Facts
from conversations.xform.functions import FUNCTIONS, Function
from conversations.xform.parser import parse
from conversations.xform.paths import compile_path
from conversations.xform.patterns import matcher
from conversations.xform.scope import Scope
from conversations.xform.special import SPECIAL
from conversations.xform.syntax import Binary, Call, Expression, Negate, Number, Path, Text
from conversations.xform.values import Value, equal, to_boolean, to_number


def compile_text(expression: str, scope: Scope) -> Evaluate:
    """Compile the text of an expression.

    Raises:
        FormError: it is not XPath or uses what a chat cannot carry.
    """
    return compile_tree(parse(expression, scope.where), scope)


def compile_tree(tree: Expression, scope: Scope) -> Evaluate:
    """Compile a tree; what it reads is noted in the scope's findings."""
    match tree:
        case Number(number):
            return lambda facts, item: number
        case Text(text):
            return lambda facts, item: text
        case Path():
            return compile_path(tree, scope, compile_tree)
        case Negate(operand):
            inner = compile_tree(operand, scope)
            return lambda facts, item: -to_number(inner(facts, item))
        case Binary("=" | "!=" as operator, left, Text(text)):
            return _equal_to_text(compile_tree(left, scope), text, operator == "=")
        case Binary(operator, left, right):
            return _BINARY[operator](compile_tree(left, scope), compile_tree(right, scope))
        case Call():
            return _call(tree, scope)


def _call(call: Call, scope: Scope) -> Evaluate:
    """Compile a function call."""
    if call.name in SPECIAL:
        return SPECIAL[call.name](call, scope, compile_tree)
    function = FUNCTIONS.get(call.name)
    if function is None:
        raise scope.refuse(
            f"The function {call.name}() is not known here.",
            "Use another function, or prepare the value in a calculate row.",
        )
    if call.name in ("string-length", "normalize-space") and not call.args:
        call = Call(call.name, (_HERE,))
    if not function.least <= len(call.args) <= function.most:
        raise scope.refuse(
            f"{call.name}() got {len(call.args)} arguments.",
            f"Give it {function.least} to {function.most}.",
        )
    if call.name == "regex" and isinstance(call.args[1], Text):
        _check_pattern(call.args[1].text, scope)
    return _apply(function, [compile_tree(arg, scope) for arg in call.args])


def _check_pattern(pattern: str, scope: Scope) -> None:
    """Refuse a written-out pattern that no text could be held against."""
    try:
        matcher(pattern)
    except EvaluationError as error:
        raise scope.refuse(str(error), "Write a simpler pattern.") from error


_HERE: Final = parse(".", "")


def _apply(function: Function, args: list[Evaluate]) -> Evaluate:
    """Return the closure that calls a function; the usual numbers of arguments are unrolled."""
    call = function.call
    if function.needs_facts:
        return lambda facts, item: call(facts, *[arg(facts, item) for arg in args])
    match args:
        case []:
            return lambda facts, item: call()
        case [one]:
            return lambda facts, item: call(one(facts, item))
        case [one, two]:
            return lambda facts, item: call(one(facts, item), two(facts, item))
        case _:
            return lambda facts, item: call(*[arg(facts, item) for arg in args])


def _equal(left: Evaluate, right: Evaluate) -> Evaluate:
    return lambda facts, item: equal(left(facts, item), right(facts, item))


def _unequal(left: Evaluate, right: Evaluate) -> Evaluate:
    return lambda facts, item: not equal(left(facts, item), right(facts, item))


def _equal_to_text(left: Evaluate, text: str, wanted: bool) -> Evaluate:
    """Compare with a quoted text, the commonest of all expressions."""

    def evaluate(facts: Facts, item: Element | None) -> Value:
        value = left(facts, item)
        same = value == text if type(value) is str else equal(value, text)
        return same is wanted

    return evaluate


def _and(left: Evaluate, right: Evaluate) -> Evaluate:
    def evaluate(facts: Facts, item: Element | None) -> Value:
        first = left(facts, item)
        if first is not True and not to_boolean(first):
            return False
        second = right(facts, item)
        return second is True or to_boolean(second)

    return evaluate


def _or(left: Evaluate, right: Evaluate) -> Evaluate:
    def evaluate(facts: Facts, item: Element | None) -> Value:
        first = left(facts, item)
        if first is True or to_boolean(first):
            return True
        second = right(facts, item)
        return second is True or to_boolean(second)

    return evaluate


def _on_numbers(operate: Callable[[float, float], Value]) -> Callable[..., Evaluate]:
    """Return the maker of closures for an operator on two numbers."""

    def make(left: Evaluate, right: Evaluate) -> Evaluate:
        def evaluate(facts: Facts, item: Element | None) -> Value:
            return operate(to_number(left(facts, item)), to_number(right(facts, item)))

        return evaluate

    return make


_BINARY: Final[dict[str, Callable[[Evaluate, Evaluate], Evaluate]]] = {
    "=": _equal,
    "!=": _unequal,
    "and": _and,
    "or": _or,
    "<": _on_numbers(lambda a, b: a < b),
    "<=": _on_numbers(lambda a, b: a <= b),
    ">": _on_numbers(lambda a, b: a > b),
    ">=": _on_numbers(lambda a, b: a >= b),
    "+": _on_numbers(lambda a, b: a + b),
    "-": _on_numbers(lambda a, b: a - b),
    "*": _on_numbers(lambda a, b: a * b),
    "div": _on_numbers(numbers.divide),
    "mod": _on_numbers(numbers.remainder),
}
