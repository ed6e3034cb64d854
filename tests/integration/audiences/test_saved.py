"""Audiences under a name: what is taken, what is refused, and what follows a change."""

from __future__ import annotations

import pytest

from bot.campaigns.audiences import saved
from bot.campaigns.audiences.rule import OneOf, Saved, What
from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import render
from tests.integration.audiences.conftest import Crowd


@pytest.fixture
def unit(crowd: Crowd) -> Ctx:
    """The training unit, acting."""
    return crowd.acting("unit")


def refusal(action: object, *arguments: object) -> str:
    with pytest.raises(Refusal) as caught:
        action(*arguments)  # type: ignore[operator]
    return render(caught.value.sentence, "en")


def test_create__with_a_rule__is_kept_as_it_is_written(unit: Ctx) -> None:
    made = saved.create(unit, "  Border   posts ", "UNIT bavet OR  staff 1011;1012")
    assert (made.name, made.rule) == ("Border posts", 'unit "bavet" or staff 1011, 1012')
    assert saved.card(unit, made.id) == made


def test_create__name_taken_in_other_letters__is_refused(unit: Ctx) -> None:
    saved.create(unit, "Border posts")
    assert "already" in refusal(saved.create, unit, "BORDER  posts")
    assert "from 1 to 60" in refusal(saved.create, unit, " ")
    assert "from 1 to 60" in refusal(saved.create, unit, "x" * 61)


def test_rule__with_several_faults__names_them_all(unit: Ctx) -> None:
    made = saved.create(unit, "A")
    text = "unit Nowhere or position Inspektor or language xx or staff L1 or holds NOTHING"
    assert refusal(saved.set_rule, unit, made.id, text).splitlines() == [
        "There is no office Nowhere.",
        "Nobody on the roster has “Inspektor” there. Did you mean Inspector?",
        "There is no language xx. There are: en, km, ur.",
        "Nobody within your reach has the staff number L1.",
        "There is no qualification NOTHING.",
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("answered needs topics = hs", "has no question topics. Did you mean topic?"),
        ("answered needs topic = hz", "no answer with the code hz"),
        ("unit", "ends too early"),
        ("", "Nobody is chosen yet"),
        ("x" * 20_001, "too long"),
        (" or ".join(["everybody"] * 201), "more than 200 conditions"),
    ],
)
def test_rule__unsound__is_refused(unit: Ctx, text: str, sentence: str) -> None:
    made = saved.create(unit, "A")
    assert sentence in refusal(saved.set_rule, unit, made.id, text)
    assert saved.card(unit, made.id).rule == ""


def test_conditions__added_one_by_one__narrow_and_widen(unit: Ctx) -> None:
    made = saved.create(unit, "A")
    bavet = OneOf(What.UNIT, ("Bavet",))
    assert saved.add_condition(unit, made.id, bavet).rule == 'unit "Bavet"'
    chief = OneOf(What.POSITION, ("Chief",))
    wider = saved.add_condition(unit, made.id, chief, is_alternative=True)
    assert wider.rule == 'unit "Bavet" or position "Chief"'
    narrower = saved.add_condition(unit, made.id, OneOf(What.GRADE, ("A",)))
    assert narrower.rule == '(unit "Bavet" or position "Chief") and grade "A"'


def test_rename__named_in_others__is_followed_there(unit: Ctx) -> None:
    first = saved.create(unit, "Posts", "unit Bavet")
    second = saved.create(unit, "B", 'not audience "posts" and everybody')
    saved.rename(unit, first.id, "Border posts")
    assert saved.card(unit, second.id).rule == 'not audience "Border posts" and everybody'
    assert saved.rename(unit, first.id, "border posts").name == "border posts"


def test_delete__named_in_another__is_refused_until_it_is_not(unit: Ctx) -> None:
    first = saved.create(unit, "Posts", "unit Bavet")
    second = saved.create(unit, "B", 'audience "Posts"')
    assert "part of “B”" in refusal(saved.delete, unit, first.id)
    saved.set_rule(unit, second.id, "everybody")
    saved.delete(unit, first.id)
    assert refusal(saved.card, unit, first.id) == "This audience is not there any more."
    assert [one.name for one in saved.page_of(unit).cards] == ["B"]


def test_circle__closed_by_a_rule_or_a_condition__is_refused(unit: Ctx) -> None:
    first = saved.create(unit, "A", "everybody")
    second = saved.create(unit, "B", 'audience "A"')
    assert "means itself" in refusal(saved.set_rule, unit, first.id, 'not audience "b"')
    assert "means itself" in refusal(saved.set_rule, unit, first.id, 'audience "A"')
    assert "means itself" in refusal(saved.add_condition, unit, first.id, Saved("B"))
    assert saved.card(unit, second.id).rule == 'audience "A"'


def test_as_it_is__later_change__does_not_touch_it(unit: Ctx) -> None:
    made = saved.create(unit, "Posts", "unit Bavet or unit Poipet")
    text = saved.as_it_is(unit, 'audience "Posts" and gender F')
    saved.set_rule(unit, made.id, "everybody")
    assert text == '(unit "Bavet" or unit "Poipet") and gender "F"'


def test_officer__may_neither_see_nor_make(crowd: Crowd) -> None:
    dara = crowd.acting("dara")
    for action in (lambda: saved.page_of(dara), lambda: saved.create(dara, "A")):
        assert refusal(action) == (
            "You cannot do this. If you should be able to, ask the training unit."
        )
