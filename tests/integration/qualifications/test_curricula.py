"""Curricula and what posts require: made, corrected, retired, refused where they make no sense."""

from __future__ import annotations

from typing import Any

import pytest
from sqlmodel import select

from bot.errors import Refusal
from bot.forms import service
from bot.forms.library_sync import publish_library
from bot.i18n import render
from bot.models.people import Role
from bot.models.qualifications import CurriculumAssignment, RequirementKind
from bot.models.records import Equivalence
from bot.models.work import WorkItem
from bot.people.access import OutOfReach
from bot.training import courses
from bot.training.qualifications import afterwards, curricula, curriculum_cards, forms, requiring
from bot.training.qualifications.curriculum_cards import CurriculumCard
from tests.integration.qualifications.conftest import Academy

VALUER = {"code": "VALUER", "title": "Valuer", "items": "VAL; LAW; HS?"}
KHMER_POST = "ប្រធានការិយាល័យវាយតម្លៃគយ"


@pytest.fixture(autouse=True)
def catalogue(academy: Academy) -> None:
    for code in ("VAL", "LAW", "HS", "REF"):
        academy.course(code)


def create(academy: Academy, **typed: Any) -> CurriculumCard:
    return curricula.create(academy.acting("unit"), VALUER | typed)


def works(academy: Academy) -> list[dict[str, Any]]:
    items = academy.ctx.session.exec(select(WorkItem).where(WorkItem.kind == afterwards.WORK))
    return [item.params for item in items]


def refusal(academy: Academy, **typed: Any) -> str:
    with pytest.raises(Refusal) as refused:
        create(academy, **typed)
    return render(refused.value.sentence, "en")


def test_curriculum__with_little__has_the_usual_rules_and_never_ends(academy: Academy) -> None:
    card = create(academy)
    assert [(item.code, item.optional) for item in card.items] == [
        ("VAL", False),
        ("LAW", False),
        ("HS", True),
    ]
    assert (card.ends, card.window_days, card.grace_days, card.active) == (False, 90, 0, True)
    assert works(academy) == [{"curricula": [card.id]}]


def test_curriculum__every_field__is_kept_and_shown_again_as_typed(academy: Academy) -> None:
    create(academy, code="REFRESH", title="Refresher", items="REF")
    typed = {
        "title": "Valuer",
        "title_km": "អ្នកវាយតម្លៃ",
        "items": "VAL; LAW?; HS?",
        "needed": "2",
        "valid_months": "24",
        "expiry_rule": "fixed",
        "fixed_day": "02-29",
        "min_months": "6",
        "window_days": "0",
        "grace_days": "30",
        "renewed_by": "REFRESH",
    }
    card = create(academy, **typed)
    assert curricula.as_typed(academy.acting("unit"), card.id) == typed
    edited = curricula.edit(academy.acting("unit"), card.id, typed | {"renewed_by": ""})
    assert (edited.renewed_by, edited.needed, edited.fixed_day) == (None, 2, "02-29")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"items": "VAL; NO"}, "There is no course NO"),
        ({"items": "VAL; VAL?"}, "named twice"),
        ({"items": " ; "}, "Name from 1 to 50 courses"),
        ({"needed": "1"}, "have no ?"),
        ({"needed": "4"}, "3 courses are named"),
        ({"needed": "0"}, "a number from 1 to 50"),
        ({"valid_months": "x"}, "a number from 1 to 600"),
        ({"expiry_rule": "fixed"}, "the day of the year"),
        ({"expiry_rule": "previous"}, "the months of validity"),
        ({"expiry_rule": "yearly"}, "Choose one"),
        ({"fixed_day": "12-31"}, "only"),
        ({"expiry_rule": "fixed", "fixed_day": "02-30"}, "such as 12-31"),
        ({"renewed_by": "NO"}, "There is no qualification NO"),
        ({"code": "two words"}, "one word"),
        ({"title": " "}, "a title"),
    ],
    ids=str,
)
def test_curriculum__what_cannot_be__refused(
    academy: Academy, typed: dict[str, str], said: str
) -> None:
    assert said in refusal(academy, **typed)


def test_curriculum__code_that_is_taken__refused(academy: Academy) -> None:
    create(academy)
    assert "already" in refusal(academy)


def test_curriculum__corrected_with_other_items__is_looked_at_with_those_it_renews(
    academy: Academy,
) -> None:
    refresher = create(academy, code="REFRESH", items="REF")
    valuer = create(academy, renewed_by="REFRESH")
    typed = curricula.as_typed(academy.acting("unit"), refresher.id)
    assert curricula.edit(academy.acting("unit"), refresher.id, typed).items == refresher.items
    before = len(works(academy))
    curricula.edit(academy.acting("unit"), refresher.id, typed | {"items": "REF; HS?"})
    assert works(academy)[before:] == [{"curricula": [refresher.id, valuer.id]}]


def test_curriculum__corrected_in_what_does_not_decide_who_earns_it__is_not_looked_at(
    academy: Academy,
) -> None:
    card = create(academy)
    typed, before = curricula.as_typed(academy.acting("unit"), card.id), works(academy)
    for corrected in (
        {"title": "Customs valuer"},
        {"title_km": "អ្នកវាយតម្លៃ"},
        {"window_days": "30"},
    ):
        typed |= corrected
        curricula.edit(academy.acting("unit"), card.id, typed)
    assert curricula.as_typed(academy.acting("unit"), card.id) == typed
    assert works(academy) == before


