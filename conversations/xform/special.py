"""The functions with rules of their own: on paths, texts of the form, or their own node."""

import math
from collections.abc import Callable
from typing import Final
from xml.etree.ElementTree import Element

from conversations.xform import numbers
from conversations.xform.facts import Evaluate, EvaluateMany, Facts
from conversations.xform.paths import Compile, compile_many
from conversations.xform.scope import Scope
from conversations.xform.syntax import Call, Path, Text
from conversations.xform.tree import resolve
from conversations.xform.values import Value, to_boolean, to_text

Special = Callable[[Call, Scope, Compile], Evaluate]


def _need(call: Call, scope: Scope, least: int, most: int) -> None:
    """Refuse a call with a wrong number of arguments."""
    if not least <= len(call.args) <= most:
        raise scope.refuse(
            f"{call.name}() got {len(call.args)} arguments.", f"Give it {least} to {most}."
        )


def _if(call: Call, scope: Scope, compile_tree: Compile) -> Evaluate:
    _need(call, scope, 3, 3)
    test, yes, no = (compile_tree(arg, scope) for arg in call.args)

    def evaluate(facts: Facts, item: Element | None) -> Value:
        return yes(facts, item) if to_boolean(test(facts, item)) else no(facts, item)

    return evaluate


def _coalesce(call: Call, scope: Scope, compile_tree: Compile) -> Evaluate:
    _need(call, scope, 2, 2)
    first, second = (compile_tree(arg, scope) for arg in call.args)

    def evaluate(facts: Facts, item: Element | None) -> Value:
        value = first(facts, item)
        empty = value == "" or (isinstance(value, float) and math.isnan(value))
        return second(facts, item) if empty else value

    return evaluate


def _values(call: Call, scope: Scope, compile_tree: Compile, skip: int = 0) -> EvaluateMany:
    """Compile arguments: a path that stands alone gives all its values, else each gives one."""
    args = call.args[skip:]
    if len(args) == 1 and isinstance(args[0], Path):
        return compile_many(args[0], scope, compile_tree)
    each = [compile_tree(arg, scope) for arg in args]
    return lambda facts, item: [one(facts, item) for one in each]


def _over_path(summarise: Callable[[list[Value]], Value]) -> Special:
    """Return the maker for a function of the values at one path."""

    def make(call: Call, scope: Scope, compile_tree: Compile) -> Evaluate:
        _need(call, scope, 1, 1)
        if not isinstance(call.args[0], Path):
            raise scope.refuse(f"{call.name}() needs a path.", "Give it ${name} or a path.")
        many = compile_many(call.args[0], scope, compile_tree)
        return lambda facts, item: summarise(many(facts, item))

    return make


def _over_values(summarise: Callable[[list[Value]], Value]) -> Special:
    """Return the maker for a function of a path's values or of several arguments."""

    def make(call: Call, scope: Scope, compile_tree: Compile) -> Evaluate:
        _need(call, scope, 0, 10_000)
        many = _values(call, scope, compile_tree)
        return lambda facts, item: summarise(many(facts, item))

    return make


def _join(call: Call, scope: Scope, compile_tree: Compile) -> Evaluate:
    _need(call, scope, 1, 10_000)
    between = compile_tree(call.args[0], scope)
    many = _values(call, scope, compile_tree, skip=1)
    return lambda facts, item: to_text(between(facts, item)).join(map(to_text, many(facts, item)))


def _checklist(call: Call, scope: Scope, compile_tree: Compile) -> Evaluate:
    _need(call, scope, 2, 10_000)
    low, high = (compile_tree(arg, scope) for arg in call.args[:2])
    many = _values(call, scope, compile_tree, skip=2)
    return lambda facts, item: numbers.holds_between(
        low(facts, item), high(facts, item), many(facts, item)
    )


