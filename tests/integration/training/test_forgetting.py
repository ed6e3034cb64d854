"""Once somebody is erased, nothing is left of what was written about their requests."""

from __future__ import annotations

import datetime as dt

from bot.models.approvals import Approval, Decision, Deputy
from bot.training import (
    approvals,
    asking_back,
    decisions,
    deputies,
    enrolling,
    forgetting,
    postponements,
)
from tests.integration.training.conftest import School


def settle(school: School) -> None:
    school.clock.advance(seconds=10)
    decisions.settle(school.ctx)


def test_officer__question_answer_and_reason__go_and_the_letter_stays(school: School) -> None:
    row = school.request("dara", school.hold())
    number = school.approval(row).id
    approvals.decide(school.acting("sokha"), number, Decision.ASKED_BACK, "Who covers?")
    settle(school)
    asking_back.answer(school.acting("dara"), number, "Rith does.")
    letter = {"number": "7/2026", "date": "2026-03-01"}
    unit = school.acting("unit")
    approvals.decide(unit, school.approval(row).id, Decision.DECLINED, "Too late.", letter)
    settle(school)
    forgetting.forget_words(school.ctx.session, school.ids["dara"])
    school.ctx.session.expire_all()
    asked, decided = school.ctx.session.get_one(Approval, number), school.approval(row)
    assert (asked.reason, asked.letter) == ("", {})
    assert (decided.reason, decided.letter) == ("", letter)
    assert [change.reason for change in school.changes(row)] == ["", ""]
    assert decided.decision is Decision.DECLINED


def test_supervisor__who_asked_to_put_off__the_reason_goes_with_them(school: School) -> None:
    row = enrolling.order(school.acting("unit"), school.hold().id, school.ids["dara"])
    postponements.ask(school.acting("sokha"), row.id, "Ill at home.")
    approvals.decide(school.acting("unit"), school.approval(row).id, Decision.DECLINED, "No.")
    deputies.name(school.acting("sokha"), school.ids["sokha"], "1014", dt.date(2026, 3, 6))
    forgetting.forget_words(school.ctx.session, school.ids["rith"])
    assert school.approval(row).letter["asked"] == "Ill at home."
    assert school.ctx.session.get(Deputy, school.ids["sokha"]) is None
    forgetting.forget_words(school.ctx.session, school.ids["sokha"])
    assert (school.approval(row).reason, school.approval(row).letter) == ("", {})
