"""Learning on the job in one part: task books at every stage, a check sheet with its rounds, what
is to be passed on.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from sqlmodel import select

from bot.calendar import DAY
from bot.context import Ctx
from bot.evaluation.asking import Asked, ask
from bot.evaluation.check_sheets import levels, rounds, sheets
from bot.evaluation.stages import CHECK_SHEET, CHECK_SHEET_FINAL
from bot.forms import versions
from bot.models.evaluation import Assignment, AssignmentState
from bot.models.forms import Response
from bot.models.on_the_job import (
    BookState,
    CareerStage,
    CascadeDuty,
    CheckRound,
    CheckSheet,
    Signer,
    TaskBook,
    TaskBookIssue,
    TaskItem,
    TaskSignature,
    TaskState,
)
from bot.models.system import Blob
from bot.models.training import Enrolment

BOOKS = {
    "officer1": BookState.OPEN,
    "officer2": BookState.SUBMITTED,
    "officer3": BookState.RETURNED,
    "officer4": BookState.ACCEPTED,
}


def learn_on_the_job(
    ctx: Ctx, mark: str, people: Mapping[str, int], office_id: int, class_id: int
) -> None:
    """Everything of one part; what its people wrote holds the mark, books are the same for all."""
    _give_books(ctx, mark, people)
    _rate(ctx, people, office_id)
    _pass_on(ctx, mark, people, class_id)


def _give_books(ctx: Ctx, mark: str, people: Mapping[str, int]) -> None:
    book = TaskBook(code=f"BOOK-{people['officer1']}", title="Book of all")
    ctx.session.add(book)
    ctx.session.flush()
    assert book.id is not None
    items = [
        TaskItem(book_id=book.id, place=place, task=f"Task {place}", signer=signer)
        for place, signer in enumerate((Signer.SUPERVISOR, Signer.SUPERIOR, Signer.UNIT), 1)
    ]
    ctx.session.add_all(items)
    ctx.session.flush()
    for key, state in BOOKS.items():
        issue = TaskBookIssue(
            book_id=book.id,
            person_id=people[key],
            joined_at=ctx.now() - dt.timedelta(hours=2),
            issued_by=people["unit"],
            issued_at=ctx.now(),
            state=state,
            submitted_at=None if state is BookState.OPEN else ctx.now(),
        )
        ctx.session.add(issue)
        ctx.session.flush()
        for item in items[:2] if state is BookState.OPEN else items:
            _do(ctx, mark, issue, item)
    _all_signed(ctx, mark, people)


def _all_signed(ctx: Ctx, mark: str, people: Mapping[str, int]) -> None:
    """A short book that can be handed in."""
    book = TaskBook(code=f"SHORT-{people['officer1']}", title="Short book of all")
    ctx.session.add(book)
    ctx.session.flush()
    assert book.id is not None
    item = TaskItem(book_id=book.id, place=1, task="One task")
    issue = TaskBookIssue(
        book_id=book.id,
        person_id=people["officer1"],
        joined_at=ctx.now(),
        issued_at=ctx.now(),
    )
    ctx.session.add_all([item, issue])
    ctx.session.flush()
    _do(ctx, mark, issue, item, TaskState.SIGNED)


def _do(
    ctx: Ctx,
    mark: str,
    issue: TaskBookIssue,
    item: TaskItem,
    state: TaskState = TaskState.ASKED,
) -> None:
    photo = Blob(
        name=f"{mark}.jpg", content=b"a photo", made_at=ctx.now(), owner_id=issue.person_id
    )
    ctx.session.add(photo)
    ctx.session.flush()
    is_signed = state is TaskState.SIGNED or issue.state is not BookState.OPEN
    assert issue.id is not None
    assert item.id is not None
    ctx.session.add(
        TaskSignature(
            issue_id=issue.id,
            item_id=item.id,
            state=TaskState.SIGNED if is_signed else TaskState.ASKED,
            asked_at=ctx.now(),
            note=f"Done in {mark}",
            blob_id=photo.id,
        )
    )
    ctx.session.flush()


def _rate(ctx: Ctx, people: Mapping[str, int], office_id: int) -> None:
    """One round is over, one is open and one is to come."""
    sheet = CheckSheet(
        form=sheets.LIBRARY, unit_id=office_id, career_stage=CareerStage.AFTER_SECOND_YEAR
    )
    ctx.session.add(sheet)
    ctx.session.flush()
    assert sheet.id is not None
    for days in (-60, -3, 60):
        opens = ctx.today() + days * DAY
        row = CheckRound(sheet_id=sheet.id, opens_on=opens, closes_on=opens + 10 * DAY)
        row.final = days == -60
        ctx.session.add(row)
        ctx.session.flush()
        if days > 0:
            continue
        for key in ("officer1", "officer2"):
            given = _ask(ctx, row, people[key], None)
            if row.final:
                _answer(ctx, given)
        if row.final:
            _answer(ctx, _ask(ctx, row, people["chief"], people["officer1"]))
            _ask(ctx, row, people["chief"], people["officer2"])


def _ask(ctx: Ctx, row: CheckRound, person_id: int, about: int | None) -> Assignment:
    stage = CHECK_SHEET if about is None else CHECK_SHEET_FINAL
    subject = rounds.subject(row.id) if about is None else rounds.judged_subject(row.id, about)
    closes_at = ctx.now() + dt.timedelta(days=7)
    one = Asked(person_id, subject, row.opens_on, closes_at, about_id=about, form=sheets.LIBRARY)
    (given,) = ask(ctx, stage, [one])
    return given


def _answer(ctx: Ctx, given: Assignment) -> None:
    version_id = versions.current_version(ctx, given.form)
    items = levels.items_of(versions.definition(ctx, version_id))
    given.state = AssignmentState.ANSWERED
    ctx.session.add(
        Response(
            version_id=version_id,
            assignment_id=given.id,
            person_id=given.person_id,
            about_id=given.about_id,
            answers=dict.fromkeys((item.name for item in items), "3"),
            submitted_at=ctx.now(),
        )
    )
    ctx.session.flush()


def _pass_on(ctx: Ctx, mark: str, people: Mapping[str, int], class_id: int) -> None:
    """One officer has still to report, one has reported."""
    for key in ("officer1", "officer2"):
        enrolment = ctx.session.exec(
            select(Enrolment).where(
                Enrolment.class_id == class_id, Enrolment.person_id == people[key]
            )
        ).one()
        assert enrolment.id is not None
        duty = CascadeDuty(
            enrolment_id=enrolment.id, person_id=people[key], due_on=ctx.today() + 7 * DAY
        )
        if key == "officer2":
            duty.held_on, duty.attended = ctx.today(), 4
            duty.report, duty.reported_at = f"Told in {mark}", ctx.now()
        ctx.session.add(duty)
    ctx.session.flush()
