"""Task books: given out, done, signed by who may, reviewed, ended; and their limits."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlmodel import select

from bot import audit, policy
from bot.campaigns import task_limits
from bot.errors import Refusal
from bot.evaluation.task_books import (
    cards,
    doing,
    issues,
    joining,
    keeping,
    reviewing,
    signers,
    signing,
)
from bot.evaluation.task_books.doing import Evidence
from bot.models.on_the_job import BookState, Signer, TaskBookIssue, TaskSignature, TaskState
from bot.models.system import Blob
from bot.people import leavers
from bot.people.access import OutOfReach
from bot.scheduler.jobs import housekeeping
from tests.integration.on_the_job.conftest import HOUR, Vessel


def given(vessel: Vessel, *tasks: dict, joined: dt.timedelta = HOUR) -> TaskBookIssue:
    book = vessel.book(*tasks)
    unit = vessel.as_person(vessel.desk)
    (issue,) = issues.give(unit, book.id, [vessel.officer.id], unit.now() - joined)
    return issue


def do_all(vessel: Vessel, issue: TaskBookIssue) -> list[TaskSignature]:
    own = vessel.as_person(vessel.officer)
    book = cards.card(own, issue.id)
    return [doing.done(own, issue.id, task.item_id) for task in book.tasks if task.to_do]


def test_book__done_signed_and_reviewed__is_accepted(vessel: Vessel) -> None:
    issue = given(vessel)
    own, boss = vessel.as_person(vessel.officer), vessel.as_person(vessel.boss)
    do_all(vessel, issue)
    with pytest.raises(Refusal, match="2 tasks are not signed|not signed"):
        reviewing.submit(own, issue.id)
    assert signing.sign_all(boss, issue.id) == 2
    reviewing.submit(own, issue.id)
    unit = vessel.as_person(vessel.desk)
    assert [card.id for card in cards.to_review(unit)] == [issue.id]
    reviewing.accept(unit, issue.id)
    assert issue.state is BookState.ACCEPTED
    told = {(item.notice, item.person_id) for item in vessel.told("task_book_reviewed")}
    assert told == {
        ("task_book_reviewed", vessel.officer.id),
        ("task_book_reviewed", vessel.boss.id),
    }


def test_book__returned__signed_tasks_may_be_done_again(vessel: Vessel) -> None:
    issue = given(vessel)
    own, unit = vessel.as_person(vessel.officer), vessel.as_person(vessel.desk)
    first, second = do_all(vessel, issue)
    signing.sign_all(vessel.as_person(vessel.boss), issue.id)
    with pytest.raises(Refusal, match="signed already"):
        doing.done(own, issue.id, first.item_id)
    reviewing.submit(own, issue.id)
    reviewing.send_back(unit, issue.id, "The drill was without a witness.")
    doing.done(own, issue.id, first.item_id)
    assert (first.state, second.state) == (TaskState.ASKED, TaskState.SIGNED)
    with pytest.raises(Refusal):
        reviewing.submit(own, issue.id)


def test_signing__by_somebody_else__is_refused(vessel: Vessel) -> None:
    issue = given(vessel)
    row, _other = do_all(vessel, issue)
    for stranger in (vessel.officer, vessel.chief, vessel.person("Mate")):
        with pytest.raises(OutOfReach):
            signing.sign(vessel.as_person(stranger), row.id)
        with pytest.raises(OutOfReach):
            signing.sign_all(vessel.as_person(stranger), issue.id)
    with pytest.raises(Refusal):
        signing.refuse(vessel.as_person(vessel.boss), row.id, "  ")
    signing.refuse(vessel.as_person(vessel.boss), row.id, "Not seen.")
    with pytest.raises(Refusal, match="any more"):
        signing.sign(vessel.as_person(vessel.boss), row.id)


@pytest.mark.parametrize(
    ("signer", "expected"),
    [
        (Signer.SUPERVISOR, ["boss"]),
        (Signer.SUPERIOR, ["boss", "chief"]),
        (Signer.TRAINER, ["desk"]),
        (Signer.UNIT, ["desk"]),
    ],
)
def test_signers__by_kind__are_these(vessel: Vessel, signer: Signer, expected: list[str]) -> None:
    found = signers.of(vessel.session, vessel.officer.id, signer, vessel.ctx.today())
    assert found == [getattr(vessel, name).id for name in expected]


def test_signers__supervisor_away__the_next_above_signs(vessel: Vessel) -> None:
    vessel.boss.away_until = vessel.ctx.today()
    issue = given(vessel)
    row, _other = do_all(vessel, issue)
    chief = vessel.as_person(vessel.chief)
    assert {item.person_id for item in vessel.told("tasks_to_sign")} == {vessel.chief.id}
    assert [one.id for one in signing.waiting(chief)][0] == row.id
    signing.sign(chief, row.id)
    assert signing.waiting(vessel.as_person(vessel.boss)) == []


def test_signers__trainers__the_nearest_office_that_has_any(vessel: Vessel) -> None:
    far = vessel.trainer("Far", vessel.fleet)
    today = vessel.ctx.today()
    assert signers.of(vessel.session, vessel.officer.id, Signer.TRAINER, today) == [far.id]
    near = vessel.trainer("Near")
    assert signers.of(vessel.session, vessel.officer.id, Signer.TRAINER, today) == [near.id]
    issue = given(vessel, {"signer": Signer.TRAINER})
    (row,) = do_all(vessel, issue)
    assert [one.id for one in signing.waiting(vessel.as_person(near))] == [row.id]
    assert signing.waiting(vessel.as_person(far)) == []
    assert cards.card(vessel.as_person(near), issue.id).id == issue.id
    signing.sign(vessel.as_person(near), row.id)
    for trainer in (near, far):
        with pytest.raises(OutOfReach):
            cards.card(vessel.as_person(trainer), issue.id)


def test_evidence__needed_and_kept__goes_a_month_after_the_book(vessel: Vessel) -> None:
    issue = given(vessel, {"needs_evidence": True})
    own = vessel.as_person(vessel.officer)
    (item,) = [task.item_id for task in cards.card(own, issue.id).tasks]
    with pytest.raises(Refusal, match="evidence"):
        doing.done(own, issue.id, item)
    strange = vessel.add(Blob(name="a.pdf", mime="", content=b"1", made_at=own.now()))
    with pytest.raises(Refusal, match="no longer here"):
        doing.done(own, issue.id, item, Evidence(blob_id=strange.id))
    blob = Blob(
        name="b.pdf", mime="", content=b"2", made_at=own.now(), draft_id=7,
        owner_id=vessel.officer.id,
    )  # fmt: skip
    row = doing.done(own, issue.id, item, Evidence("Seen", vessel.add(blob).id, False))
    assert blob.draft_id is None
    blob_id = blob.id
    vessel.clock.advance(days=40)
    housekeeping.run(vessel.ctx)
    assert vessel.session.exec(select(Blob.id)).all() == [blob_id]
    signing.sign(vessel.as_person(vessel.boss), row.id)
    reviewing.submit(own, issue.id)
    reviewing.accept(vessel.as_person(vessel.desk), issue.id)
    vessel.clock.advance(days=29)
    housekeeping.run(vessel.ctx)
    assert vessel.session.exec(select(Blob.id)).all() == [blob_id]
    vessel.clock.advance(days=2)
    housekeeping.run(vessel.ctx)
    assert vessel.session.exec(select(Blob.id)).all() == []


def test_giving__twice_or_out_of_reach__gives_once_or_refuses(vessel: Vessel) -> None:
    book, now = vessel.book(), vessel.ctx.now()
    branch = vessel.person("Branch", vessel.fleet)
    other = vessel.add(type(vessel.ship)(name="Other", path="Other"))
    vessel.grant(branch, scope=other)
    unit = vessel.as_person(vessel.desk)
    assert len(issues.give(unit, book.id, [vessel.officer.id, vessel.boss.id], now)) == 2
    assert issues.give(unit, book.id, [vessel.officer.id], now - HOUR) == []
    for who in (branch, vessel.boss):
        with pytest.raises(OutOfReach):
            issues.give(vessel.as_person(who), book.id, [vessel.officer.id], now)
    with pytest.raises(Refusal, match="past year"):
        issues.give(unit, book.id, [vessel.officer.id], now + HOUR)


def test_limits__time_runs__one_reminder_before_and_one_after(vessel: Vessel) -> None:
    issue = given(vessel, {"within_hours": 24}, {"within_hours": 24}, {}, joined=dt.timedelta())
    start = issue.joined_at
    assert task_limits.next_reminder(vessel.ctx, start) == start + 6 * HOUR
    task_limits.remind(vessel.ctx)
    assert vessel.told("task_limit") == []
    vessel.clock.set(start + 6 * HOUR)
    for _round in range(2):
        task_limits.remind(vessel.ctx)
    (soon,) = vessel.told("task_limit")
    assert soon.params["hours"] == 24
    assert soon.due_at <= start + 18 * HOUR
    assert task_limits.next_reminder(vessel.ctx, vessel.ctx.now()) == start + 24 * HOUR
    vessel.clock.set(start + 25 * HOUR)
    for _round in range(2):
        task_limits.remind(vessel.ctx)
    assert (len(vessel.told("task_limit")), len(vessel.told("task_late"))) == (1, 1)
    row = do_all(vessel, issue)[0]
    own = vessel.as_person(vessel.officer)
    assert [task.late for task in cards.card(own, issue.id).tasks] == [True, True, False]
    signing.refuse(vessel.as_person(vessel.boss), row.id, "Again, please.")
    assert cards.card(own, issue.id).tasks[0].late


def test_limits__long_outage__says_only_what_is_of_use(vessel: Vessel) -> None:
    issue = given(vessel, {"within_hours": 4}, joined=dt.timedelta())
    vessel.clock.set(issue.joined_at + 30 * HOUR)
    task_limits.remind(vessel.ctx)
    assert (vessel.told("task_limit"), len(vessel.told("task_late"))) == ([], 1)
    late = given(vessel, {"within_hours": 4}, joined=dt.timedelta())
    vessel.clock.set(late.joined_at + 60 * HOUR)
    task_limits.remind(vessel.ctx)
    assert len(vessel.told("task_late")) == 1


def test_signers__of_several_tasks__are_told_once(vessel: Vessel) -> None:
    issue = given(vessel)
    own = vessel.as_person(vessel.officer)
    first, second = (task.item_id for task in cards.card(own, issue.id).tasks)
    doing.done(own, issue.id, first)
    vessel.clock.advance(minutes=10)
    doing.done(own, issue.id, second)
    one, other = vessel.told("tasks_to_sign")
    assert one.due_at == other.due_at == vessel.ctx.now() + dt.timedelta(minutes=5)


def test_newcomer__to_a_post_with_a_book__is_given_it_and_loses_it_on_leaving_the_post(
    vessel: Vessel,
) -> None:
    book = vessel.book(positions=["Boarding Officer"])
    policy.change(vessel.ctx, "go_live", "2026-01-01")
    newcomer = vessel.person("New", position="boarding officer", supervisor_id=vessel.boss.id)
    newcomer.in_post_since = vessel.ctx.today()
    old_hand = vessel.person("Old", position="Boarding Officer")
    old_hand.in_post_since = vessel.ctx.today() - dt.timedelta(days=90)
    for _round in range(2):
        leavers.changed(vessel.as_person(vessel.desk), [newcomer.id, old_hand.id], [])
        joining.welcome(vessel.ctx)
    (issue,) = vessel.session.exec(select(TaskBookIssue)).all()
    assert (issue.person_id, issue.book_id, issue.issued_by) == (newcomer.id, book.id, None)
    newcomer.position = "Clerk"
    leavers.changed(vessel.as_person(vessel.desk), [newcomer.id], [])
    assert issue.state is BookState.ENDED


def test_newcomer__whose_first_day_is_to_come__is_given_the_book_that_morning(
    vessel: Vessel,
) -> None:
    vessel.book(positions=["Mate"])
    policy.change(vessel.ctx, "go_live", "2026-01-01")
    newcomer = vessel.person("New", position="Mate", timezone="Asia/Phnom_Penh")
    newcomer.in_post_since = vessel.ctx.today() + dt.timedelta(days=3)
    leavers.joined(vessel.ctx, [newcomer.id])
    assert vessel.session.exec(select(TaskBookIssue)).all() == []
    morning = joining.next_beginning(vessel.ctx, vessel.ctx.now())
    assert morning == dt.datetime.combine(newcomer.in_post_since, dt.time(1), dt.UTC)
    vessel.clock.set(morning + 2 * HOUR)
    joining.welcome(vessel.ctx)
    (issue,) = vessel.session.exec(select(TaskBookIssue)).all()
    assert issue.joined_at == morning


def test_way_back_to_the_book__is_offered_after_its_task_only(vessel: Vessel) -> None:
    issue = given(vessel)
    own = vessel.as_person(vessel.officer)
    assert doing.just_worked_in(own) is None
    do_all(vessel, issue)
    assert doing.just_worked_in(own) == issue.id
    assert doing.just_worked_in(vessel.as_person(vessel.boss)) is None
    audit.record(own, "something.else")
    assert doing.just_worked_in(own) is None
    vessel.clock.advance(minutes=5)
    first, _second = (task.item_id for task in cards.card(own, issue.id).tasks)
    doing.take_back(own, issue.id, first)
    assert doing.just_worked_in(own) is None
    doing.done(own, issue.id, first)
    vessel.clock.advance(minutes=5)
    assert doing.just_worked_in(own) is None


def test_leaver__has_nothing_to_do_any_more(vessel: Vessel) -> None:
    issue = given(vessel)
    leavers.left(vessel.ctx, [vessel.officer.id])
    assert issue.state is BookState.ENDED


def test_erasure__of_the_officer_or_the_signer__takes_the_words(vessel: Vessel) -> None:
    issue = given(vessel)
    own = vessel.as_person(vessel.officer)
    first, second = (task.item_id for task in cards.card(own, issue.id).tasks)
    row = doing.done(own, issue.id, first, Evidence("My note"))
    signing.refuse(vessel.as_person(vessel.boss), row.id, "My reason")
    keeping.forget_words(vessel.session, vessel.boss.id)
    vessel.session.refresh(row)
    assert (row.note, row.words) == ("My note", "")
    keeping.forget_words(vessel.session, vessel.officer.id)
    vessel.session.refresh(row)
    assert row.note == ""
    assert second
