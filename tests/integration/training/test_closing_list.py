"""The list of a closed class for HR: everybody of the reader's part, and nobody else."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook

from bot.errors import Refusal
from bot.models.people import Role
from bot.models.training import EnrolmentState, TrainingClass
from bot.people.access import OutOfReach
from bot.reports import class_outcome
from bot.training import closing, closing_list, enrolling, marks
from tests.integration.training.conftest import School


@pytest.fixture
def held(school: School) -> TrainingClass:
    """Dara attended and passed, Rith did not come; the class is over and open."""
    made = school.hold(trainer_id=school.trainer().id)
    school.course().pass_mark = 50
    for key, state in (("dara", EnrolmentState.ATTENDED), ("rith", EnrolmentState.NO_SHOW)):
        row = enrolling.admit(school.ctx, made.id, school.ids[key])
        enrolling.note(school.ctx, row.id, state)
    school.pass_days(20)
    marks.enter(school.acting("trainer"), school.enrolment("dara", made).id, {"oral": 75.5})
    school.grant("director", Role.HR)
    return made


def close(school: School, held: TrainingClass) -> None:
    closing.close(school.acting("trainer"), held.id)


def test_list__as_a_workbook__holds_result_marks_and_reasons(
    school: School, held: TrainingClass
) -> None:
    close(school, held)
    found = class_outcome.read(school.acting("director"), {"class": held.id})
    assert (len(found.people), found.completed) == (2, 1)
    (file,) = class_outcome.files(found, "en")
    sheet = load_workbook(io.BytesIO(file.content)).active
    assert sheet is not None
    rows = {row[0]: row for row in sheet.iter_rows(values_only=True)}
    codes = rows["staff_no"]
    dara = dict(zip(codes, rows["1011"], strict=True))
    assert (dara["state"], dara["oral"], dara["certificate"]) == ("completed", 75.5, "2026-0001")
    assert dara["completed_on"].date() == held.ends_on
    rith = dict(zip(codes, rows["1014"], strict=True))
    assert (rith["certificate"], rith["completed_on"]) == (None, None)
    assert rith["why_not"] == "Did not attend all of the class.\nNo mark: Oral test"


def test_list__of_one_part__leaves_others_out(school: School, held: TrainingClass) -> None:
    far = school.add_unit("Coral")
    school.person("rith").unit_id = far.id
    school.add_person("coral_hr", unit_id=far.id)
    school.grant("coral_hr", Role.HR, far)
    close(school, held)
    found = closing_list.read(school.acting("coral_hr"), held.id or 0)
    assert [one.staff_no for one in found.people] == ["1014"]
    school.person("rith").unit_id = school.person("dara").unit_id
    school.ctx.session.flush()
    with pytest.raises(OutOfReach):
        closing_list.read(school.acting("coral_hr"), held.id or 0)


@pytest.mark.parametrize("who", ["trainer", "dara", "sokha"])
def test_list__for_others_than_hr_and_the_unit__is_refused(
    school: School, held: TrainingClass, who: str
) -> None:
    close(school, held)
    with pytest.raises(OutOfReach):
        closing_list.read(school.acting(who), held.id or 0)


def test_list__of_an_open_class__is_refused(school: School, held: TrainingClass) -> None:
    with pytest.raises(Refusal):
        closing_list.read(school.acting("director"), held.id or 0)
