"""What the rule of an audience is read as, how it is written, and what is no rule."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.campaigns.audiences.grammar import parse
from bot.campaigns.audiences.rule import (
    AllOf,
    Answered,
    AnyOf,
    Completed,
    Everybody,
    How,
    InClass,
    Meets,
    Not,
    OneOf,
    Qualified,
    Rule,
    Saved,
    What,
    write,
)
from bot.i18n import Text, render
from bot.models.training import EnrolmentState
from tests.unit.campaigns.audience_rules import rules

POIPET = OneOf(What.UNIT, ("Poipet",))
VAL = Qualified(How.HOLDS, "VAL")


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ('unit "Poipet"', POIPET),
        ("UNIT Poipet", POIPET),
        ("unit “Poipet”", POIPET),
        ('unit "Poipet", "Bavet"', OneOf(What.UNIT, ("Poipet", "Bavet"))),
        ('position "Inspector" or "Appraiser"', OneOf(What.POSITION, ("Inspector", "Appraiser"))),
        ("staff A1, A2; A3", OneOf(What.STAFF, ("A1", "A2", "A3"))),
        ("holds VAL", VAL),
        ('lacks "HS 1"', Qualified(How.LACKS, "HS 1")),
        ("expiring VAL", Qualified(How.EXPIRING, "VAL", 90)),
        ("expiring VAL within 1 day", Qualified(How.EXPIRING, "VAL", 1)),
        ("completed VAL within 2 years", Completed("VAL", 24)),
        ("completed VAL within 30 months", Completed("VAL", 30)),
        ("meets VAL-1", Meets("VAL-1")),
        ("answered needs", Answered("needs")),
        ("answered needs topic=origin", Answered("needs", "topic", "origin")),
        ("in class VAL-1", InClass("VAL-1")),
        ("in class VAL-1 partly attended", InClass("VAL-1", EnrolmentState.PARTLY_ATTENDED)),
        ('in class VAL-1 "no-show"', InClass("VAL-1", EnrolmentState.NO_SHOW)),
        ('audience "Border posts"', Saved("Border posts")),
        ('unit "The ""old"" post"', OneOf(What.UNIT, ('The "old" post',))),
        ("not not holds VAL", VAL),
        ("not holds VAL and everybody", AllOf((Not(VAL), Everybody()))),
        ('unit "Poipet" or holds VAL', AnyOf((POIPET, VAL))),
        (
            "holds VAL or not (unit Poipet and everybody)",
            AnyOf((VAL, Not(AllOf((POIPET, Everybody()))))),
        ),
        ("everybody and (holds VAL and unit Poipet)", AllOf((Everybody(), VAL, POIPET))),
        ("position unit", OneOf(What.POSITION, ("unit",))),
        ("", None),
        ("  ", None),
    ],
)
def test_parse__what_is_typed__is_the_rule(text: str, rule: Rule | None) -> None:
    assert parse(text) == rule


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Poipet", "“Poipet” begins no condition"),
        ('"unit" Poipet', "“unit” begins no condition"),
        ("unit", "ends too early"),
        ("unit Poipet and", "ends too early"),
        ("unit and holds VAL", "“and” stands where a name or a code is expected"),
        ('unit ""', "“” stands where a name"),
        ("unit (Poipet)", "“(” stands where"),
        ("position Senior Inspector", "“Inspector” is not expected here"),
        ("(holds VAL", "A bracket is not closed."),
        ("holds VAL)", "“)” is not expected here"),
        ('unit "Poipet', "A quotation mark is not closed."),
        ("expiring VAL within 0 days", "how many days"),
        ("expiring VAL within 3 weeks", "how many days"),
        ("completed VAL within 90 days", "“months” or “years”"),
        ("completed VAL within 101 years", "a hundred years"),
        ("in VAL-1", "After “in” write “class”"),
        ("answered needs topic", "After the question write “=”"),
        ("answered needs topic origin", "After the question write “=”"),
        ("(" * 21 + "everybody" + ")" * 21, "too many brackets"),
        ("not " * 21 + "everybody", "too many brackets"),
        ("staff " + ", ".join(["1"] * 2000), "too long"),
    ],
)  # fmt: skip
def test_parse__no_rule__is_answered_with_what_is_wrong(text: str, part: str) -> None:
    found = parse(text)
    assert isinstance(found, Text)
    assert part in render(found, "en")


@given(rules)
def test_write__any_rule__is_read_as_itself(rule: Rule) -> None:
    assert parse(write(rule)) == rule


@given(st.text(max_size=60))
def test_parse__any_text__is_a_rule_or_a_sentence(text: str) -> None:
    found = parse(text)
    if isinstance(found, Text):
        assert render(found, "en")
    elif found is not None:
        assert parse(write(found)) == found
