"""Course outlines as they are written: parts, sessions, versions, the document."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlmodel import select

from bot.clock import FixedClock
from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import LANGUAGES, render
from bot.models.planning import CourseOutline, OutlineReview, OutlineState, Verdict
from bot.models.training import Course
from bot.planning.outlines import deciding, reviewing, sessions, writing, yearly
from bot.reports import course_outline
from tests.integration.planning.outlining import LAW, PARTS, SESSION, Desk


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


@pytest.mark.parametrize("language", LANGUAGES)
def test_document__in_every_language__holds_all_parts(desk: Desk, language: str) -> None:
    made = desk.approved()
    data = course_outline.read(desk.acting("unit"), {"outline": made})
    (made_file,) = course_outline.files(data, language)
    assert made_file.content.startswith(b"%PDF")
    (screen,) = course_outline.screens(data)
    assert "VAL" in render(screen.title, language)
