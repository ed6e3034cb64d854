"""Papers, pictures and workbooks of a plan: their figures, their readers, every language."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from openpyxl import load_workbook

from bot.errors import Refusal
from bot.i18n import Texts, Words, render
from bot.models.evaluation import Assignment, AssignmentState
from bot.models.needs import FrameworkCourse, NeedsRound, RoundState, Topic, TopicDecision, Way
from bot.models.planning import Change, Goal
from bot.models.training import EnrolmentState, TrainingClass
from bot.needs import rounds
from bot.people.access import OutOfReach
from bot.planning import from_plan, region_year, unscheduled
from bot.planning.cover import LineCover, MonthCover
from bot.planning.region_year import Share
from bot.reports import annual_plan, cover_words, plan_calendar, plan_progress
from bot.reports import region_year as region_paper
from bot.reports.registry import WHOLE, MadeFile
from bot.screens import Screen
from tests.integration.plan_life.conftest import YEAR, School

LANGUAGES = ("en", "km", "ur")


def words(screens: tuple[Screen, ...]) -> str:
    lines = (line for screen in screens for line in (screen.title, *screen.body))
    return "\n".join(render(line, "en") for line in lines)


def is_whole(made: MadeFile) -> bool:
    starts = {"pdf": b"%PDF", "png": b"\x89PNG", "xlsx": b"PK"}
    return made.content.startswith(starts[made.name.rpartition(".")[2]])


def rows_of(made: MadeFile, sheet: int = 0) -> list[list[object]]:
    book = load_workbook(io.BytesIO(made.content))
    return [[cell.value for cell in row] for row in book.worksheets[sheet].iter_rows()]


@pytest.fixture
def published(school: School) -> School:
    goal = school.add(Goal(plan_year=YEAR, code="G1", title="Fewer errors", measure="errors",
                           before=44, target=30))  # fmt: skip
    school.valuation.goal_id, school.valuation.required = goal.id, True
    school.add(FrameworkCourse(position="Officer", course_id=school.valuation.course_id))
    school.publish()
    return school


@pytest.mark.parametrize("language", LANGUAGES)
def test_calendar__of_a_published_plan__in_every_language(
    published: School, language: str
) -> None:
    data = plan_calendar.read(published.acting("unit"), {"plan": published.plan.id, WHOLE: True})
    files = plan_calendar.files(data, language)
    assert all(is_whole(made) for made in files)
    assert [made.name.rpartition(".")[2] for made in files] == ["png", "png", "png", "png",
                                                                "pdf", "xlsx"]  # fmt: skip


def test_calendar__workbook__has_months_and_offices(published: School) -> None:
    data = plan_calendar.read(published.acting("unit"), {"plan": published.plan.id, WHOLE: True})
    book = plan_calendar.files(data, "en")[-1]
    months = [row[:6] for row in rows_of(book) if isinstance(row[0], dt.datetime)]
    assert months[0] == [dt.datetime(2027, 2, 1), "12", "Course VAL",
                         "Officials in charge of clearance", 2, 20]  # fmt: skip
    offices = [row for row in rows_of(book, 1) if isinstance(row[1], dt.datetime)]
    assert {(row[2], row[3]) for row in offices} == {("Course VAL", 5), ("MACCS accessing", 10)}


def test_calendar__classes_with_dates__are_named(published: School) -> None:
    from_plan.make_class(published.acting("unit"), published.valuation.id, 1)
    data = plan_calendar.read(published.acting("dara"), {"plan": published.plan.id, WHOLE: True})
    assert data.offices == ()
    said = words(plan_calendar.screens(data))
    assert "• Course VAL: 2 classes of 20, Feb 1, 2027 to Feb 5, 2027" in said
    own = plan_calendar.files(data, "en")[-1]
    assert own.name == "plan-2027-calendar.ics"
    assert b"SUMMARY:Course VAL" in own.content


def test_cover__long_titles__fit_into_a_message(published: School) -> None:
    title = "ការវាយតម្លៃគយ " * 14
    lines = tuple(LineCover(one, Texts.of({"km": title}), 10) for one in range(8))
    months = [MonthCover(dt.date(2027, month, 1), lines) for month in range(1, 13)]
    said = [render(line, "km") for line in cover_words.lines(months)]
    assert len("\n".join(said)) < 3500


def test_annual_plan__paper_to_be_signed__counts_courses_times_people(published: School) -> None:
    data = annual_plan.read(published.acting("director"), {"plan": published.plan.id})
    said = words(annual_plan.screens(data))
    assert "3 courses, 6 times, 140 people" in said
    assert "Cost: 1,600 USD" in said
    for language in LANGUAGES:
        assert all(is_whole(made) for made in annual_plan.files(data, language))


@pytest.mark.parametrize(("whole", "share"), [(381_000, "0.42 %"), (16_000, "10%")])
def test_annual_plan__share_of_the_budget__small_ones_have_decimals(
    published: School, whole: float, share: str
) -> None:
    published.plan.whole_budget = whole
    data = annual_plan.read(published.acting("director"), {"plan": published.plan.id})
    assert f"{share} of the administration's budget" in words(annual_plan.screens(data))


def test_annual_plan__unscheduled_and_dropped__stand_in_it(published: School) -> None:
    unit = published.acting("unit")
    unscheduled.drop(unit, published.rkc.id, {"reason": "no budget"})
    data = annual_plan.read(unit, {"plan": published.plan.id})
    assert [line.code for line in data.dropped] == ["13"]
    assert [line.code for line in data.lines] == ["12", "14"]
    assert is_whole(annual_plan.files(data, "ur")[0])


@pytest.mark.parametrize("report", [annual_plan, plan_progress, region_paper])
def test_paper__with_money__is_not_for_officers(published: School, report: object) -> None:
    with pytest.raises(OutOfReach):
        report.read(published.acting("dara"), {"plan": published.plan.id})  # type: ignore[attr-defined]


def test_calendar__without_a_line__refused(school: School) -> None:
    for line in (school.valuation, school.rkc, school.maccs):
        line.change = Change.DISCONTINUED
    school.ctx.session.flush()
    with pytest.raises(Refusal, match="no line"):
        plan_calendar.read(school.acting("unit"), {"plan": school.plan.id})


def test_progress__picture_and_workbook__in_every_language(published: School) -> None:
    before = published.make_plan(dt.date(2026, 1, 1), state="published")
    assert before.id is not None
    data = plan_progress.read(published.acting("director"), {"plan": published.plan.id})
    assert data.before is not None
    for language in LANGUAGES:
        assert all(is_whole(made) for made in plan_progress.files(data, language))
    rows = rows_of(plan_progress.files(data, "en")[1])
    first = next(row for row in rows if row[:2] == ["2027", "Quarter 1"])
    assert first == ["2027", "Quarter 1", 3, 0, 100, 0, 40, 0, 800, 0]


def survey(school: School) -> None:
    """The survey of 2026 for the plan of 2027: two of three officers answered."""
    row = school.add(
        NeedsRound(plan_year=YEAR, opens_on=dt.date(2026, 10, 1), closes_on=dt.date(2026, 10, 31),
                   state=RoundState.CLOSED, opened_at=school.ctx.now())
    )  # fmt: skip
    states = (AssignmentState.ANSWERED, AssignmentState.ANSWERED, AssignmentState.CLOSED,
              AssignmentState.RECALLED)  # fmt: skip
    for who, state in zip(("dara", "rith", "maly", "bopha"), states, strict=True):
        school.add(
            Assignment(person_id=school.ids[who], stage="needs_officer", form="needs_officer",
                       subject=rounds.subject(row.id), occasion=row.opens_on, state=state,
                       opens_at=school.ctx.now(), closes_at=school.ctx.now())
        )  # fmt: skip
    topic = school.add(Topic(name="Origin"))
    school.add(
        TopicDecision(round_id=row.id, topic_id=topic.id, way=Way.DONOR,
                      decided_at=school.ctx.now())
    )  # fmt: skip


def test_region__figures_of_both_years__filled_in(published: School) -> None:
    survey(published)
    unit = published.acting("unit")
    made = from_plan.make_class(unit, published.valuation.id, 1)
    held = published.ctx.session.get_one(TrainingClass, made.card.id)
    for who in ("dara", "rith", "bopha"):
        published.enrolment_of(held, who, EnrolmentState.COMPLETED)
    published.pass_days(400)
    data = region_year.read(published.acting("unit"), published.plan.id)
    assert (data.now.classes, data.now.courses, data.now.trainees) == (1, 1, 3)
    assert (data.before.label, data.before.classes) == ("2026", 0)
    assert data.before.survey is not None
    assert data.before.survey.answered == {"needs_officer": Share(2, 3)}
    assert data.before.survey.ways == {Way.DONOR: 1}
    assert data.now.women == Share(0, 0)
    said = words(region_paper.screens(data))
    assert "“What you need to learn” was answered by 2 of 3 (67%)." in said
    assert "asked of a donor: 1 topic" in said
    for language in LANGUAGES:
        assert all(is_whole(one) for one in region_paper.files(data, language))


def test_region__headings__in_the_order_of_the_annex(published: School) -> None:
    data = region_year.read(published.acting("unit"), published.plan.id)
    headings: list[Words] = [block.title for block in region_paper._blocks(data)]
    assert [render(one, "en") for one in headings] == [
        "Use of the learning platform",
        "Identification of training needs",
        "Annual training plan",
        "Designing the training courses",
        "The trainer",
        "Evaluation",
        "Gender equality",
    ]
