"""Why an enrolment stands as it does: who may read it, who is named in it, and the command."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import cli
from bot.clock import FixedClock
from bot.config import Settings
from bot.context import SYSTEM, Ctx
from bot.db import Database
from bot.errors import Refusal
from bot.i18n import render
from bot.migrate import migrate
from bot.models.approvals import Approval, Decision
from bot.models.people import Role
from bot.models.training import Enrolment
from bot.training import approvals, decisions, enrolling, history
from tests.integration.training.conftest import School


def lines(school: School, key: str, row: Enrolment) -> list[str]:
    ctx = school.acting(key)
    return [render(line, "en") for line in history.lines(ctx, history.story(ctx, row.id))]


def steps(school: School, key: str, row: Enrolment) -> list[str]:
    return [line.split(": ", 1)[1] for line in lines(school, key, row) if line.startswith("• ")]


def decided(school: School, row: Enrolment, by: str, **fields: object) -> None:
    """What deciding leaves behind once it has taken effect."""
    approval = school.approval(row)
    approval.decision, approval.decided_by = Decision.APPROVED, school.ids[by]
    for name, value in fields.items():
        setattr(approval, name, value)
    school.ctx.session.flush()
    enrolling.approve(school.acting(by), row.id)


def test_story__approved_by_the_supervisor__names_the_supervisor(school: School) -> None:
    held = school.hold()
    row = school.request("dara", held)
    decided(school, row, "sokha")
    assert steps(school, "dara", row) == [
        "place asked for (you)",
        "Keo Sokha was asked to decide",
        "approved (the supervisor, Keo Sokha)",
        "place given (by rule: approved, and a seat was free)",
    ]


def test_story__approved_by_the_unit__names_nobody_to_the_officer(school: School) -> None:
    held = school.hold()
    for key in ("sokha", "director"):
        school.unlink(key)
    row = school.request("dara", held)
    decided(school, row, "unit")
    assert "the training unit was asked to decide" in steps(school, "dara", row)
    assert "approved (the training unit)" in steps(school, "dara", row)
    assert "approved (you)" in steps(school, "unit", row)
    school.grant("rith", Role.UNIT)
    assert "approved (the training unit, Meas Ratana)" in steps(school, "rith", row)


def test_story__from_a_signed_letter__quotes_it(school: School) -> None:
    row = school.request("dara", school.hold())
    letter = {"number": "17/2026", "date": "2026-03-01"}
    decided(school, row, "unit", letter=letter)
    assert "approved (the training unit). From signed letter 17/2026 of Mar 1, 2026" in steps(
        school, "dara", row
    )


def test_story__passed_on__says_to_whom(school: School) -> None:
    row = school.request("dara", school.hold())
    approval: Approval = school.approval(row)
    school.pass_days(4)
    approval.level, approval.approver_id = 1, school.ids["director"]
    approval.passed_on_at = school.ctx.now()
    assert steps(school, "dara", row)[1:] == [
        "the supervisor was asked to decide",
        "nobody had decided, and Chan Sophea was asked",
    ]


def test_wait_list__is_explained_by_place_seats_order_and_time(school: School) -> None:
    held = school.hold(seats=1)
    school.approved("rith", held)
    row = school.approved("dara", held)
    enrolling.order(school.ctx, held.id, school.ids["maly"])
    said = lines(school, "dara", row)
    assert said[said.index("Now: approved") + 1 :] == [
        "Place on the wait list: 2.",
        "Seats of the class: 1, taken: 1.",
        "A free seat goes to required training first, then by the time of approval.",
        "1 with required training stands before.",
        "The time of approval is Mar 2, 2026 09:00.",
    ]


@pytest.mark.parametrize(
    ("reader", "may"),
    [("dara", True), ("sokha", True), ("unit", True), ("director", False), ("rith", False)],
)
def test_story__is_read_by_officer_supervisor_and_unit_only(
    school: School, reader: str, may: bool
) -> None:
    row = school.request("dara", school.hold())
    if may:
        assert lines(school, reader, row)
    else:
        with pytest.raises(Refusal):
            history.story(school.acting(reader), row.id)


def test_story__is_read_by_the_class_s_trainer_and_former_supervisor(school: School) -> None:
    held = school.hold(trainer_id=school.trainer().id)
    row = school.request("dara", held)
    assert lines(school, "trainer", row)
    school.person("dara").supervisor_id = school.ids["director"]
    assert lines(school, "sokha", row)


def test_why__of_all_classes_or_one__and_refusals(school: School) -> None:
    first, second = school.hold(), school.hold(course="HS")
    school.request("dara", first)
    enrolling.order(school.ctx, second.id, school.ids["dara"], "17")
    everything = [render(line, "en") for line in history.told(school.ctx, "1011")]
    assert "Course VAL, class VAL-1" in everything
    assert "Sok Dara" in everything
    one = [render(line, "en") for line in history.told(school.ctx, "1011", second.code)]
    assert one[0] == "Course HS, class HS-2"
    for staff_no, code in (("9999", ""), ("1011", "NONE"), ("1012", "")):
        with pytest.raises(Refusal):
            history.told(school.ctx, staff_no, code)


def test_command__why__prints_the_story(
    tmp_path: Path,
    settings: Settings,
    clock: FixedClock,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    address = f"sqlite:///{tmp_path / 'installed.db'}"
    installed = settings.model_copy(update={"database_url": address})
    database = Database(address)
    migrate(database, clock, installed)
    with database.transaction() as session:
        school = School(Ctx(session, clock, SYSTEM, installed), clock)
        school.request("dara", school.hold())
    database.close()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ROLLCALL_DATABASE_URL", address)
    monkeypatch.setenv("ROLLCALL_TIMEZONE", "Asia/Phnom_Penh")
    cli.app(["why", "1011"], standalone_mode=False)
    said = capsys.readouterr().out.splitlines()
    assert "• Mar 2, 2026 09:00: place asked for (Sok Dara)" in said
    with pytest.raises(Refusal):
        cli.app(["why", "9999"], standalone_mode=False)


def test_story__asked_back__quotes_the_question_and_names_the_asking_once(school: School) -> None:
    row = school.request("dara", school.hold())
    number = school.approval(row).id
    approvals.decide(school.acting("sokha"), number, Decision.ASKED_BACK, "Who covers for you?")
    school.clock.advance(seconds=10)
    decisions.settle(school.ctx)
    decided(school, row, "sokha")
    assert steps(school, "dara", row)[1:4] == [
        "Keo Sokha was asked to decide",
        "asked back before deciding: Who covers for you?",
        "approved (the supervisor, Keo Sokha)",
    ]
