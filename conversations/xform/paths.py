"""Paths -> closures: nodes of the form by number, rows of lists by index."""

from collections.abc import Callable
from xml.etree.ElementTree import Element

from conversations.xform.errors import EvaluationError
from conversations.xform.facts import Evaluate, EvaluateMany, Facts
from conversations.xform.instances import children_of, column_of, text_of
from conversations.xform.rows import Rows, compile_rows
from conversations.xform.scope import Scope
from conversations.xform.syntax import Expression, Path, Step
from conversations.xform.tree import Node
from conversations.xform.values import Value

Compile = Callable[[Expression, Scope], Evaluate]
Guarded = list[tuple[int, list[Evaluate]]]
"""Nodes of the form with the predicates that each must pass."""


def compile_path(path: Path, scope: Scope, compile_tree: Compile) -> Evaluate:
    """Compile a path that stands for one value: "" when nothing is there."""
    if of_list(path, scope):
        return _one_of_list(path, scope, compile_tree)
    guarded = _nodes(path, scope, compile_tree)
    if len(guarded) == 1 and not guarded[0][1]:
        number = guarded[0][0]
        return lambda facts, item: facts.seen[number]
    many = _many(guarded)

    def evaluate(facts: Facts, item: Element | None) -> Value:
        return _only(many(facts, item))

    return evaluate


def compile_many(path: Path, scope: Scope, compile_tree: Compile) -> EvaluateMany:
    """Compile a path that stands for several values."""
    if not of_list(path, scope):
        return _many(_nodes(path, scope, compile_tree))
    rows = _rows(path, scope, compile_tree)
    return lambda facts, item: [text_of(row) for row in rows(facts, item)]


def of_list(path: Path, scope: Scope) -> bool:
    """Tell whether a path leads into a list rather than into the form's own nodes."""
    return path.start == "instance" or (path.start == "here" and scope.in_item)


def _only(values: list[Value]) -> Value:
    """Return the one value of a path."""
    if len(values) > 1:
        raise EvaluationError("A path leads to several values where one is needed.")
    return values[0] if values else ""


def _many(guarded: Guarded) -> EvaluateMany:
    """Return the closure that reads the relevant nodes which pass their predicates."""

    def evaluate(facts: Facts, item: Element | None) -> list[Value]:
        found = []
        for place, (number, predicates) in enumerate(guarded, 1):
            facts.position = place
            if all(holds(facts, item) is True for holds in predicates) and facts.relevant[number]:
                found.append(facts.seen[number])
        return found

    return evaluate


def _nodes(path: Path, scope: Scope, compile_tree: Compile) -> Guarded:
    """Return the nodes of a path. What is not there is no error: it has no value."""
    start = {"root": scope.root, "current": scope.current}.get(path.start, scope.here)
    steps = path.steps[1:] if path.start == "root" else path.steps
    found: list[tuple[Node, list[Evaluate]]] = [(start, [])]
    for step in steps:
        found = [pair for one in found for pair in _step(one, step, scope, compile_tree)]
    if all(step.name != "*" for step in path.steps):
        scope.findings.nodes.update(node.number for node, _ in found)
    return [(node.number, predicates) for node, predicates in found]


def _step(
    start: tuple[Node, list[Evaluate]], step: Step, scope: Scope, compile_tree: Compile
) -> list[tuple[Node, list[Evaluate]]]:
    """Follow one step from one node."""
    node, before = start
    if step.axis == "self":
        return [start]
    if step.axis == "parent":
        if node.parent is None:
            raise scope.refuse("A path climbs above the form.", "Take away one `..`.")
        return [(node.parent, before)]
    children = node.children if step.name == "*" else [node.child(step.name.split(":")[-1])]
    return [
        (child, before + [compile_tree(one, scope.inside(child)) for one in step.predicates])
        for child in children
        if child is not None
    ]


def _one_of_list(path: Path, scope: Scope, compile_tree: Compile) -> Evaluate:
    """Compile a path into a list that stands for one value; one column of this row is quick."""
    if path.start == "here":
        scope.findings.uses_item = True
        match path.steps:
            case (Step("self", ""),):
                return lambda facts, item: "" if item is None else text_of(item)
            case (Step("child", name, ()),) if name != "*":
                return lambda facts, item: "" if item is None else column_of(item, name)
    rows = _rows(path, scope, compile_tree)

    def evaluate(facts: Facts, item: Element | None) -> Value:
        found = rows(facts, item)
        if len(found) > 1:
            raise EvaluationError("A list has several fitting rows where one is needed.")
        return text_of(found[0]) if found else ""

    return evaluate


def _rows(path: Path, scope: Scope, compile_tree: Compile) -> Rows:
    """Compile a path into a list to the rows it finds."""
    if any(step.axis == "parent" for step in path.steps):
        raise scope.refuse(
            "`..` cannot be used inside a list.", "Write current()/.. to reach the form."
        )
    if path.start == "instance":
        return compile_rows(path, scope, compile_tree)
    scope.findings.uses_item = True
    names = [step.name for step in path.steps if step.axis == "child"]

    def evaluate(facts: Facts, item: Element | None) -> list[Element]:
        found = [] if item is None else [item]
        for name in names:
            found = [child for element in found for child in children_of(element, name)]
        return found

    return evaluate
