"""Expressions against a table of expected values, and what is refused."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.forms.expressions import (
    Expression,
    ExpressionRefused,
    Kind,
    Kinds,
    Value,
    compile_expression,
)
from bot.i18n import Moment, render

KINDS = Kinds({"n": Kind.NUMBER, "d": Kind.DATE, "t": Kind.TRUTH}, Kind.NUMBER)
VALUES: dict[str, Value] = {
    "n": 5,
    "d": "2026-03-02",
    "t": "false",
    "one": "yes",
    "many": ["a", "b"],
    "words": "More cases",
    "digits": "12",
    "blank": "",
}
NOON = Moment(dt.datetime(2026, 3, 2, 20, 0, tzinfo=dt.UTC), "Asia/Phnom_Penh")


def compiled(text: str) -> Expression:
    return compile_expression(text, KINDS)


def attempt(text: str) -> tuple[Expression | None, set[str]]:
    """The expression, or the codes of what is wrong with it."""
    try:
        return compiled(text), set()
    except ExpressionRefused as refused:
        return None, {problem.code for problem in refused.problems}


CONDITIONS = [
    ("${n} > 3", True),
    ("${n} >= 5 and ${n} <= 5", True),
    ("${n} != 5", False),
    ("${one} = 'yes'", True),
    ("${one} = 'no' or ${n} = 5", True),
    ("not(${one} = 'no')", True),
    ("true()", True),
    ("false() or false()", False),
    ("'' > 3", False),
    ("${blank} > 3", False),
    ("${blank} < 3", False),
    ("${missing} = ''", True),
    ("${blank} = 0", False),
    ("${digits} > 9", True),
    ("${digits} = 12", True),
    ("${words} > 1", False),
    ("selected(${many}, 'a')", True),
    ("selected(${many}, 'ab')", False),
    ("selected(${one}, 'yes')", True),
    ("selected(${blank}, '')", False),
    ("regex(${digits}, '[0-9]{2}')", True),
    ("regex(${words}, 'More')", False),
    ("contains(${words}, 'case')", True),
    ("starts-with(${words}, 'More')", True),
    ("${d} = date('2026-03-02')", True),
    ("${d} < today()", True),
    ("${d} <= date('2026-03-02')", True),
    ("${d} = ''", False),
    ("${t}", False),
    ("${t} = 'false'", True),
    ("${one} = “yes”", True),
    ("yes", True),
    ("FALSE", False),
    (". > 3", True),
    (". >= 1 and . <= 4", True),
]


@pytest.mark.parametrize(("text", "expected"), CONDITIONS)
def test_condition__on_known_answers__holds_as_xpath_says(text: str, expected: bool) -> None:
    assert compiled(text).holds(VALUES, 4, NOON) is expected


RESULTS: list[tuple[str, Value]] = [
    ("1 + 2 * 3", 7),
    ("(1 + 2) * 3", 9),
    ("7 div 2", 3.5),
    ("7 mod 3", 1),
    ("-${n} + 1", -4),
    ("5 - -2", 7),
    ("1 div 0", ""),
    ("number('x')", ""),
    ("number(${digits}) + 1", 13),
    ("int(2.9)", 2),
    ("int(-2.9)", -2),
    ("round(2.5)", 3),
    ("round(2.345, 1)", 2.3),
    ("string-length(${words})", 10),
    ("count-selected(${many})", 2),
    ("count-selected(${blank})", 0),
    ("concat(${one}, '-', ${n})", "yes-5"),
    ("concat(${d}, '')", "2026-03-02"),
    ("if(${n} > 3, 'big', 'small')", "big"),
    ("if(${blank} > 3, 'big', '')", ""),
    ("if(${n} > 3, ${d}, '')", "2026-03-02"),
    ("if(${n} > 3, ${d}, 'none')", "2026-03-02"),
    ("coalesce(${blank}, 'k')", "k"),
    ("coalesce(${n}, 9)", 5),
    ("today()", "2026-03-03"),
    ("date(today() + 7)", "2026-03-10"),
    ("today() - ${d}", 1),
    ("format-date(${d}, '%d %b %Y')", "02 Mar 2026"),
    ("format-date(${d}, '%e.%n.%y %a')", "2.3.26 Mon"),
    ("format-date(now(), '%H:%M')", "03:00"),
    ("${n} > 3", "true"),
    ("int((today() - date('2000-01-01')) div 365.25)", 26),
]


@pytest.mark.parametrize(("text", "expected"), RESULTS)
def test_calculation__on_known_answers__gives_the_value(text: str, expected: Value) -> None:
    assert compiled(text).value(VALUES, "", NOON) == expected


def test_once__with_a_first_value__keeps_it() -> None:
    once = compile_expression("once(today())", Kinds({}, Kind.DATE))
    assert once.value({}, "", NOON) == "2026-03-03"
    assert once.value({}, "2020-01-01", NOON) == "2020-01-01"


REFUSED = [
    ("${n} == 5", "foreign_operator"),
    ("${n} > 3 && ${n} < 9", "foreign_operator"),
    ("${n} > 3 || true()", "foreign_operator"),
    ("(${n} > 3", "unbalanced_brackets"),
    ("${n} > 3)", "unbalanced_brackets"),
    ("selected(${many}, 'a'", "unbalanced_brackets"),
    ("selcted(${many}, 'a')", "unknown_function"),
    ("pulldata('a', 'b', 'c', 'd')", "unknown_function"),
    ("jr:choice-name(${one}, 'x')", "unknown_function"),
    ("sum(${n})", "unknown_function"),
    ("if(${n} > 3, 'a')", "wrong_arguments"),
    ("selected(${many})", "wrong_arguments"),
    ("today(1)", "wrong_arguments"),
    ("${one} = yes", "bare_word"),
    ("'open", "open_quote"),
    ("../n > 3", "path"),
    ("/data/n", "path"),
    ("//n", "path"),
    ("n/text()", "path"),
    ("@n", "foreign_sign"),
    ("self::node()", "foreign_sign"),
    ("${n}[1]", "foreign_sign"),
    ("${n", "open_reference"),
    ("${a b} = 1", "bad_reference"),
    ("1 2", "unexpected"),
    ("${n} >", "unfinished"),
    ("and", "bare_word"),
    ("${d} > '2026-01-01'", "date_in_quotes"),
    ("date('2026-02-30')", "bad_date"),
    ("regex(., '(?=a)b')", "bad_pattern"),
    (r"regex(., '(a)\1')", "bad_pattern"),
    ("regex(., '[a')", "bad_pattern"),
    ("regex(., ${words})", "pattern_not_literal"),
    ("format-date(${d}, '%Q')", "bad_layout"),
    ("document('x')", "unknown_function"),
    ("re:test('a', 'b')", "unknown_function"),
    ("(" * 60 + "1" + ")" * 60, "nested_too_deep"),
    ("1" + " + 1" * 1500, "expression_too_long"),
    ("'" + "a" * 5000 + "'", "expression_too_long"),
]


@pytest.mark.parametrize(("text", "code"), REFUSED)
def test_expression__not_in_the_language__is_refused_with_a_sentence(text: str, code: str) -> None:
    with pytest.raises(ExpressionRefused) as refused:
        compiled(text)
    assert [problem.code for problem in refused.value.problems] == [code]
    assert render(refused.value.problems[0].sentence, "en")


def test_expression__with_several_problems__names_all_of_them() -> None:
    with pytest.raises(ExpressionRefused) as refused:
        compiled("foo(1) and bar(2) and if(1)")
    assert [problem.code for problem in refused.value.problems] == [
        "unknown_function",
        "unknown_function",
        "wrong_arguments",
    ]


def test_pattern__that_explodes_elsewhere__is_answered_in_linear_time() -> None:
    hostile = compiled("regex(${words}, '(a+)+$')")
    assert hostile.holds({"words": "a" * 4000 + "!"}, "", NOON) is False


def test_calculation__that_doubles_itself__stays_bounded() -> None:
    doubling = compiled("concat(${words}, ${words}, ${words}, ${words})")
    grown: Value = "x" * 1000
    for _round in range(6):
        grown = doubling.value({"words": grown}, "", NOON)
    assert len(str(grown)) <= 4096


def test_references__of_an_expression__are_known() -> None:
    assert compiled("${n} > 3 and selected(${many}, 'a')").names == {"n", "many"}


def test_expression__used_by_threads_at_once__gives_each_its_own_result() -> None:
    expression = compiled("if(${n} mod 2 = 0, 'even', 'odd')")
    wrong: list[int] = []

    def work(offset: int) -> None:
        for n in range(offset, offset + 400):
            if expression.value({"n": n}, "", NOON) != ("odd" if n % 2 else "even"):
                wrong.append(n)

    threads = [threading.Thread(target=work, args=(offset,)) for offset in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


@given(st.text(max_size=60))
def test_expression__any_text__compiles_or_is_refused(text: str) -> None:
    expression, problems = attempt(text)
    assert problems or expression is not None
    if expression is not None:
        expression.holds(VALUES, 4, NOON)


@given(
    st.recursive(
        st.sampled_from(
            ["${n}", "${one}", "${many}", "${d}", "${t}", "3", "'a'", "''", "today()"]
        ),
        lambda inner: st.one_of(
            st.tuples(inner, st.sampled_from(["+", "and", "or", "=", "<", "div"]), inner).map(
                lambda parts: f"({' '.join(parts)})"
            ),
            inner.map(lambda part: f"not({part})"),
            st.tuples(inner, inner, inner).map(lambda parts: f"if({', '.join(parts)})"),
            st.tuples(inner, inner).map(lambda parts: f"concat({', '.join(parts)})"),
            st.tuples(inner, inner).map(lambda parts: f"coalesce({', '.join(parts)})"),
        ),
        max_leaves=12,
    )
)
def test_expression__well_formed__always_gives_a_value(text: str) -> None:
    expression, problems = attempt(text)
    assert problems <= {"date_in_quotes"}
    if expression is not None:
        assert isinstance(expression.value(VALUES, 4, NOON), (str, int, float))


@pytest.mark.parametrize("answer", ["\x00", "a\x0bb", "\ufffe", "\ud800", "x" * 5000, 10**400])
def test_answer__that_no_document_can_hold__is_evaluated_without_it(answer: Value) -> None:
    ready = compiled("concat(${words}, string-length(${one}))")
    assert str(ready.value({"words": answer, "one": answer}, answer, NOON)).encode()
    assert compiled("${n} > 3").holds({"n": answer}, answer, NOON) in (True, False)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("'\x00'", "unprintable_sign"),
        ("regex(${one}, '\ud800')", "unprintable_sign"),
        ("${n} > ٣", "foreign_sign"),
        ("(" * 10_000 + "1" + ")" * 10_000, "expression_too_long"),
    ],
)
def test_signs__that_xpath_does_not_know__are_refused(text: str, code: str) -> None:
    assert attempt(text)[1] == {code}