def _weighted(call: Call, scope: Scope, compile_tree: Compile) -> Evaluate:
    _need(call, scope, 2, 10_000)
    if len(call.args) % 2:
        raise scope.refuse("weighted-checklist() has a factor without weight.", "Add the weight.")
    low, high, *each = (compile_tree(arg, scope) for arg in call.args)
    pairs = list(zip(each[::2], each[1::2], strict=True))
    return lambda facts, item: numbers.weighs_between(
        low(facts, item),
        high(facts, item),
        [(flag(facts, item), weight(facts, item)) for flag, weight in pairs],
    )


def _position(call: Call, scope: Scope, compile_tree: Compile) -> Evaluate:
    """position() is the place in a filtered list; without repeats a node is always the first."""
    _need(call, scope, 0, 1)
    if call.args or not (scope.in_item or scope.in_nodes):
        return lambda facts, item: 1.0
    return lambda facts, item: float(facts.position)


def _once(call: Call, scope: Scope, compile_tree: Compile) -> Evaluate:
    """once(x): x while the own node is empty, then what it holds."""
    _need(call, scope, 1, 1)
    scope.findings.uses_once = True
    number, fresh = scope.current.number, compile_tree(call.args[0], scope)

    def evaluate(facts: Facts, item: Element | None) -> Value:
        value, first = facts.seen[number], fresh(facts, item)
        return first if value == "" else value

    return evaluate


def _choice_name(call: Call, scope: Scope, compile_tree: Compile) -> Evaluate:
    _need(call, scope, 2, 2)
    if not isinstance(call.args[1], Text):
        raise scope.refuse("jr:choice-name() needs a quoted path.", "Write '${name}' in quotes.")
    value, node = compile_tree(call.args[0], scope), resolve(scope.root, call.args[1].text)
    if node is None:
        return lambda facts, item: ""
    number = node.number
    return lambda facts, item: facts.choice_label(number, to_text(value(facts, item)))


def _itext(call: Call, scope: Scope, compile_tree: Compile) -> Evaluate:
    _need(call, scope, 1, 1)
    name = compile_tree(call.args[0], scope)
    return lambda facts, item: facts.itext(to_text(name(facts, item)))


def _version(call: Call, scope: Scope, compile_tree: Compile) -> Evaluate:
    _need(call, scope, 0, 0)
    version = scope.version
    return lambda facts, item: version


def _depend(call: Call, scope: Scope, compile_tree: Compile) -> Evaluate:
    _need(call, scope, 1, 10_000)
    first, *_ = (compile_tree(arg, scope) for arg in call.args)
    return first


def _refused(what: str, cure: str) -> Special:
    """Return the maker that refuses a function."""

    def make(call: Call, scope: Scope, compile_tree: Compile) -> Evaluate:
        raise scope.refuse(f"{call.name}() {what}", cure)

    return make


_FILES: Final = _refused("reads a file beside the form.", "Put the rows on the choices sheet.")
_REPEATS: Final = _refused("works on repeats, which a chat cannot ask.", "Ask without a repeat.")
_PLACES: Final = _refused("works on positions, which a chat cannot ask.", "Leave it out.")

SPECIAL: Final[dict[str, Special]] = {
    "if": _if,
    "coalesce": _coalesce,
    "count": _over_path(lambda values: float(len(values))),
    "count-non-empty": _over_path(lambda values: float(sum(value != "" for value in values))),
    "sum": _over_path(numbers.total),
    "min": _over_values(numbers.smallest),
    "max": _over_values(numbers.largest),
    "concat": _over_values(lambda values: "".join(map(to_text, values))),
    "join": _join,
    "checklist": _checklist,
    "weighted-checklist": _weighted,
    "position": _position,
    "once": _once,
    "jr:choice-name": _choice_name,
    "jr:itext": _itext,
    "version": _version,
    "depend": _depend,
    "pulldata": _FILES,
    "indexed-repeat": _REPEATS,
    "area": _PLACES,
    "enclosed-area": _PLACES,
    "distance": _PLACES,
    "geofence": _PLACES,
}
