"""Before and after a class, and the return on it: every figure done by hand beside it."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

import bot.evaluation.impact.level  # noqa: F401  (registers the level)
from bot.errors import Refusal
from bot.evaluation.impact import change, costs, roi, said
from bot.evaluation.impact.series import Level
from bot.evaluation.levels import Scope, ScopeKind, sections
from bot.i18n import Percent, render
from bot.models.impact import Better, CostKind
from bot.models.people import Posting
from tests.integration.impact.conftest import STARTS, TWO_MONTHS, School

TRAINEES = ("dara", "bopha", "bilal", "rith", "maly")


def reckonable(school: School) -> int:
    """A class whose return can be reckoned: 42.5 errors before, 31.5 after, of 150 each."""
    held = school.past_class(*TRAINEES)
    school.figures(school.indicator(), (44, 41, 30, 33), unit=school.office)
    unit = school.acting("unit")
    costs.note(unit, held.id, {"trainers": "900", "other": "300"})
    costs.assume(unit, held.id, TWO_MONTHS)
    return held.id


def words(lines: Iterable[object]) -> str:
    return "\n".join(render(line, "en") for line in lines)


def test_change__of_the_office__is_of_its_months(school: School) -> None:
    class_id = reckonable(school)
    (found,) = change.of_class(school.acting("director"), class_id).found
    assert (found.series.level, found.series.covered) == (Level.OFFICES, 1)
    assert (found.series.before, found.series.after) == ((44, 41), (30, 33))
    assert found.better is not None
    assert (found.better.first, found.better.second, found.better.by) == (42.5, 31.5, 11.0)


def test_change__two_offices__is_their_mean(school: School) -> None:
    other = school.add_unit("Bavet")
    school.add_person("phal", unit_id=other.id)
    held = school.past_class("dara", "phal")
    costs.assume(school.acting("unit"), held.id, TWO_MONTHS)
    indicator = school.indicator(better=Better.MORE)
    school.figures(indicator, (10, 12, 20, 22), unit=school.office)
    school.figures(indicator, (30, 32, 34, 36), unit=other)
    (found,) = change.of_class(school.acting("unit"), held.id).found
    assert found.series.covered == 2
    assert found.series.before == (20, 22)
    assert found.series.after == (27, 29)


def test_change__an_office_without_figures__is_left_out_and_counted(school: School) -> None:
    for name in ("bavet", "trapeang", "kampot"):
        school.add_person(name, unit_id=school.add_unit(name).id)
    held = school.past_class("dara", "bavet", "trapeang", "kampot")
    costs.assume(school.acting("unit"), held.id, TWO_MONTHS)
    school.figures(school.indicator(), (4, 4, 2, 2), unit=school.office)
    (found,) = change.of_class(school.acting("unit"), held.id).found
    assert (found.series.covered, found.series.possible) == (1, 4)


def test_change__figures_of_the_directorate__stand_for_its_offices(school: School) -> None:
    held = school.past_class("dara")
    costs.assume(school.acting("unit"), held.id, TWO_MONTHS)
    region = school.ctx.session.get_one(type(school.office), school.office.parent_id)
    school.figures(school.indicator(), (4, 4, 2, 2), unit=region)
    (found,) = change.of_class(school.acting("unit"), held.id).found
    assert (found.series.level, found.series.before) == (Level.OFFICES, (4, 4))


def test_change__moved_since__counts_for_the_office_of_then(school: School) -> None:
    held = school.past_class("dara")
    costs.assume(school.acting("unit"), held.id, TWO_MONTHS)
    old = school.add_unit("Bavet")
    today = school.ctx.today()
    school.add(
        Posting(person_id=school.ids["dara"], unit_id=old.id, from_on=STARTS, until_on=today)
    )
    indicator = school.indicator()
    school.figures(indicator, (9, 9, 3, 3), unit=old)
    school.figures(indicator, (1, 1, 1, 1), unit=school.office)
    (found,) = change.of_class(school.acting("unit"), held.id).found
    assert found.series.before == (9, 9)


def test_change__of_people__goes_before_that_of_offices(school: School) -> None:
    held = school.past_class(*TRAINEES)
    costs.assume(school.acting("unit"), held.id, TWO_MONTHS)
    indicator = school.indicator()
    school.figures(indicator, (100, 100, 100, 100), unit=school.office)
    for number, key in enumerate(TRAINEES):
        school.figures(indicator, (10 + number, 10, 4, 4), person=key)
    (found,) = change.of_class(school.acting("unit"), held.id).found
    assert (found.series.level, found.series.covered) == (Level.PEOPLE, 5)
    assert found.series.before == (12, 10)


def test_change__of_four_people__is_not_shown(school: School) -> None:
    held = school.past_class(*TRAINEES)
    costs.assume(school.acting("unit"), held.id, TWO_MONTHS)
    indicator = school.indicator()
    for key in TRAINEES[:4]:
        school.figures(indicator, (10, 10, 4, 4), person=key)
    (found,) = change.of_class(school.acting("unit"), held.id).found
    assert found.better is None
    assert "fewer than 5 trainees" in words(found.series.missing)


def test_change__a_figure_of_a_person_is_missing__nobody_is_named(school: School) -> None:
    held = school.past_class(*TRAINEES)
    costs.assume(school.acting("unit"), held.id, TWO_MONTHS)
    indicator = school.indicator()
    for key in TRAINEES:
        last = None if key == "maly" else 4
        school.figures(indicator, (10, 10, 4, last), person=key)
    (found,) = change.of_class(school.acting("unit"), held.id).found
    said_of = words(found.series.missing)
    assert said_of == "Errors, 2026-01: the figure of 1 trainee is missing."


def test_return__all_is_there__is_as_done_by_hand(school: School) -> None:
    class_id = reckonable(school)
    found = roi.read(school.acting("director"), class_id)
    # 11 errors fewer a month × 12 × 150 = 19,800 a year; 50 % of it at 80 % sureness: 7,920;
    # costs 1,200: (7,920 − 1,200) / 1,200 = 5.6.
    assert found.gains[0].a_year == pytest.approx(19_800)
    assert found.share == pytest.approx(0.4)
    assert found.benefits == pytest.approx(7_920)
    assert found.cost == 1_200
    assert found.percent == pytest.approx(5.6)
    assert found.ratio == pytest.approx(6.6)
    # Welch on 44, 41 and 30, 33: variances 4.5, s = sqrt(4.5) for 2 degrees of freedom, whose
    # quantile is 4.3027: 11 ± 9.127 errors, times 12 × 150 × 0.4 = 720.
    assert found.bounds is not None
    assert found.bounds.low == pytest.approx((11 - 9.1274) * 720, rel=1e-4)
    assert found.bounds.high == pytest.approx((11 + 9.1274) * 720, rel=1e-4)
    assert CostKind.PARTICIPANTS in found.uncounted


def test_return__two_indicators__are_added_in_money(school: School) -> None:
    class_id = reckonable(school)
    seizures = school.indicator("SEIZURES", Better.MORE, worth=100)
    school.figures(seizures, (5, 7, 9, 9), unit=school.office)
    found = roi.read(school.acting("director"), class_id)
    # (11 × 150 + 3 × 100) × 12 × 0.4
    assert found.benefits == pytest.approx(1_950 * 12 * 0.4)


def test_return__not_in_money__stands_beside(school: School) -> None:
    class_id = reckonable(school)
    hours = school.indicator("HOURS", Better.LESS, worth=None)
    school.figures(hours, (48, 48, 40, 40), unit=school.office)
    found = roi.read(school.acting("director"), class_id)
    assert [one.indicator.code for one in found.not_in_money] == ["HOURS"]
    assert found.benefits == pytest.approx(7_920)


def test_return__everything_missing__is_all_named(school: School) -> None:
    held = school.past_class("dara")
    with pytest.raises(Refusal) as refused:
        roi.read(school.acting("unit"), held.id)
    sentence = render(refused.value.sentence, "en")
    for part in (
        "No indicator of the course is counted in money.",
        "complete on Jun 1, 2026",
        "Nobody has entered what the class cost.",
        "Nobody has said which share",
    ):
        assert part in sentence


def test_return__a_month_is_missing__says_which(school: School) -> None:
    class_id = reckonable(school)
    late = school.indicator("LATE", worth=10)
    school.figures(late, (5, None, 4, 4), unit=school.office)
    assert words(roi.reckon(school.acting("unit"), class_id).lacking) == (
        "Late, 2025-10: the figure of Poipet is missing."
    )


def test_return__months_not_over__waits_for_them(school: School) -> None:
    class_id = reckonable(school)
    costs.assume(school.acting("unit"), class_id, TWO_MONTHS | {"months": "3"})
    lacking = words(roi.reckon(school.acting("unit"), class_id).lacking)
    assert "2025-08" in lacking
    assert "2026-02" in lacking
    costs.assume(school.acting("unit"), class_id, TWO_MONTHS | {"months": "4"})
    lacking = words(roi.reckon(school.acting("unit"), class_id).lacking)
    assert lacking == "The months after are complete on Apr 1, 2026."


@pytest.mark.parametrize("who", ["dara", "sokha", "trainer"])
def test_return__who_may_not_read_it__is_refused(school: School, who: str) -> None:
    class_id = reckonable(school)
    with pytest.raises(Refusal):
        roi.read(school.acting(who), class_id)
    with pytest.raises(Refusal):
        costs.note(school.acting(who), class_id, {"trainers": "1"})
    assert sections(school.acting(who), Scope(ScopeKind.CLASS, class_id)) == ()


def test_costs__director__reads_and_does_not_write(school: School) -> None:
    class_id = reckonable(school)
    director = school.acting("director")
    assert costs.of_class(director, class_id) == {CostKind.TRAINERS: 900, CostKind.OTHER: 300}
    with pytest.raises(Refusal):
        costs.note(director, class_id, {"trainers": "1"})
    with pytest.raises(Refusal):
        costs.assume(director, class_id, TWO_MONTHS)


def test_costs__left_blank__are_not_known_any_more(school: School) -> None:
    class_id = reckonable(school)
    after = costs.note(school.acting("unit"), class_id, {"trainers": "0"})
    assert after == {CostKind.TRAINERS: 0}
    assert "Nobody has entered" in words(roi.reckon(school.acting("unit"), class_id).lacking)


@pytest.mark.parametrize(
    ("field", "value"), [("months", "0"), ("due_to_training", "101"), ("confidence", "x")]
)
def test_assumptions__beyond_bounds__are_refused(school: School, field: str, value: str) -> None:
    held = school.past_class("dara")
    with pytest.raises(Refusal):
        costs.assume(school.acting("unit"), held.id, TWO_MONTHS | {field: value})


@pytest.mark.parametrize("amount", ["-1", "many", "1e16", "nan"])
def test_costs__no_amount__are_refused(school: School, amount: str) -> None:
    held = school.past_class("dara")
    with pytest.raises(Refusal):
        costs.note(school.acting("unit"), held.id, {"trainers": amount})


def test_level__class_course_and_year__say_the_return(school: School) -> None:
    class_id = reckonable(school)
    director = school.acting("director")
    (of_class,) = sections(director, Scope(ScopeKind.CLASS, class_id))
    assert [line.code for line in of_class.lines] == ["ERRORS", "roi"]
    assert of_class.lines[0].value == 31.5
    assert of_class.lines[0].before == 42.5
    (of_course,) = sections(director, Scope(ScopeKind.COURSE, school.course().id))
    assert [line.value for line in of_course.lines] == [Percent(pytest.approx(5.6))]


def test_said__a_change_that_chance_explains__is_no_change(school: School) -> None:
    class_id = reckonable(school)
    noisy = school.indicator("NOISY", Better.MORE, worth=None)
    school.figures(noisy, (10, 50, 20, 60), unit=school.office)
    found = change.of_class(school.acting("unit"), class_id).found
    by_code = {one.indicator.code: words(said.before_and_after(one)) for one in found}
    assert "No change can be shown: from" in by_code["NOISY"]
    assert "Better by 11, with 95 % certainty" in by_code["ERRORS"]
