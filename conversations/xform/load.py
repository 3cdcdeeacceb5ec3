"""XForm text -> Form."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from xml.etree.ElementTree import Element

from conversations.xform.build import Builder
from conversations.xform.controls import Control, place_of, read_controls
from conversations.xform.document import EVENTS, ODK, Document, read_document
from conversations.xform.errors import FormError
from conversations.xform.facts import Evaluate
from conversations.xform.form import Flags, Form, FormQuestion, Setting
from conversations.xform.instances import XFORMS
from conversations.xform.nodes import Bind, read_binds, read_nodes
from conversations.xform.rules import Rule, RuleKind, order
from conversations.xform.texts import hints_by_language, read_translations
from conversations.xform.tree import Node

_FIXED = {"true()": True, "false()": False}
_KINDS: tuple[RuleKind, ...] = ("relevant", "required", "readonly")
_FIRST_LOAD = frozenset({"odk-instance-first-load", "odk-instance-load", "xforms-ready"})


@lru_cache(maxsize=4)
def load_form(xml: str) -> Form:
    """Load a compiled XForm; the last few are kept, for a form never changes.

    Raises:
        FormError: it is broken, or holds something that a chat cannot carry.
    """
    document = read_document(xml)
    nodes = read_nodes(document)
    binds = read_binds(document, nodes[0])
    controls = read_controls(document, nodes[0], binds)
    translations = read_translations(document.model.find(XFORMS + "itext"))
    version = document.data.get("version", "")
    builder = Builder(nodes[0], document.instances, translations, version)
    questions = tuple(_questions(builder, controls, binds))
    rules = list(_all_rules(builder, nodes, binds))
    hints = _hints(nodes, binds, controls)
    first, changed = _settings(builder, document, controls, binds)
    return Form(
        id=document.data.get("id", ""),
        version=version,
        title=document.title,
        languages=translations.languages,
        default_language=translations.default,
        questions=questions,
        roles=_roles(hints),
        hints=hints,
        nodes=nodes,
        flags=_flags(nodes, binds),
        order=order(rules),
        first_load=first,
        changed=changed,
        preloads=_preloads(binds),
        translations=translations,
        derived=_derived(rules, questions),
        below=tuple(_below(nodes, node) for node in nodes),
        by_path={node.path: node for node in nodes},
        by_node={question.number: question for question in questions},
    )


def _all_rules(
    builder: Builder, nodes: Sequence[Node], binds: Mapping[int, Bind]
) -> Iterator[Rule]:
    for number, bind in binds.items():
        yield from _rules(builder, nodes[number], bind)


def _derived(rules: Sequence[Rule], questions: Sequence[FormQuestion]) -> frozenset[int]:
    """Return the nodes that are always calculated and never asked."""
    asked = {question.number for question in questions}
    calculated = (rule for rule in rules if rule.kind == "calculate" and not rule.once)
    return frozenset(rule.node.number for rule in calculated) - asked


def _below(nodes: Sequence[Node], node: Node) -> tuple[tuple[int, int], ...]:
    """Return a node and all below it, each with its parent, -1 for none."""
    return tuple(
        (inner.number, inner.parent.number if inner.parent else -1)
        for inner in nodes[node.number : node.end]
    )


def _questions(
    builder: Builder, controls: Sequence[Control], binds: Mapping[int, Bind]
) -> Iterator[FormQuestion]:
    for index, control in enumerate(controls):
        yield _question(builder, index, control, binds.get(control.node.number, Bind()))


def _question(builder: Builder, index: int, control: Control, bind: Bind) -> FormQuestion:
    """Return one question with its texts and expressions compiled."""
    node, element = control.node, control.element
    constraint = bind.get("constraint")
    return FormQuestion(
        path=node.path,
        index=index,
        type=control.type,
        bot=control.hints,
        spoken=hints_by_language(control.hints, builder.translations.languages),
        number=node.number,
        answers=node.type,
        label=builder.label(element.find(XFORMS + "label"), node, "label"),
        hint=builder.label(element.find(XFORMS + "hint"), node, "hint"),
        section=builder.label(control.section, node, "section"),
        choices=builder.choices(element, node) if control.type.startswith("select") else None,
        constraint=builder.expression(constraint, node, "constraint") if constraint else None,
        constraint_message=builder.message(bind.javarosa("constraintMsg"), node),
        required_message=builder.message(bind.javarosa("requiredMsg"), node),
    )


def _rules(builder: Builder, node: Node, bind: Bind) -> list[Rule]:
    """Return the rules of one bind; `true()` and `false()` are fixed, not rules."""
    rules = [
        builder.rule(kind, node, bind.get(kind))
        for kind in _KINDS
        if bind.get(kind) and bind.get(kind) not in _FIXED
    ]
    if bind.get("calculate"):
        rules.append(builder.rule("calculate", node, bind.get("calculate")))
    return rules


def _flags(nodes: tuple[Node, ...], binds: dict[int, Bind]) -> Flags:
    """Return what is fixed for each node."""

    def fixed(kind: RuleKind, otherwise: bool) -> tuple[bool, ...]:
        return tuple(
            _FIXED.get(binds.get(node.number, Bind()).get(kind), otherwise) for node in nodes
        )

    return Flags(fixed("relevant", True), fixed("required", False), fixed("readonly", False))


def _hints(
    nodes: tuple[Node, ...], binds: dict[int, Bind], controls: list[Control]
) -> dict[str, dict[str, str]]:
    """Return the chat hints of every node that has some."""
    hints = {nodes[number].path: bind.hints for number, bind in binds.items() if bind.hints}
    hints.update({control.node.path: control.hints for control in controls if control.hints})
    return hints


def _roles(hints: dict[str, dict[str, str]]) -> dict[str, str]:
    """Return the path of each role."""
    roles: dict[str, str] = {}
    for path, names in hints.items():
        role = names.get("role")
        if role in roles:
            raise FormError(
                path.rpartition("/")[2], f"The role {role!r} is given twice.", "Keep one of them."
            )
        if role:
            roles[role] = path
    return roles


def _preloads(binds: dict[int, Bind]) -> dict[int, tuple[str, str]]:
    """Return what is filled in at the start."""
    return {
        number: (bind.javarosa("preload"), bind.javarosa("preloadParams"))
        for number, bind in binds.items()
        if bind.javarosa("preload")
    }


def _settings(
    builder: Builder, document: Document, controls: list[Control], binds: dict[int, Bind]
) -> tuple[tuple[Setting, ...], dict[int, tuple[Setting, ...]]]:
    """Return the values set at the first load, and those set when a question's answer changes."""
    for tag in (ODK + "setgeopoint", ODK + "recordaudio"):
        for found in (*document.model.iter(tag), *document.body.iter(tag)):
            name = found.get("ref", "").rpartition("/")[2]
            raise FormError(name, "A chat form cannot record this.", "Leave the row out.")
    elements = document.model.findall(XFORMS + "setvalue")
    for control in controls:
        elements += control.element.findall(XFORMS + "setvalue")
    first = tuple(
        _setting(builder, element, binds) for element in elements if _FIRST_LOAD & _events(element)
    )
    changed = {
        control.node.number: tuple(
            _setting(builder, element, binds)
            for element in control.element.iterfind(XFORMS + "setvalue")
            if "xforms-value-changed" in _events(element)
        )
        for control in controls
    }
    return first, {number: found for number, found in changed.items() if found}


def _events(element: Element) -> set[str]:
    """Return the events that set a value off."""
    events = element.get("event") or element.get(EVENTS + "event") or ""
    return set(events.split())


def _setting(builder: Builder, element: Element, binds: dict[int, Bind]) -> Setting:
    """Return one `<setvalue>`: its value is an expression, its text stands for itself."""
    node = place_of(element, builder.root, binds)
    if node is None:
        path = element.get("ref", "setvalue")
        raise FormError(path, "A value is set that the form does not hold.", "Check the trigger.")
    if element.get("value"):
        return Setting(node, builder.expression(element.get("value", ""), node, "default"))
    return Setting(node, _literal(element.text or ""))


def _literal(text: str) -> Evaluate:
    """Return the expression that is always this text."""
    return lambda facts, item: text
