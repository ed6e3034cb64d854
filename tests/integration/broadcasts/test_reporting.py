"""What the report says of a message to many, against what came into the chats."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import update

from bot.calendar import DAY
from bot.campaigns.broadcasts import acknowledging, drafting, lacking, reporting, sending
from bot.delivery.claim import Claimed
from bot.delivery.failures import Failure, SendResult
from bot.i18n import render
from bot.models.broadcasts import RecipientState
from bot.models.chats import Chat
from bot.models.training import Course, Enrolment, EnrolmentState, TrainingClass
from tests.integration.broadcasts.conftest import EXECUTIVE, MAKER, OFFICERS, Desk

R = RecipientState
OFFICERS_ONLY = 'position "Officer"'
BLOCKED, LOST = EXECUTIVE + 1, EXECUTIVE + 2
READ, ENROLLED = EXECUTIVE + 3, EXECUTIVE + 4


def outcome(desk: Desk, message: Claimed) -> SendResult:
    if message.user_id == BLOCKED:
        return SendResult(failure=Failure.BLOCKED)
    if message.user_id == LOST:
        return SendResult(failure=Failure.UNKNOWN)
    return desk.arrive(message)


def a_class(desk: Desk) -> int:
    with desk.acting(None) as ctx:
        ctx.session.add(Course(id=1, code="VAL", title="Valuation"))
        ctx.session.flush()
        day = ctx.now().date() + 30 * DAY
        held = TrainingClass(id=1, code="VAL-1", course_id=1, starts_on=day, ends_on=day, seats=9)
        ctx.session.add(held)
        ctx.session.flush()
        before = ctx.now() - DAY
        for person_id, at in ((BLOCKED, before), (ENROLLED, ctx.now())):
            ctx.session.add(
                Enrolment(
                    class_id=1, person_id=person_id, state=EnrolmentState.REQUESTED, changed_at=at
                )
            )
    return 1


def test_report__of_every_outcome__adds_up_by_state_reason_and_office(desk: Desk) -> None:
    with desk.acting(None) as ctx:
        unlinked = update(Chat).where(Chat.user_id == OFFICERS)
        ctx.session.execute(unlinked.values(person_id=None))
    about = desk.draft(OFFICERS_ONLY)
    held = a_class(desk)
    with desk.acting() as ctx:
        drafting.set_class(ctx, about, held)
        drafting.set_buttons(ctx, about, ["enrol", "read"])
        sending.send(ctx, about)
    desk.run_to_the_end(lambda message: outcome(desk, message))
    with desk.acting(READ) as ctx:
        acknowledging.acknowledge(ctx, about)
    with desk.acting(MAKER) as ctx:
        found = reporting.report(ctx, about)
        lines = list(reporting.recipients(ctx, about))
    assert found.tally.states == {R.SENT: OFFICERS - 3, R.FAILED: 1, R.UNKNOWN: 1, R.DROPPED: 1}
    assert (found.tally.read, found.tally.enrolled) == (1, 1)
    assert set(found.reasons) == {
        (R.FAILED, "blocked", 1),
        (R.UNKNOWN, "sent or not, unknown", 1),
        (R.DROPPED, "not linked to a chat", 1),
    }
    assert sum(one.tally.total for one in found.offices) == OFFICERS == len(lines)
    assert {one.path for one in found.offices} == {"Mekong/Poipet", "Mekong/Bavet"}
    assert [one.staff_no for one in lines if one.read_at] == [str(1000 + READ)]
    assert [one.staff_no for one in lines if one.enrolled] == [str(1000 + ENROLLED)]


def test_lacks__a_bare_draft__names_everything_that_is_missing(desk: Desk) -> None:
    with desk.acting() as ctx:
        about = drafting.create(ctx, "Badges", drafting.BroadcastKind.NEWS).id
        drafting.set_buttons(ctx, about, ["enrol", "answer"])
        found = [render(one, "en") for one in lacking.of(ctx, about).faults]
    assert found == [
        "Nobody is chosen yet. Add a condition, or type a rule.",
        "There is no text yet.",
        "A button is about a class. Choose the class.",
        "A button leads to a questionnaire. Choose the questionnaire.",
    ]


def test_lacks__the_readers_hour_of_a_day_that_is_over__is_named(desk: Desk) -> None:
    about = desk.draft(OFFICERS_ONLY)
    with desk.acting() as ctx:
        day = ctx.now().date() + DAY
        drafting.send_on(ctx, about, day, dt.time(9), by_reader=True)
        assert lacking.of(ctx, about).faults == ()
    desk.clock.set(desk.clock.now() + 2 * DAY)
    with desk.acting() as ctx:
        found = [render(one, "en") for one in lacking.of(ctx, about).faults]
    assert found == ["The time to send it has passed. Choose another."]


def test_lacks__a_language_without_text__says_who_gets_which(desk: Desk) -> None:
    about = desk.draft(OFFICERS_ONLY)
    with desk.acting() as ctx:
        drafting.set_text(ctx, about, "km", "")
        notes = [render(one, "en") for one in lacking.of(ctx, about).notes]
    assert notes == [f"{OFFICERS // 4} people read ភាសាខ្មែរ and get it in English."]
