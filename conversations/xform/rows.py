"""Paths into lists: `instance('list')/root/item[column = x]/label`, by index where possible."""

from collections.abc import Callable
from xml.etree.ElementTree import Element

from conversations.xform.facts import Evaluate, Facts
from conversations.xform.instances import Instance, children_of, indexable
from conversations.xform.scope import Scope
from conversations.xform.syntax import Binary, Expression, Path, Step
from conversations.xform.values import Value, to_boolean

Compile = Callable[[Expression, Scope], Evaluate]
Rows = Callable[[Facts, Element | None], list[Element]]


def compile_rows(path: Path, scope: Scope, compile_tree: Compile) -> Rows:
    """Compile a path that starts at instance().

    Raises:
        FormError: the form holds no such list.
    """
    instance = scope.instances.get(path.instance)
    if instance is None:
        raise scope.refuse(
            f"The list {path.instance!r} is not in the form.",
            "Put its rows on the choices sheet; files beside the form cannot be used.",
        )
    steps = [step for step in path.steps[1:] if step.axis == "child"]
    first = next((at for at, step in enumerate(steps) if step.predicates), len(steps))
    plain = tuple(step.name for step in steps[: first + 1])
    found = _from_start(instance, plain, steps[first : first + 1], scope, compile_tree)
    for step in steps[first + 1 :]:
        found = _further(found, step, scope, compile_tree)
    return found


def _from_start(
    instance: Instance,
    plain: tuple[str, ...],
    filtered: list[Step],
    scope: Scope,
    compile_tree: Compile,
) -> Rows:
    """Compile the path up to its first predicates."""
    predicates = list(filtered[0].predicates) if filtered else []
    if not predicates:
        return lambda facts, item: instance.rows_at(plain)
    quick = _lookup(instance, plain, predicates[0], scope, compile_tree)
    if quick is None:
        tests = [compile_tree(one, scope.inside_item()) for one in predicates]
        return lambda facts, item: _passing(instance.rows_at(plain), tests, facts)
    more = [compile_tree(one, scope.inside_item()) for one in predicates[1:]]
    if not more:
        return quick
    return lambda facts, item: _passing(quick(facts, item), more, facts)


def _lookup(
    instance: Instance,
    plain: tuple[str, ...],
    predicate: Expression,
    scope: Scope,
    compile_tree: Compile,
) -> Rows | None:
    """Compile `[column = x]`, alone or with `and`, to a look-up; None when it is another."""
    if not isinstance(predicate, Binary):
        return None
    if predicate.operator == "and":
        found = _lookup(instance, plain, predicate.left, scope, compile_tree)
        if found is None:
            return None
        rest = compile_tree(predicate.right, scope.inside_item())
        return lambda facts, item: [
            row for row in found(facts, item) if to_boolean(rest(facts, row))
        ]
    if predicate.operator != "=":
        return None
    for side, other in (
        (predicate.left, predicate.right),
        (predicate.right, predicate.left),
    ):
        if column := _column(side):
            inner = scope.inside_item().apart()
            value = compile_tree(other, inner)
            if not inner.findings.uses_item:
                scope.findings.nodes.update(inner.findings.nodes)
                test = compile_tree(predicate, scope.inside_item())
                return _by_index(instance, plain, column, value, test)
    return None


def _column(side: Expression) -> str:
    """Return the column that a side of a comparison names, "" when it is something else."""
    match side:
        case Path("here", (Step("child", name, ()),)) if name != "*":
            return name
    return ""


def _by_index(
    instance: Instance, plain: tuple[str, ...], column: str, value: Evaluate, test: Evaluate
) -> Rows:
    """Return the closure that looks rows up; what has no index is tested row by row."""

    def evaluate(facts: Facts, item: Element | None) -> list[Element]:
        wanted = value(facts, None)
        if indexable(wanted):
            return instance.rows_with(plain, column, wanted)  # type: ignore[arg-type]
        return _passing(instance.rows_at(plain), [test], facts)

    return evaluate


def _further(found: Rows, step: Step, scope: Scope, compile_tree: Compile) -> Rows:
    """Compile a step after the first predicates."""
    tests = [compile_tree(one, scope.inside_item()) for one in step.predicates]

    def evaluate(facts: Facts, item: Element | None) -> list[Element]:
        rows = [child for row in found(facts, item) for child in children_of(row, step.name)]
        return _passing(rows, tests, facts) if tests else rows

    return evaluate


def _passing(rows: list[Element], tests: list[Evaluate], facts: Facts) -> list[Element]:
    """Return the rows for which each test is true; a number as a test is never true."""
    for test in tests:
        kept = []
        for place, row in enumerate(rows, 1):
            facts.position = place
            value: Value = test(facts, row)
            if value is True:
                kept.append(row)
        rows = kept
    return rows
