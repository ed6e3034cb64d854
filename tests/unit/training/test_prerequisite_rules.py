"""The grammar of prerequisites: what is read, what is refused, and that both ways agree."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.i18n import Text, render
from bot.training import prerequisite_rules
from bot.training.prerequisite_rules import (
    MOST_MONTHS,
    AllOf,
    AnyOf,
    Completed,
    InPost,
    Position,
    Rule,
    codes_in,
    parse,
    write,
)

VAL, HS, ORI = Completed("VAL"), Completed("HS-1"), Completed("ORI/2")


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("", None),
        ("  \n ", None),
        ("VAL", VAL),
        ("VAL and HS-1", AllOf((VAL, HS))),
        ("VAL; HS-1", AllOf((VAL, HS))),
        ("VAL or HS-1 and ORI/2", AnyOf((VAL, AllOf((HS, ORI))))),
        ("(VAL or HS-1) AND ORI/2", AllOf((AnyOf((VAL, HS)), ORI))),
        ("((VAL))", VAL),
        ("VAL and (HS-1 and ORI/2)", AllOf((VAL, HS, ORI))),
        ("VAL within 2 years", Completed("VAL", 24)),
        ("VAL within 18 months", Completed("VAL", 18)),
        ("in post 6 months", InPost(6)),
        ("In Post 1 year and VAL", AllOf((InPost(12), VAL))),
        ("in post ۶ months", InPost(6)),
        ('position "Customs Inspector"', Position(("Customs Inspector",))),
        ("position Inspector", Position(("Inspector",))),
        ('position "A" or "B" or VAL', AnyOf((Position(("A", "B")), VAL))),
        ("position “A  B” or “C”", Position(("A B", "C"))),
        ('course "HS 1" within 1 year', Completed("HS 1", 12)),
        ('course "and"', Completed("and")),
    ],
)
def test_rule__written_in_many_ways__is_read(text: str, rule: Rule | None) -> None:
    assert parse(text) == rule


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Basic knowledge of valuation", "“knowledge” is not expected here."),
        ("VAL and", "The rule ends too early"),
        ("and VAL", "“and” stands where a course code is expected."),
        ("(VAL", "A bracket is not closed."),
        ("VAL)", "“)” is not expected here."),
        ("()", "“)” stands where a course code is expected."),
        ("VAL within two years", "Write a time as a number"),
        ("VAL within 2", "The rule ends too early"),
        ("VAL within 0 years", "A time lies between"),
        ("VAL within 101 years", "A time lies between"),
        ("in office 6 months", "After “in” write “post”"),
        ('position "Inspector', "A quotation mark is not closed."),
        ('position ""', "Write the name of the position"),
        ('"VAL"', "“VAL” stands where a course code is expected."),
        ("(" * 30 + "VAL" + ")" * 30, "too many brackets"),
        ("VAL and " * 300 + "VAL", "The rule is too long."),
    ],
)
def test_words__that_are_no_rule__are_refused_with_the_reason(text: str, says: str) -> None:
    fault = parse(text)
    assert isinstance(fault, Text)
    assert says in render(fault, "en")


def test_codes__of_a_rule__are_named_once_in_their_order() -> None:
    assert codes_in(AllOf((HS, AnyOf((VAL, HS)), InPost(3)))) == ("HS-1", "VAL")


names = st.text(st.characters(codec="utf-8", exclude_characters='"“”„«»″'), min_size=1).map(
    lambda text: " ".join(text.split())
)
words = names.filter(bool)
months = st.integers(1, MOST_MONTHS)
leaves = st.one_of(
    st.builds(Completed, words, st.just(0) | months),
    st.builds(InPost, months),
    st.builds(Position, st.lists(words, min_size=1, max_size=3, unique=True).map(tuple)),
)


def _join(kind: type[AllOf] | type[AnyOf]) -> object:
    return lambda parts: prerequisite_rules._joined(kind, parts)


rules = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=4).map(_join(AllOf)),
        st.lists(inner, min_size=2, max_size=4).map(_join(AnyOf)),
    ),
    max_leaves=8,
)


@given(rules)
def test_rule__written_and_read_again__is_the_same(rule: Rule) -> None:
    assert parse(write(rule)) == rule


@given(st.text() | st.lists(st.sampled_from(
    ["VAL", "and", "or", "(", ")", "within", "2", "years", "in", "post", "position", '"X"', ";"]
)).map(" ".join))  # fmt: skip
def test_any_text__is_a_rule_or_a_sentence__and_a_rule_is_stable(text: str) -> None:
    rule = parse(text)
    if rule is None:
        assert not text.split()
    elif isinstance(rule, Text):
        assert render(rule, "en")
    else:
        assert parse(write(rule)) == rule
