"""A plan is checked, submitted, returned line by line, submitted again, approved, published."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select

from bot.errors import Refusal
from bot.i18n import render
from bot.models.needs import DonorSurvey
from bot.models.people import Role
from bot.models.planning import PlanLine, PlanState, Verdict
from bot.models.system import Blob
from bot.operations import erasure
from bot.people.access import OutOfReach
from bot.planning import (
    approval,
    comments,
    letters,
    plans,
    publishing,
    reading,
    reviews,
    versions,
)
from bot.planning.versions import Became
from bot.scheduler.jobs import housekeeping
from tests.integration.plan_life.conftest import School


def test_submit__plan_of_the_unit__is_told_to_the_executives(school: School) -> None:
    plan = school.submit()
    assert (plan.state, plan.version) == (PlanState.SUBMITTED, 1)
    assert [params["version"] for params in school.told("director", "plan_submitted")] == [1]


def test_submit__no_line_left__refused(school: School) -> None:
    for line in (school.valuation, school.rkc, school.maccs):
        line.dropped_for = "no money"
    school.ctx.session.flush()
    with pytest.raises(Refusal, match="no line yet"):
        school.submit()


def test_approve__another_version_than_was_read__refused(school: School) -> None:
    school.submit()
    approval.take_back(school.acting("unit"), school.plan.id)
    school.submit()
    with pytest.raises(Refusal, match="submitted anew"):
        approval.approve(school.acting("director"), school.plan.id, version=1)
    with pytest.raises(Refusal, match="submitted anew"):
        approval.give_back(school.acting("director"), school.plan.id, "Too dear.", version=1)
    assert approval.approve(school.acting("director"), school.plan.id, version=2).decided_at


def test_approve__who_submitted_it__refused(school: School) -> None:
    school.grant("unit", Role.EXECUTIVE)
    school.submit()
    with pytest.raises(Refusal, match="Another executive"):
        approval.approve(school.acting("unit"), school.plan.id)


def test_approve__who_began_it_or_is_executive_of_a_part__refused(school: School) -> None:
    begun = plans.begin(school.acting("unit"), dt.date(2028, 1, 1)).id
    school.add(PlanLine(plan_id=begun, code="1", title="Seals"))
    school.grant("unit", Role.EXECUTIVE)
    school.grant("dara", Role.UNIT)
    school.grant("maly", Role.EXECUTIVE, school.add_unit("Coast"))
    approval.submit(school.acting("dara"), begun)
    assert not school.told("maly", "plan_submitted")
    with pytest.raises(Refusal, match="Another executive"):
        approval.approve(school.acting("unit"), begun)
    with pytest.raises(OutOfReach):
        approval.approve(school.acting("maly"), begun)
    assert approval.waiting(school.acting("maly")) == []
    assert approval.approve(school.acting("director"), begun).state is PlanState.APPROVED


def test_return__without_a_word__refused(school: School) -> None:
    school.submit()
    director = school.acting("director")
    with pytest.raises(Refusal, match="Say why"):
        approval.give_back(director, school.plan.id)
    comments.note(director, school.plan.id, school.rkc.id, "Two cohorts are needed.")
    assert approval.give_back(director, school.plan.id).state is PlanState.RETURNED
    assert [params["state"] for params in school.told("unit", "plan_decided")] == ["returned"]


def test_compare__after_a_return__line_by_line(school: School) -> None:
    school.submit()
    approval.give_back(school.acting("director"), school.plan.id, "Less.")
    school.rkc.cohorts = 2
    school.ctx.session.delete(school.maccs)
    school.line("15", title="AEC")
    school.submit()
    found = versions.compare(school.acting("director"), school.plan.id, 1, 2)
    assert [(one.code, one.became) for one in found] == [
        ("13", Became.CHANGED),
        ("15", Became.ADDED),
        ("14", Became.LEFT_OUT),
    ]
    (difference,) = found[0].differences
    assert render(versions.difference_words(difference), "en") == "Cohorts: 1 → 2"


@pytest.mark.parametrize("who", ["dara", "sokha", "trainer"])
def test_plan__before_it_is_published__is_out_of_reach(school: School, who: str) -> None:
    school.approve()
    with pytest.raises(OutOfReach):
        reading.require(school.acting(who), school.plan.id)
    publishing.publish(school.acting("unit"), school.plan.id)
    assert reading.require(school.acting(who), school.plan.id)
    assert not reading.sees_all(school.acting(who), school.plan)
    assert comments.of_plan(school.acting(who), school.plan.id) == []


def test_plan__not_submitted__is_not_the_executives(school: School) -> None:
    with pytest.raises(OutOfReach):
        reading.require(school.acting("director"), school.plan.id)
    with pytest.raises(OutOfReach):
        approval.approve(school.acting("unit"), school.plan.id)


def test_review__asked__comments_and_agrees(school: School) -> None:
    reviews.ask(school.acting("unit"), school.plan.id, "1003")
    assert school.plan.state is PlanState.IN_REVIEW
    sokha = school.acting("sokha")
    assert [plan.id for plan in reviews.waiting(sokha)] == [school.plan.id]
    comments.note(sokha, school.plan.id, school.valuation.id, "Not in May.")
    reviews.answer(sokha, school.plan.id, Verdict.AGREED)
    assert reviews.waiting(sokha) == []
    assert [params["verdict"] for params in school.told("unit", "plan_reviewed")] == ["agreed"]


def test_review__who_was_not_asked__is_out_of_reach(school: School) -> None:
    reviews.ask(school.acting("unit"), school.plan.id, "1003")
    with pytest.raises(OutOfReach):
        reviews.answer(school.acting("dara"), school.plan.id, Verdict.AGREED)
    with pytest.raises(OutOfReach):
        comments.note(school.acting("dara"), school.plan.id, None, "Mine.")


def test_review__taken_back__the_plan_is_a_draft_again(school: School) -> None:
    unit = school.acting("unit")
    reviews.ask(unit, school.plan.id, "1003")
    assert reviews.take_back(unit, school.plan.id, school.ids["sokha"]).state is PlanState.DRAFT
    with pytest.raises(OutOfReach):
        reading.require(school.acting("sokha"), school.plan.id)


def test_comment__dealt_with__counts_no_more(school: School) -> None:
    school.submit()
    row = comments.note(school.acting("director"), school.plan.id, None, "Where is the money?")
    unit = school.acting("unit")
    assert comments.count_open(unit, school.plan.id) == 1
    comments.settle(unit, row.id)
    assert comments.count_open(unit, school.plan.id) == 0
    with pytest.raises(OutOfReach):
        comments.settle(school.acting("director"), row.id)


def letter(school: School, **fields: Any) -> dict[str, Any]:
    """What the form gives of a letter, with a photo of the unit's own."""
    blob = school.add(
        Blob(name="letter.jpg", mime="image/jpeg", content=b"photo", made_at=school.ctx.now(),
             owner_id=school.ids["unit"], draft_id=None)
    )  # fmt: skip
    given = {"decision": "approved", "number": "12/DG", "date": "2026-03-01"}
    return {**given, "letter": f"{blob.id}:letter.jpg", **fields}


