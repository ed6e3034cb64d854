"""Expressions from the grammar and from far outside it, and answers of every kind."""

from __future__ import annotations

from functools import cache

from hypothesis import strategies as st

from bot.forms.functions import SIGNATURES

NAMES = ("a", "b", "c", "number", "date", "many", "missing", "q1", "ñ", "__class__", "a b")
NUMBERS = (
    "0", "1", "-1", "0.1", ".5", "5.", "1e308", "9" * 400, "0" * 300 + "1", "1.7976931348623157",
    "123456789012345678901234567890", "0x10", "1_000", "--1", "4294967296",
)  # fmt: skip
LITERALS = (
    "", "yes", "2026-03-02", "2026-13-45", "0001-01-01", "9999-12-31", "10000-01-01", "%Y-%m-%d",
    "%Q%", "%", "a" * 2000, "' or '", '"', "\x00", "\u202e", "ក" * 500, "1e999", "NaN", "true",
)  # fmt: skip
PATTERNS = (
    "(a+)+$", "(a|a)*b", "(.*)*x", "(a{0,1000}){0,1000}", "((a{100}){100}){100}", "(?=a)", r"\1",
    "[", "(" * 500 + ")" * 500, "a" * 1001, r"\p{Khmer}+", "(?:" * 90 + "a" + ")*" * 90,
    "x*" * 400,
    "[[:alpha:]]", r"\C", "(?P<n>a)(?P<n>b)", "(?i)(.?){999}" + "." * 90,
)  # fmt: skip
OPERATORS = (
    "+", "-", "*", "div", "mod", "=", "!=", "<", "<=", ">", ">=", "and", "or", "|", "/", "//",
    "==",
    "&&", ",", "[", "..", "::",
)  # fmt: skip
FOREIGN = (
    "//*", "/data/a", "../a", "ancestor::*", "child::node()", "@id", "*[1]", "$itself", "$q0",
    "position(..)", "position()", "last()", "count(${a})", "indexed-repeat(${a}, ${b}, 1)",
    "pulldata('people', 'name', 'key', ${a})", "document('file:///etc/passwd')", "string(//*)",
    "instance('people')/root/item[name = 'x']/label", "current()/../a",
    "jr:choice-name(${a}, 'x')",
    "jr:itext('x')", "id('x')", "name(.)", "local-name()", "namespace-uri()", "lang('en')",
    "translate(${a}, 'a', 'b')", "substring(${a}, 1, 1)", "sum(1)", "r-regex('a', 'a')",
    "r-iso(1)",
    "re:test('a', '(a+)+$')", "exsl:node-set(1)", "str:padding(999999999, 'x')",
    "unparsed-text('x')",
    "random()", "uuid()", "digest('a', 'MD5')", "checklist(1, 2)", "thousands-sep(1)", "${",
    "}", "${}",
    "$" * 50, "'" * 3, "(", ")", ".", "..", "...", "\x00", "\ud800", "\u200b", "‘yes’", "1 2",
    "<!--",
    "&amp;", "]]>", "${a.b}", "${a/b}", "#", "\\", "`", "~", "yes", "if", "if(", "and and and",
    "- - -1",
)  # fmt: skip
DEEP = (
    "(" * 10_000 + "1" + ")" * 10_000, "(" * 31 + "1" + ")" * 31, "-" * 3000 + "1",
    "not(" * 33 + "1" + ")" * 33,
    "+".join(["1"] * 499), "+".join(["1"] * 2001), " or ".join(["${a}"] * 400),
    "concat(" + ",".join(["${a}"] * 400) + ")",
    "if(1," * 32 + "1" + ",2)" * 32, "1 = " * 400 + "1", "'" + "a" * 3990 + "'", "[" * 3000,
    "${a}" * 900,
    "once(" * 31 + "." + ")" * 31, "coalesce(${a}," * 30 + "1" + ")" * 30, "." * 3999,
    " " * 100_000, "1" * 3999,
)  # fmt: skip
ANSWERS: tuple[object, ...] = (
    "", "yes", "a b c", "2026-03-02", "2026-02-30", "9999-12-31", "0000-00-00", "x" * 4096,
    "ក" * 4096,
    "a" * 3000 + "!", "1e308", "-1e308", "9" * 400, "NaN", "inf", "true", "\x00", "\ud800",
    "\u202e", "\ufffe",
    0, 1, -1, 2**53, 10**30, 10**400, 1.5, 1e308, -1e308, 5e-324, float("inf"), float("nan"),
    True, False,
    [], ["a"], ["a", "b"], ["a"] * 5000, ["\x00"], ["a b"],
)  # fmt: skip


@cache
def expression() -> st.SearchStrategy[str]:
    """Any expression: most of them almost right, some of them nothing of the kind."""
    grown = st.recursive(_leaf(), lambda inner: _joined(inner) | _called(inner), max_leaves=12)
    return st.one_of(
        grown, grown, grown, grown, st.sampled_from(FOREIGN), st.sampled_from(DEEP), _patterns(),
        st.text(max_size=40),
    )  # fmt: skip


@cache
def answers() -> st.SearchStrategy[object]:
    """What may stand in an answer, from a chat or from an import."""
    return st.one_of(
        st.sampled_from(ANSWERS), st.text(max_size=30), st.integers(), st.floats(),
        st.lists(st.text(max_size=5), max_size=4),
    )  # fmt: skip


def _leaf() -> st.SearchStrategy[str]:
    return st.one_of(
        st.sampled_from(NAMES).map(lambda name: f"${{{name}}}"),
        st.sampled_from(NUMBERS),
        st.sampled_from(LITERALS).map(_quoted),
        st.sampled_from((".", "today()", "now()", "true()", "false()")),
        st.sampled_from((*FOREIGN, ".", ".", "1", "''", "k", "name")),
    )


def _joined(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    operators = st.sampled_from(OPERATORS[:13] * 6 + OPERATORS)
    made = st.tuples(inner, operators, inner).map(" ".join)
    return made | made.map("({})".format) | inner.map("-{}".format)


@st.composite
def _called(draw: st.DrawFn, inner: st.SearchStrategy[str]) -> str:
    name = draw(st.sampled_from(sorted(SIGNATURES)))
    signature = SIGNATURES[name]
    most = signature.most if signature.most is not None else 4
    wrong = draw(st.integers(0, 9)) == 0
    count = draw(st.integers(0, 4)) if wrong else draw(st.integers(signature.least, most))
    arguments = [draw(inner) for _argument in range(count)]
    if name in ("regex", "format-date") and count == 2 and not wrong:
        chosen = PATTERNS if name == "regex" else LITERALS
        arguments[1] = _quoted(draw(st.sampled_from(chosen)))
    return f"{name}({', '.join(arguments)})"


def _patterns() -> st.SearchStrategy[str]:
    value = st.sampled_from(("${a}", ".", "${b}"))
    pattern = st.sampled_from(PATTERNS) | st.text("ab.*+?()[]{}|\\^$-0123456789", max_size=30)
    return st.builds(lambda one, two: f"regex({one}, {_quoted(two)})", value, pattern)


def _quoted(words: str) -> str:
    return f'"{words}"' if "'" in words else f"'{words}'"
