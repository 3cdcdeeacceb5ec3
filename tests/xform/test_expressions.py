"""XPath values: each expression and what JavaRosa makes of it."""

from datetime import datetime

import pytest

from conversations.xform import EvaluationError, FormError, Session, load_form
from conversations.xform.doubles import double_text
from tests.xform.expressions import form_with
from tests.xform.walks import ZONE

NOW = datetime(2026, 11, 24, 10, 30, tzinfo=ZONE)
ANSWERS = {"t": "b c", "i": "3", "d": "2.50", "w": "2020-02-29", "o": "a", "m": "a b"}


def value_of(expression: str, **answers: str) -> str:
    """Return what a calculation of the expression holds."""
    form = load_form(form_with(expression, "string"))
    session = Session(form, NOW, chance=lambda: 0.25)
    for name, value in {**ANSWERS, **answers}.items():
        assert session.answer(f"/data/{name}[1]", value).kind == "ok"
    return session.get("/data/c[1]")


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("1 + 2", "3"),
        ("3.0", "3"),
        ("concat('', 3.0)", "3"),
        ("concat('', 10000000000)", "1.0E10"),
        ("10000000000", "10000000000"),
        ("/data/d", "2.5"),
        ("1 div 0", "Infinity"),
        ("0 div 0", ""),
        ("-7 mod 3", "-1"),
        ("2 + 3 * 4 - 1", "13"),
        ("-(-2)", "2"),
        ("5 - 3-1", "1"),
        ("'a' + 1", ""),
        ("'' = 0", "0"),
        ("'3' = 3", "1"),
        ("'3' = '3.0'", "0"),
        ("true() = 'x'", "1"),
        ("'' or 0", "0"),
        ("1 = 1 and 2 > 1", "1"),
        ("if(/data/i > 2, 'yes', 'no')", "yes"),
        ("coalesce('', 'other')", "other"),
        ("selected(/data/m, 'b')", "1"),
        ("selected(/data/m, ' b ')", "1"),
        ("selected('', '')", "1"),
        ("count-selected(/data/m)", "2"),
        ("selected-at(/data/m, 1)", "b"),
        ("selected-at(/data/m, 7)", ""),
        ("string-length('😀')", "2"),
        ("substr('abcde', 1, 3)", "bc"),
        ("substr('abcde', -2)", "de"),
        ("substr('abcde', 3, 1)", ""),
        ("substring-before('a-b', '-')", "a"),
        ("substring-after('a-b', 'x')", ""),
        ("translate('aab', 'ab', 'x')", "xx"),
        ("normalize-space('  a   b ')", "a b"),
        ("concat('a', 1, true())", "a1true"),
        ("join('-', 'a', 'b')", "a-b"),
        ("round(2.5)", "3"),
        ("round(-2.5)", "-2"),
        ("round(1234, -2)", "1200"),
        ("int(-2.7)", "-2"),
        ("number('1,5')", "1.5"),
        ("number('1e3')", ""),
        ("max(-5, -3)", "0"),
        ("min(4, '2', 'x')", "2"),
        ("count(/data/t)", "1"),
        ("count(/data/nothing)", "0"),
        ("regex('ab12', '[a-z]+[0-9]+')", "1"),
        ("regex('ab12', '[a-z]+')", "0"),
        ("today()", "2026-11-24T00:00:00.000+08:00"),
        ("format-date(today(), '%Y/%m/%d')", "2026/11/24"),
        ("format-date-time(now(), '%H:%M')", "10:30"),
        ("format-date('', '%Y')", ""),
        ("/data/w + 1", "18322"),
        ("date(/data/w + 1)", "2020-03-01T00:00:00.000+08:00"),
        ("concat(date(/data/w + 1), '')", "2020-03-01"),
        ("/data/w = '2020-02-29'", "1"),
        ("date('2020-01-02') > date('2020-01-01')", "1"),
        ("decimal-date-time('1970-01-02')", "0.6666666666666666"),
        ("string(date('1-2-3'))", "1-02-03"),
        ("date('1940-06-01')", "1940-06-01T01:00:00.000+09:00"),
        ("date('1899-12-31')", "1899-12-31T00:00:00.000+08:00"),
        ("random()", "0.25"),
        ("uuid()", "44444444-4444-4444-8444-444444444444"),
        ("../i * 2", "6"),
        ("current()/../i * 2", "6"),
        ("position(..)", "1"),
        ("pow(2, 10)", "1024"),
        ("checklist(1, 2, true(), false())", "1"),
        ("boolean-from-string('1')", "1"),
        ("version()", ""),
    ],
)
def test_an_expression_has_the_value_that_javarosa_gives_it(expression: str, value: str) -> None:
    assert value_of(expression) == value


@pytest.mark.parametrize(
    "expression",
    ["date('2020-13-01')", "selected(/data/i, '3')", "selected(/data/m, 3)", "date(true())"],
)
def test_a_value_of_the_wrong_kind_is_an_error(expression: str) -> None:
    with pytest.raises(EvaluationError):
        value_of(expression)


@pytest.mark.parametrize(
    "expression",
    [
        "1 +", "(1", "'a", "a b", "1 2", "/data/t[", "f(1,)", "floor(1)", "true(1)", "if(1)",
        "pulldata('a', 'b', 'c', 'd')", "indexed-repeat(/data/t, /data, 1)", "//t", "$x", "a | b",
        "count(1)", "instance('none')/root/item", "../../../t", "regex('a', '(')", "current()",
        "(" * 60 + "1" + ")" * 60, "distance(/data/t)",
    ],
)  # fmt: skip
def test_what_cannot_be_evaluated_is_refused_at_load(expression: str) -> None:
    with pytest.raises(FormError) as caught:
        load_form(form_with(expression, "string"))
    assert caught.value.where.startswith("c, calculation")
    assert caught.value.what
    assert caught.value.cure


def test_random_numbers_are_an_error_when_nobody_gives_any() -> None:
    form = load_form(form_with("random()", "string"))
    with pytest.raises(EvaluationError):
        Session(form, NOW)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0.0, "0.0"),
        (-0.0, "-0.0"),
        (100.0, "100.0"),
        (0.001, "0.001"),
        (0.00099, "9.9E-4"),
        (9999999.0, "9999999.0"),
        (1e7, "1.0E7"),
        (4.611686065672028e18, "4.6116860656720282E18"),
        (2e-3, "0.002"),
        (float("nan"), "NaN"),
        (float("-inf"), "-Infinity"),
    ],
)
def test_decimals_are_written_as_java_writes_them(number: float, text: str) -> None:
    assert double_text(number) == text
