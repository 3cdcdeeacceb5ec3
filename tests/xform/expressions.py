"""Random expressions over questions of every type, each in a form of its own."""

import html
import random
from typing import Final

LEAVES: Final = (
    "/data/t", "/data/i", "/data/d", "/data/w", "/data/o", "/data/m", "/data/b", "'abc'", "'3'",
    "''", "'2020-01-02'", "3", "0", "-1.5", "1000", "true()", "false()", "'a b'", "today()",
    "'1,5'", "' 7 '", "0.1",
)  # fmt: skip
FUNCTIONS: Final = {
    "string": 1, "number": 1, "int": 1, "boolean": 1, "not": 1, "concat": 3, "coalesce": 2,
    "if": 3, "substr": 3, "string-length": 1, "contains": 2, "starts-with": 2, "ends-with": 2,
    "substring-before": 2, "substring-after": 2, "translate": 3, "normalize-space": 1,
    "selected": 2, "count-selected": 1, "selected-at": 2, "min": 2, "max": 3, "abs": 1, "pow": 2,
    "date": 1, "date-time": 1, "decimal-date-time": 1, "decimal-time": 1, "join": 3, "round": 2,
    "boolean-from-string": 1, "sqrt": 1, "checklist": 4, "weighted-checklist": 4, "once": 1,
}  # fmt: skip
PATTERNS: Final = ("%Y-%m-%d", "%H:%M", "%n/%e/%y", "%W %a %b", "%", "%q", "x%%")
REGEXES: Final = ("[a-z]+", ".*", "[0-9]{2}", "^a|b$", "-?[0-9.]+")
PATHS: Final = ("/data/t", "/data/i", "/data/d", "/data/w", "/data/m", "../t", "/data/nothing")
NODE_TYPES: Final = ("string", "string", "int", "decimal", "date")
ANSWERS: Final = (
    ("abc", "3", "2020-01-02", "a b", "-1", "x y z", "1.5", " 7 ", "", "一二"),
    ("0", "5", "-3", "12345", ""),
    ("0.5", "3", "1e5", "-2.25", "1e-7", ""),
    ("2020-02-29", "1969-12-31", "1988-07-01", ""),
    ("a", "3", ""),
    ("a", "a b", "b", ""),
)
_FORM: Final = """<h:html xmlns="http://www.w3.org/2002/xforms"
 xmlns:h="http://www.w3.org/1999/xhtml" xmlns:jr="http://openrosa.org/javarosa">
<h:head><h:title>x</h:title><model><instance>
<data id="x"><t/><i/><d/><w/><o/><m/><b/><c/></data></instance>
<bind nodeset="/data/t" type="string"/><bind nodeset="/data/i" type="int"/>
<bind nodeset="/data/d" type="decimal"/><bind nodeset="/data/w" type="date"/>
<bind nodeset="/data/o" type="string"/><bind nodeset="/data/m" type="string"/>
<bind nodeset="/data/b" type="string" calculate="/data/i &gt; 3"/>
<bind nodeset="/data/c" type="{type}" calculate="{expression}"/></model></h:head><h:body>
<input ref="/data/t"><label>t</label></input><input ref="/data/i"><label>i</label></input>
<input ref="/data/d"><label>d</label></input><input ref="/data/w"><label>w</label></input>
<select1 ref="/data/o"><label>o</label><item><label>a</label><value>a</value></item>
<item><label>3</label><value>3</value></item></select1>
<select ref="/data/m"><label>o</label><item><label>a</label><value>a</value></item>
<item><label>b</label><value>b</value></item></select></h:body></h:html>"""


def form_with(expression: str, node_type: str) -> str:
    """Return a form that calculates one expression from questions of every type."""
    return _FORM.format(type=node_type, expression=html.escape(expression))


def random_expression(chance: random.Random, depth: int = 3) -> str:
    """Return an expression; most are sensible, some fail in every engine."""
    if depth == 0 or chance.random() < 0.15:
        return chance.choice(LEAVES)
    kind = chance.randrange(12)
    parts = [random_expression(chance, depth - 1) for _ in range(4)]
    if kind < 3:
        return f"{parts[0]} {chance.choice(['+', '-', '*', 'div', 'mod'])} {parts[1]}"
    if kind < 5:
        sign = chance.choice(["=", "!=", "<", ">", "<=", ">=", "and", "or"])
        return f"({parts[0]}) {sign} ({parts[1]})"
    if kind == 5:
        return f"format-date({parts[0]}, '{chance.choice(PATTERNS)}')"
    if kind == 6:
        return f"regex({parts[0]}, '{chance.choice(REGEXES)}')"
    if kind == 7:
        name = chance.choice(["count", "count-non-empty", "sum", "min", "concat"])
        return f"{name}({chance.choice(PATHS)})"
    name = chance.choice(list(FUNCTIONS))
    return f"{name}({', '.join(parts[: FUNCTIONS[name]])})"
