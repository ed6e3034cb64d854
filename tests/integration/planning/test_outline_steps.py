"""What follows a course outline: experts, the law, approval, letters, the pilot, reach."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlmodel import delete, select

from bot.clock import FixedClock
from bot.context import Ctx
from bot.delivery.notices import registry as notices
from bot.errors import Refusal
from bot.i18n import render
from bot.models.delivery import OutboxItem
from bot.models.people import Grant, Role
from bot.models.planning import OutlineState, Verdict
from bot.models.training import EnrolmentState
from bot.people.access import OutOfReach
from bot.planning.outlines import cards, deciding, piloting, reviewing, sessions, writing
from bot.planning.outlines.deciding import Letter
from tests.integration.planning.outlining import LAW, PARTS, SESSION, Desk


@pytest.fixture
def desk(ctx: Ctx, clock: FixedClock) -> Desk:
    return Desk(ctx, clock)


def test_submit__while_anything_is_lacking__says_what(desk: Desk) -> None:
    made, unit = desk.written(), desk.acting("unit")
    for key in ("sokha", "dara"):
        reviewing.name(unit, made, desk.person(key).staff_no)
    reviewing.send(unit, made)
    reviewing.answer(desk.acting("sokha"), made, Verdict.OBJECTED, "Too short")
    lacking = [one.msgid for one in deciding.lacking(desk.card(made))]
    assert lacking == ["No expert agrees yet.", "Not every expert has answered."]
    with pytest.raises(Refusal):
        deciding.submit(unit, made)
    reviewing.answer(desk.acting("dara"), made, Verdict.AGREED, "")
    assert deciding.submit(unit, made).state is OutlineState.SUBMITTED
    assert desk.told("outline_submitted") == [desk.ids["director"]]
    assert desk.told("outline_reviewed") == [desk.ids["unit"]]


def test_experts__sent_again__answer_anew(desk: Desk) -> None:
    made, unit = desk.reviewed("sokha"), desk.acting("unit")
    deciding.take_back(unit, made)
    desk.clock.advance(hours=1)
    reviewing.send(unit, made)
    assert [one.verdict for one in desk.card(made).reviews] == [Verdict.ASKED]
    assert desk.told("outline_review_asked") == [desk.ids["sokha"]] * 2


def test_expert__who_answered_or_wrote_it__cannot_be_taken_off_or_named(desk: Desk) -> None:
    made, unit = desk.reviewed("sokha"), desk.acting("unit")
    with pytest.raises(Refusal):
        reviewing.unname(unit, made, desk.ids["sokha"])
    for key in ("sokha", "unit"):
        with pytest.raises(Refusal):
            reviewing.name(unit, made, desk.person(key).staff_no)


def test_expert__not_asked_or_before_it_was_sent__reads_nothing(desk: Desk) -> None:
    made, unit = desk.written(), desk.acting("unit")
    reviewing.name(unit, made, desk.person("sokha").staff_no)
    for key in ("sokha", "dara"):
        with pytest.raises(OutOfReach):
            cards.card(desk.acting(key), made)
        with pytest.raises(OutOfReach):
            reviewing.answer(desk.acting(key), made, Verdict.AGREED, "")
    assert cards.asked(desk.acting("sokha")) == []
    reviewing.send(unit, made)
    assert cards.card(desk.acting("sokha"), made).mine is False


def test_approve__by_its_own_writer_or_before_it_is_handed_in__is_refused(desk: Desk) -> None:
    made = desk.reviewed("sokha")
    with pytest.raises(OutOfReach):
        deciding.approve(desk.acting("director"), made)
    deciding.submit(desk.acting("unit"), made)
    desk.grant("unit", Role.EXECUTIVE)
    with pytest.raises(OutOfReach):
        deciding.approve(desk.acting("unit"), made)
    with pytest.raises(OutOfReach):
        deciding.approve(desk.acting("sokha"), made)
    assert deciding.approve(desk.acting("director"), made).state is OutlineState.APPROVED


def test_approve__by_who_handed_it_in_or_is_of_another_part__is_refused(desk: Desk) -> None:
    made, coast = desk.reviewed("sokha"), desk.add_unit("Coast")
    desk.grant("dara", Role.UNIT)
    desk.grant("dara", Role.EXECUTIVE)
    desk.grant("maly", Role.EXECUTIVE, coast)
    deciding.submit(desk.acting("dara"), made)
    assert desk.told("outline_submitted") == [desk.ids["director"]]
    for key in ("dara", "maly"):
        with pytest.raises(OutOfReach):
            deciding.approve(desk.acting(key), made)
    assert cards.to_decide(desk.acting("maly")) == []
    assert [one.id for one in cards.to_decide(desk.acting("director"))] == [made]
    desk.ctx.session.exec(delete(Grant).where(Grant.person_id == desk.ids["director"]))
    assert [one.id for one in cards.to_decide(desk.acting("dara"))] == [made]
    desk.ctx.session.exec(delete(Grant).where(Grant.person_id == desk.ids["dara"]))
    assert [one.id for one in cards.to_decide(desk.acting("maly"))] == [made]


def test_button__of_words_that_were_changed_since__decides_nothing(desk: Desk) -> None:
    made, unit = desk.reviewed("sokha"), desk.acting("unit")
    read = desk.card(made).sent
    deciding.submit(unit, made)
    shown = desk.card(made).handed_in
    desk.clock.advance(hours=1)
    deciding.take_back(unit, made)
    writing.write(unit, made, {**PARTS, "rationale": "Other words"})
    reviewing.check_law(unit, made, LAW)
    reviewing.send(unit, made)
    with pytest.raises(Refusal, match="changed since"):
        reviewing.answer(desk.acting("sokha"), made, Verdict.AGREED, "", read)
    reviewing.answer(desk.acting("sokha"), made, Verdict.AGREED, "", desk.card(made).sent)
    deciding.submit(unit, made)
    with pytest.raises(Refusal, match="changed since"):
        deciding.approve(desk.acting("director"), made, shown)
    with pytest.raises(Refusal, match="changed since"):
        deciding.give_back(desk.acting("director"), made, "Less", shown)
    found = deciding.approve(desk.acting("director"), made, desk.card(made).handed_in)
    assert found.state is OutlineState.APPROVED


def test_letter__decides_once__keeps_number_and_day(desk: Desk) -> None:
    made, unit = desk.reviewed("sokha"), desk.acting("unit")
    deciding.submit(unit, made)
    with pytest.raises(Refusal):
        deciding.by_letter(unit, made, Letter("7", dt.date(2026, 3, 3)), approved=True)
    letter = Letter("44/2026", dt.date(2026, 3, 2))
    card = deciding.by_letter(unit, made, letter, approved=True)
    assert (card.state, card.letter_no) == (OutlineState.APPROVED, "44/2026")
    assert card.parts["letter_on"] == "2026-03-02"
    with pytest.raises(Refusal):
        deciding.by_letter(unit, made, letter, approved=False, reason="no")


def test_pilot__reported_once_it_has_begun__validates(desk: Desk) -> None:
    made, unit = desk.approved(), desk.acting("unit")
    held, other = desk.hold(), desk.hold(course="HS")
    with pytest.raises(Refusal):
        piloting.choose(unit, made, other.id)
    piloting.choose(unit, made, held.id)
    report = {"as_planned": "All", "reached": "All", "result": "valid"}
    with pytest.raises(Refusal):
        piloting.report(unit, made, report)
    for key, state in (("dara", EnrolmentState.COMPLETED), ("maly", EnrolmentState.NO_SHOW)):
        desk.request(key, held).state = state
    desk.clock.advance(days=30)
    with pytest.raises(Refusal):
        piloting.report(unit, made, {**report, "result": "changes"})
    card = piloting.report(unit, made, report)
    assert (card.state, card.pilot["completed"]) == (OutlineState.VALIDATED, 1)


def test_branch__writes_its_own__and_reads_what_is_in_force_everywhere(desk: Desk) -> None:
    branch = desk.branch("branch", "Coast")
    draft, approved = desk.written(), desk.approved("HS")
    with pytest.raises(OutOfReach):
        cards.card(branch, draft)
    with pytest.raises(OutOfReach):
        sessions.add(branch, approved, SESSION)
    assert cards.card(branch, approved).mine is False
    assert [line.id for line in cards.everything(branch)] == [approved]
    desk.course("IPR")
    own = writing.begin(branch, "IPR")
    assert own.mine
    assert len(cards.everything(desk.acting("unit"))) == 3
    with pytest.raises(OutOfReach):
        reviewing.name(branch, own.id, desk.person("sokha").staff_no)


def test_notices__once_things_have_gone_on__are_dropped(desk: Desk) -> None:
    notices.load_all()
    made = desk.approved()
    rows = desk.ctx.session.exec(select(OutboxItem).order_by(OutboxItem.id)).all()
    said = {}
    for row in rows:
        item = notices.Item(row.id, row.params, row.due_at)
        reader = notices.Reader(1, row.person_id, "en", "UTC", desk.ctx.now())
        if row.notice.startswith("outline"):
            said[row.notice] = notices.NOTICES[row.notice].render(desk.ctx, [item], reader)
    assert made
    assert {name for name, one in said.items() if isinstance(one, notices.Drop)} == {
        "outline_review_asked",
        "outline_reviewed",
        "outline_submitted",
    }
    assert render(said["outline_decided"].title, "en") == "An outline is approved"
