"""What the lossy phone's administration has of training management: a class to come, one that is
closed, requests, a round of nominations, the catalogue.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from sqlmodel import select

from bot.context import Actor, Ctx
from bot.models.approvals import Approval, Decision
from bot.models.records import Certificate, Program
from bot.models.training import Course, Enrolment, EnrolmentState, Entry, TrainingClass
from bot.people import directory
from bot.training import approvals, decisions, enrolling, nomination_lists, quotas, rounds

SPEAKER, DECIDER, ASKING, ELSEWHERE, ORDERED, NAMED = (
    "1001", "1002", "1003", "1004", "1005", "1006",
)  # fmt: skip
SUPERVISORS = {SPEAKER: DECIDER, ASKING: SPEAKER, ORDERED: SPEAKER, ELSEWHERE: DECIDER}
COURSE = "Harmonized System"
NUMBER = "2026-0001"
ASKED_BACK = "Who does your work meanwhile?"
DEADLINE = dt.timedelta(days=60)


def entries(ctx: Ctx, people: Mapping[str, int], held: int, office: str) -> dict[str, str]:
    """Put it into the database; the data of the button that leads to each form.

    `held` is a class that has been held, by the speaker, and is not closed yet.
    """
    planned, called = _to_come(ctx, "VAL-2", held, 120), _to_come(ctx, "VAL-3", held, 90)
    return {
        **_of_the_catalogue(ctx),
        **_of_classes(ctx, people, held, planned),
        **_of_requests(ctx, people, planned),
        **_of_nominations(ctx, people, called, office),
        "name_deputy": "depnew",
        "name_deputy_for": "depfor",
    }


def _of_the_catalogue(ctx: Ctx) -> dict[str, str]:
    course = Course(code="HS", title=COURSE)
    program = Program(code="BASIC", title="Basic Training")
    ctx.session.add_all([course, program])
    ctx.session.flush()
    return {
        "new_course": "coursenew",
        "edit_course": f"courseedit:{course.id}",
        "add_equivalent": f"courseeqnew:{course.id}",
        "new_program": "courseprognew",
        "add_to_program": f"courseprogadd:{program.id}",
    }


def _of_classes(ctx: Ctx, people: Mapping[str, int], held: int, planned: int) -> dict[str, str]:
    closed, certificate = _closed(ctx, people, held)
    marked = enrolling.find(ctx, held, people[ORDERED])
    return {
        "copy_class": f"classcopy:{held}",
        "cancel_class": f"classoffyes:{planned}",
        "foreign_offer": f"classoffer:{planned}",
        "enter_marks": f"mark:{marked.id}",
        "reopen_class": f"closeback:{closed}",
        "certificate_reason": f"certact:{certificate}:0",
    }


def _closed(ctx: Ctx, people: Mapping[str, int], like: int) -> tuple[int, int]:
    """A class of last month that is closed, and a certificate that came of it; their ids."""
    day = ctx.today() - dt.timedelta(days=30)
    class_id = _class(ctx, "VAL-0", like, day)
    ctx.session.get_one(TrainingClass, class_id).closed_at = ctx.now()
    row = Enrolment(
        class_id=class_id,
        person_id=people[ORDERED],
        state=EnrolmentState.COMPLETED,
        changed_at=ctx.now(),
        completed_on=day,
    )
    ctx.session.add(row)
    ctx.session.flush()
    assert row.id is not None
    issued = Certificate(number=NUMBER, code="A-CODE", enrolment_id=row.id, issued_on=day)
    ctx.session.add(issued)
    ctx.session.flush()
    assert issued.id is not None
    return class_id, issued.id


def _of_requests(ctx: Ctx, people: Mapping[str, int], planned: int) -> dict[str, str]:
    """The speaker decides about one request and asked for a place; another waits elsewhere."""
    own, waiting, elsewhere = (
        _request(ctx, people[number], planned) for number in (SPEAKER, ASKING, ELSEWHERE)
    )
    # Whose phone is not linked yet is passed over; it will be.
    ctx.session.get_one(Approval, waiting).approver_id = people[SPEAKER]
    asked = approvals.decide(_as(ctx, people[DECIDER]), own, Decision.ASKED_BACK, ASKED_BACK)
    asked.effective_at = ctx.now()
    ctx.session.flush()
    decisions.settle(ctx)
    ordered = enrolling.order(ctx, planned, people[ORDERED], "12/2026")
    return {
        "withdraw": f"c:{planned}:out:other",
        "answer_approver": f"apanswer:{asked.id}",
        "decline_request": f"ap:{waiting}:no",
        "ask_officer": f"ap:{waiting}:ask",
        "decision_by_letter": f"apletter:{elsewhere}",
        "ask_postponement": f"apoff:{ordered.id}",
    }


def _request(ctx: Ctx, person_id: int, class_id: int) -> int:
    row = enrolling.request(_as(ctx, person_id), class_id)
    approval = ctx.session.exec(select(Approval).where(Approval.enrolment_id == row.id)).one()
    assert approval.id is not None
    return approval.id


def _of_nominations(
    ctx: Ctx, people: Mapping[str, int], class_id: int, office: str
) -> dict[str, str]:
    """A round in which one office has handed in its list."""
    ctx.session.get_one(TrainingClass, class_id).entry = Entry.NOMINATED
    unit = _as(ctx, people[SPEAKER])
    deadline = (ctx.today() + DEADLINE).isoformat()
    rounds.open_round(unit, class_id, {"deadline": deadline, "order_no": "17/2026"})
    part = directory.find_office(ctx.session, office)
    assert part is not None
    quota = quotas.set_quota(unit, class_id, part, 3)
    assert quota is not None
    nomination_lists.name(unit, quota.id, people[NAMED])
    nomination_lists.hand_in(unit, quota.id)
    named = enrolling.find(ctx, class_id, people[NAMED])
    return {
        "nomination_round": f"roundnew:{class_id}",
        "nomination_quota": f"roundset:{class_id}",
        "nomination_reason": f"roundno:{named.id}",
        "order_people": f"roundorder:{class_id}",
    }


def _to_come(ctx: Ctx, code: str, like: int, days: int) -> int:
    return _class(ctx, code, like, ctx.today() + dt.timedelta(days=days))


def _class(ctx: Ctx, code: str, like: int, day: dt.date) -> int:
    """A class of one day, of the course of another class; its id."""
    made = TrainingClass(
        code=code,
        course_id=ctx.session.get_one(TrainingClass, like).course_id,
        starts_on=day,
        ends_on=day,
        seats=20,
    )
    ctx.session.add(made)
    ctx.session.flush()
    assert made.id is not None
    return made.id


def _as(ctx: Ctx, person_id: int) -> Ctx:
    return replace(ctx, actor=Actor(person_id, zone=ctx.actor.zone))