def test_curricula__searched_in_any_language__retired_ones_stand_last(academy: Academy) -> None:
    first = create(academy, title_ur="ویلیوایشن افسر")
    create(academy, code="ZOO", title="Valuer of animals", items="LAW")
    curricula.retire(academy.acting("unit"), first.id)
    unit = academy.acting("unit")
    assert [one.code for one in curriculum_cards.find(unit, "valuer")] == ["ZOO", "VALUER"]
    assert [one.code for one in curriculum_cards.find(unit, "ویلیوایشن")] == ["VALUER"]
    assert [code for code, _title in forms.find_curricula(unit, {}, "")] == ["ZOO"]


@pytest.mark.parametrize("who", ["dara", "rith"])
def test_curricula__not_for_the_whole_administration__may_not_change_them(
    academy: Academy, who: str
) -> None:
    card = create(academy)
    if who == "rith":  # of the training unit for one part only
        academy.grant("rith", Role.UNIT, academy.add_unit("Coral"))
        assert curriculum_cards.card(academy.acting("rith"), card.id) == card
    acting = academy.acting(who)
    for act in (
        lambda: curricula.create(acting, VALUER | {"code": "X"}),
        lambda: curricula.edit(acting, card.id, VALUER),
        lambda: curricula.retire(acting, card.id),
        lambda: requiring.require(acting, {"position": "Officer", "curriculum": "VALUER"}),
    ):
        with pytest.raises(OutOfReach):
            act()


def assigned(academy: Academy) -> int:
    live = select(CurriculumAssignment).where(CurriculumAssignment.ended_at.is_(None))
    return len(academy.ctx.session.exec(live).all())


def test_requirement__set_changed_and_dropped__follows_whoever_holds_the_post(
    academy: Academy,
) -> None:
    unit, card = academy.acting("unit"), create(academy)
    line = requiring.require(unit, {"position": "Officer", "curriculum": "VALUER"})
    assert (line.kind, line.within_days, assigned(academy)) == (RequirementKind.CORE, None, 10)
    typed = {"position": "Officer", "curriculum": "VALUER", "kind": "enhanced"}
    again = requiring.require(unit, typed | {"within_days": "30"})
    assert again.id == line.id
    assert requiring.of_curriculum(unit, card.id) == [again] == requiring.everything(unit)
    requiring.drop(unit, again.id)
    assert (requiring.everything(unit), assigned(academy)) == ([], 0)
    with pytest.raises(Refusal):
        requiring.drop(unit, again.id)


def test_requirement__of_a_retired_curriculum__asks_nobody_until_it_is_back(
    academy: Academy,
) -> None:
    unit, card = academy.acting("unit"), create(academy)
    requiring.require(unit, {"position": "Officer", "curriculum": "VALUER"})
    curricula.retire(unit, card.id)
    assert assigned(academy) == 0
    curricula.bring_back(unit, card.id)
    assert assigned(academy) == 10


def test_posts__names_too_long_for_a_button__are_chosen_by_a_short_sign(
    academy: Academy,
) -> None:
    create(academy)
    academy.person("dara").position = KHMER_POST
    academy.ctx.session.flush()
    unit = academy.acting("unit")
    ((code, label),) = forms.find_positions(unit, {}, "វាយតម្លៃ")
    assert len(code.encode()) <= 36
    assert render(label, "en") == f"{KHMER_POST} (1)"
    line = requiring.require(unit, {"position": code, "curriculum": "VALUER"})
    assert line.position == KHMER_POST
    with pytest.raises(Refusal):
        requiring.require(unit, {"position": "Pilot", "curriculum": "VALUER"})


@pytest.mark.parametrize("typed", [{"kind": "vital"}, {"within_days": "soon"}], ids=str)
def test_requirement__what_cannot_be__refused(academy: Academy, typed: dict[str, str]) -> None:
    create(academy)
    with pytest.raises(Refusal):
        requiring.require(
            academy.acting("unit"), {"position": "Officer", "curriculum": "VALUER"} | typed
        )


def test_equivalent__added_to_an_item__is_looked_at_for_everybody(academy: Academy) -> None:
    card = create(academy)
    before = len(works(academy))
    courses.add_equivalent(academy.acting("unit"), academy.course("HS").id, {"title": "CLiKC! HS"})
    courses.add_equivalent(academy.acting("unit"), academy.course("REF").id, {"title": "Other"})
    assert (works(academy)[before:], len(works(academy))) == ([], 1)
    assert works(academy) == [{"curricula": [card.id]}]
    assert len(academy.ctx.session.exec(select(Equivalence)).all()) == 2


def test_forms__of_curricula_and_requirements__have_what_their_services_need(
    academy: Academy,
) -> None:
    publish_library(academy.ctx)
    unit = academy.acting("unit")
    for form in ("new_curriculum", "edit_curriculum", "requirement"):
        service.begin(unit, form=form, purpose={}, answers={})