def test_letter__approves__and_is_kept(school: School) -> None:
    school.submit()
    plan = letters.record(school.acting("unit"), school.plan.id, letter(school))
    assert (plan.state, plan.letter_no) == (PlanState.APPROVED, "12/DG")
    assert plan.letter_on == dt.date(2026, 3, 1)
    blob_id = plan.letter_blob_id
    loose = Blob(name="other", mime="image/jpeg", content=b"1", made_at=school.ctx.now())
    loose_id = school.add(loose).id
    school.pass_days(60)
    housekeeping.run(school.ctx)
    school.ctx.session.expire_all()
    left = set(school.ctx.session.scalars(select(Blob.id)))
    assert (blob_id in left, loose_id in left) == (True, False)


def test_letter__photo_of_somebody_else__refused(school: School) -> None:
    school.submit()
    typed = letter(school)
    with pytest.raises(OutOfReach):
        letters.record(school.acting("director"), school.plan.id, typed)
    school.ctx.session.get(Blob, int(typed["letter"].partition(":")[0])).owner_id = None
    with pytest.raises(Refusal, match="no longer here"):
        letters.record(school.acting("unit"), school.plan.id, typed)


def test_letter__returns__with_its_reason(school: School) -> None:
    school.submit()
    typed = letter(school, decision="returned", reason="Too dear.")
    plan = letters.record(school.acting("unit"), school.plan.id, typed)
    assert plan.state is PlanState.RETURNED
    (said,) = comments.of_plan(school.acting("unit"), school.plan.id)
    assert render(comments.words_of(said), "en") == "On the whole plan, by letter: Too dear."
    school.approve()
    assert (plan.letter_no, plan.letter_on, plan.letter_blob_id) == ("", None, None)


def test_letter__of_a_day_to_come__refused(school: School) -> None:
    school.submit()
    with pytest.raises(Refusal, match="day to come"):
        letters.record(school.acting("unit"), school.plan.id, letter(school, date="2027-01-01"))


def test_publish__not_approved__refused(school: School) -> None:
    school.submit()
    with pytest.raises(Refusal, match="has to be approved"):
        publishing.publish(school.acting("unit"), school.plan.id)


@pytest.mark.parametrize(("who", "left"), [("rith", True), ("unit", False)])
def test_erasure__of_somebody__keeps_the_letters_of_others(
    school: School, who: str, left: bool
) -> None:
    school.submit()
    plan = letters.record(school.acting("unit"), school.plan.id, letter(school))
    said = comments.add(school.acting(who), plan, None, "Mine.")
    erasure_of(school, who)
    assert (plan.letter_blob_id is not None, said.words) == (left, "")
    assert (plan.letter_no, bool(school.ctx.session.scalars(select(Blob.id)).all())) == (
        "12/DG",
        left,
    )


def test_erasure__letter_of_a_donor__is_let_go_of(school: School) -> None:
    blob_id = int(letter(school)["letter"].partition(":")[0])
    row = school.add(
        DonorSurvey(
            donor="A donor",
            title="What do you need?",
            due_on=dt.date(2026, 5, 1),
            blob_id=blob_id,
            noted_at=school.ctx.now(),
        )
    )
    erasure_of(school, "rith")
    assert row.blob_id == blob_id
    erasure_of(school, "unit")
    assert row.blob_id is None


def erasure_of(school: School, who: str) -> None:
    person = school.person(who)
    person.active = False
    school.ctx.session.flush()
    erasure.erase(school.ctx, erasure.look(school.ctx, person.staff_no))
    school.ctx.session.expire_all()
