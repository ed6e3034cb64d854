"""Course outlines: who writes, reviews and approves them, and what each step asks for."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping
from typing import Any

import pytest
from sqlmodel import select

from bot.clock import FixedClock
from bot.context import Ctx
from bot.delivery.notices import registry as notices
from bot.errors import Refusal
from bot.i18n import LANGUAGES, render
from bot.models.delivery import OutboxItem
from bot.models.people import Role
from bot.models.planning import CourseOutline, OutlineReview, OutlineState, Verdict
from bot.models.training import Course, EnrolmentState
from bot.people.access import OutOfReach
from bot.planning.outlines import (
    cards,
    deciding,
    piloting,
    reviewing,
    sessions,
    writing,
    yearly,
)
from bot.planning.outlines.cards import OutlineCard
from bot.planning.outlines.deciding import Letter
from bot.reports import course_outline
from tests.integration.training.conftest import School

PARTS: Mapping[str, Any] = {
    "rationale": "Undervaluation grows.\nOnline trade grows.",
    "outcomes": "Apply the six methods",
    "population": "Appraisers",
    "mode": "blended",
    "days": "2.5",
    "least": "8",
    "most": "24",
    "evaluation": "Test on day 2",
    "resources": "Two trainers",
    "integrity": "A case about gifts",
}
SESSION: Mapping[str, Any] = {
    "title": "Methods",
    "objectives": "Know them",
    "methods": ["lecture", "exercise"],
    "other_methods": "quiz; poll",
    "hours": "6",
}
LAW = {"legal_by": "Legal office", "legal_on": "2026-03-01", "legal_words": "Article 12"}


class Desk(School):
    """The school with outlines; `unit` writes, `director` decides, `sokha` and `dara` know."""

    def written(self, code: str = "VAL") -> int:
        """An outline with everything but its experts."""
        self.course(code)
        unit = self.acting("unit")
        made = writing.begin(unit, code).id
        writing.write(unit, made, PARTS)
        sessions.add(unit, made, SESSION)
        reviewing.check_law(unit, made, LAW)
        return made

    def reviewed(self, *experts: str, code: str = "VAL") -> int:
        """The same, to which these experts have agreed."""
        made, unit = self.written(code), self.acting("unit")
        for key in experts:
            reviewing.name(unit, made, self.person(key).staff_no)
        reviewing.send(unit, made)
        for key in experts:
            reviewing.answer(self.acting(key), made, Verdict.AGREED, "")
        return made

    def approved(self, code: str = "VAL") -> int:
        made = self.reviewed("sokha", code=code)
        deciding.submit(self.acting("unit"), made)
        deciding.approve(self.acting("director"), made)
        return made

    def card(self, made: int) -> OutlineCard:
        return cards.read(self.ctx, self.ctx.session.get_one(CourseOutline, made))

    def told(self, notice: str) -> list[int | None]:
        query = select(OutboxItem.person_id).where(OutboxItem.notice == notice)
        return list(self.ctx.session.exec(query.order_by(OutboxItem.id)))

    def branch(self, key: str, office: str) -> Ctx:
        """Somebody of the training unit for one office only."""
        unit = self.add_unit(office)
        self.add_person(key, unit_id=unit.id)
        self.grant(key, Role.UNIT, unit)
        return self.acting(key)


@pytest.fixture
def desk(ctx: Ctx, clock: FixedClock) -> Desk:
    return Desk(ctx, clock)


def test_begin__of_a_course__holds_what_the_catalogue_says(desk: Desk) -> None:
    desk.course(objectives="Value goods", min_seats=8, max_seats=20, prerequisites="HS")
    made = writing.begin(desk.acting("unit"), "VAL")
    assert (made.version, made.state) == (1, OutlineState.DRAFT)
    assert made.parts == {
        "outcomes": "Value goods", "least": 8, "most": 20, "prerequisites": "HS"
    }  # fmt: skip
    with pytest.raises(Refusal):
        writing.begin(desk.acting("unit"), "VAL")


def test_session__methods_of_the_list_and_own__are_kept_and_shown_again(desk: Desk) -> None:
    made = desk.written()
    kept = desk.card(made).sessions[0]
    assert (kept.methods, kept.hours) == ("lecture;exercise;quiz, poll", 6)
    typed = sessions.as_typed(desk.acting("unit"), kept.id)
    assert (typed["methods"], typed["other_methods"]) == ("lecture exercise", "quiz, poll")


def test_session__moved_and_dropped__the_others_close_up(desk: Desk) -> None:
    made, unit = desk.written(), desk.acting("unit")
    for title in ("Second", "Third"):
        sessions.add(unit, made, {**SESSION, "title": title})
    third = desk.card(made).sessions[2].id
    assert sessions.move(unit, third, 1).place == 1
    assert [one.title for one in desk.card(made).sessions] == ["Third", "Methods", "Second"]
    assert sessions.move(unit, third, 99).place == 3
    sessions.drop(unit, desk.card(made).sessions[0].id)
    assert [(one.place, one.title) for one in desk.card(made).sessions] == [
        (1, "Second"), (2, "Third")
    ]  # fmt: skip


@pytest.mark.parametrize("change", ["parts", "session", "drop"])
def test_change__after_the_check_against_the_law__makes_it_void(desk: Desk, change: str) -> None:
    made, unit = desk.written(), desk.acting("unit")
    assert desk.card(made).parts["legal_by"] == "Legal office"
    session = desk.card(made).sessions[0].id
    if change == "parts":
        writing.write(unit, made, PARTS)
    elif change == "session":
        sessions.edit(unit, session, SESSION)
    else:
        sessions.drop(unit, session)
    assert "legal_by" not in desk.card(made).parts


@pytest.mark.parametrize(
    ("name", "value"),
    [("integrity", " "), ("least", "30"), ("days", "0x"), ("days", "401"), ("mode", "by_post")],
)
def test_write__values_that_cannot_be__are_refused(desk: Desk, name: str, value: str) -> None:
    made = desk.written()
    with pytest.raises(Refusal):
        writing.write(desk.acting("unit"), made, {**PARTS, name: value})


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


def test_new_version__approved__replaces_the_one_before(desk: Desk) -> None:
    first, unit = desk.approved(), desk.acting("unit")
    assert desk.card(first).review_on == dt.date(2027, 3, 2)
    second = writing.begin(unit, "VAL")
    assert second.version == 2
    assert [one.title for one in second.sessions] == ["Methods"]
    assert "legal_by" not in second.parts
    reviewing.check_law(unit, second.id, LAW)
    reviewing.name(unit, second.id, desk.person("dara").staff_no)
    reviewing.send(unit, second.id)
    reviewing.answer(desk.acting("dara"), second.id, Verdict.AGREED, "")
    deciding.submit(unit, second.id)
    assert desk.card(first).state is OutlineState.APPROVED
    deciding.approve(desk.acting("director"), second.id)
    desk.ctx.session.expire_all()
    assert desk.card(first).state is OutlineState.REPLACED
    assert yearly.due(desk.ctx, dt.date(2030, 1, 1))[0].id == second.id


def test_drop__a_draft__goes_with_all_that_belongs_to_it(desk: Desk) -> None:
    made, unit = desk.written(), desk.acting("unit")
    reviewing.name(unit, made, desk.person("sokha").staff_no)
    writing.drop(unit, made)
    assert desk.ctx.session.get(CourseOutline, made) is None
    assert desk.ctx.session.exec(select(OutlineReview)).all() == []
    with pytest.raises(Refusal):
        writing.drop(unit, made)
    approved = desk.approved()
    with pytest.raises(Refusal):
        writing.drop(unit, approved)


def test_catalogue__takes_over_what_the_outline_says(desk: Desk) -> None:
    desk.course(prerequisites="HS", max_seats=12)
    writing.into_catalogue(desk.acting("unit"), desk.approved())
    course = desk.ctx.session.exec(select(Course)).one()
    assert (course.hours, course.min_seats, course.max_seats) == (6, 8, 24)
    assert (course.objectives, course.prerequisites) == ("Apply the six methods", "HS")


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


@pytest.mark.parametrize("language", LANGUAGES)
def test_document__in_every_language__holds_all_parts(desk: Desk, language: str) -> None:
    made = desk.approved()
    data = course_outline.read(desk.acting("unit"), {"outline": made})
    (made_file,) = course_outline.files(data, language)
    assert made_file.content.startswith(b"%PDF")
    assert len(io.BytesIO(made_file.content).getvalue()) > 5000
    (screen,) = course_outline.screens(data)
    assert "VAL" in render(screen.title, language)


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
