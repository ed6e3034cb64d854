"""What was reported about an officer: read by the officer, who may reply once.

Others who read it are the one who wrote it, the officer's supervisor, and the training unit.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, or_, select

from bot import audit
from bot.context import Ctx
from bot.delivery import outbox
from bot.delivery.outbox import NoticeKind
from bot.errors import Refusal
from bot.evaluation.follow_ups import REPORTS
from bot.evaluation.stages import STAGES
from bot.forms import engine, service, versions
from bot.forms.engine import State
from bot.forms.question_types.contract import type_of
from bot.forms.question_types.sent import name_of as name_of_file
from bot.forms.service import Submission, on_submit
from bot.i18n import Text, Texts, _, _n
from bot.models.delivery import Urgency
from bot.models.evaluation import Assignment, FollowUpReply
from bot.models.forms import Response
from bot.models.people import Person, Role
from bot.models.training import Course, TrainingClass
from bot.people import access, directory
from bot.people.access import OutOfReach
from bot.people.access_table import Action
from bot.training import catalogue

REPLY = "reply_follow_up"
LONGEST_REPLY = 1000
FOLLOW_UP_REPLIED = outbox.declare(
    NoticeKind("follow_up_replied", Urgency.ORDINARY, useful_for=dt.timedelta(days=30))
)
NOT_YOURS = _("This report is about somebody else, or it is not there any more.")
STAGE_NAMES = tuple(stage.name for stage in REPORTS)


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One report in a list; `read` and `replied` are by the officer."""

    response_id: int
    title: Text
    course: Texts
    class_code: str
    by: Texts
    about: Texts
    at: dt.datetime
    read: bool
    replied: bool


@dataclass(frozen=True, slots=True)
class Report:
    """One report whole: questions with their answers as words, and the officer's reply."""

    line: ReportLine
    about_id: int
    answers: tuple[tuple[Texts, str], ...]
    reply: str
    replied_at: dt.datetime | None


def about_me(ctx: Ctx) -> list[ReportLine]:
    """What was reported about the actor, the newest first."""
    return [_line(ctx, *row) for row in ctx.session.execute(_about(ctx.actor.person_id))]


def about(ctx: Ctx, person_id: int) -> list[ReportLine]:
    """What was reported about somebody; refuses readers out of whose reach they are."""
    access.require(ctx, Action.READ_FOLLOW_UPS, person_id)
    return [_line(ctx, *row) for row in ctx.session.execute(_about(person_id))]


def unread(ctx: Ctx) -> int:
    """How many reports about the actor they have not opened."""
    query = select(func.count()).select_from(_about(ctx.actor.person_id).subquery())
    opened = select(func.count()).where(FollowUpReply.person_id == ctx.actor.person_id)
    total = int(ctx.session.execute(query).scalar_one())
    return total - int(ctx.session.execute(opened).scalar_one())


def read(ctx: Ctx, response_id: int) -> Report:
    """One report, for the officer and those who may read it; that the officer did is kept."""
    found = _report(ctx, response_id)
    if found.about_id != ctx.actor.person_id:
        audit.record(ctx, "follow_up.read", "person", found.about_id, response=response_id)
    elif not found.line.read:
        row = FollowUpReply(response_id=response_id, person_id=found.about_id, read_at=ctx.now())
        ctx.session.add(row)
        ctx.session.flush()
    return found


def of(ctx: Ctx, response_id: int) -> Report | None:
    """One report for who has been asked about already; None if it is gone."""
    row = ctx.session.execute(_query().where(Response.id == response_id)).first()
    return _whole(ctx, *row) if row is not None else None


def require_replies(ctx: Ctx, response_id: int) -> Report:
    """The report, if the actor is the officer and has not replied yet; refuses all else."""
    found = _report(ctx, response_id)
    if found.about_id != ctx.actor.person_id:
        raise OutOfReach(Action.USE_DESK, response_id, "response", NOT_YOURS)
    if found.replied_at is not None:
        raise Refusal(_("You have replied to this already. A reply cannot be changed."))
    return found


@on_submit(REPLY, "reply")
def reply(ctx: Ctx, submission: Submission) -> Text:
    """Keep the officer's reply; who reported and the training unit are told.

    Refuses whom the report is not about, a second reply, and an endless one.
    """
    response_id = int(submission.purpose["response"])
    found = require_replies(ctx, response_id)
    words = str(submission.answers["reply"]).strip()
    if not 0 < len(words) <= LONGEST_REPLY:
        raise Refusal(
            _n(
                "Write a reply of at most {count} character.",
                "Write a reply of at most {count} characters.",
                LONGEST_REPLY,
            )
        )
    row = ctx.session.get(FollowUpReply, response_id) or FollowUpReply(
        response_id=response_id, person_id=found.about_id, read_at=ctx.now()
    )
    row.reply, row.replied_at = words, ctx.now()
    ctx.session.add(row)
    ctx.session.flush()
    audit.record(ctx, "follow_up.replied", "person", found.about_id, response=response_id)
    for person_id in _told(ctx, response_id, found.about_id):
        key = f"{person_id}:follow_up_replied:{response_id}"
        outbox.tell(ctx, FOLLOW_UP_REPLIED, person_id, {"response": response_id}, key=key)
    return _("Your reply is kept with the report. Who reported and the training unit are told.")


def _told(ctx: Ctx, response_id: int, about_id: int) -> Iterator[int]:
    """Who wrote the report, and the members of the unit in whose part the officer serves."""
    writer = ctx.session.get_one(Response, response_id).person_id
    officer = ctx.session.get_one(Person, about_id)
    members = access.people_with(ctx.session, Role.UNIT, officer.unit_id)
    for person_id in dict.fromkeys((writer, *members)):
        if person_id is not None and person_id != about_id:
            yield person_id


def _report(ctx: Ctx, response_id: int) -> Report:
    row = ctx.session.execute(_query().where(Response.id == response_id)).first()
    if row is None:
        raise Refusal(NOT_YOURS)
    response = row[0]
    own = ctx.actor.person_id in (response.about_id, response.person_id)
    if not own and not access.may_about(ctx, Action.READ_FOLLOW_UPS, response.about_id):
        raise OutOfReach(Action.READ_FOLLOW_UPS, response.about_id, "person", NOT_YOURS)
    return _whole(ctx, *row)


def _query() -> Select[Response, Assignment, TrainingClass, Course, FollowUpReply]:
    return (
        select(Response, Assignment, TrainingClass, Course, FollowUpReply)
        .join(Assignment, Assignment.id == Response.assignment_id)
        .join(TrainingClass, TrainingClass.id == Response.class_id)
        .join(Course, Course.id == TrainingClass.course_id)
        .outerjoin(FollowUpReply, FollowUpReply.response_id == Response.id)
        .where(
            Assignment.stage.in_(STAGE_NAMES),
            Response.about_id.is_not(None),
            or_(Response.person_id.is_(None), Response.person_id != Response.about_id),
        )
    )


def _about(
    person_id: int | None,
) -> Select[Response, Assignment, TrainingClass, Course, FollowUpReply]:
    newest = (Response.submitted_at.desc(), Response.id.desc())
    return _query().where(Response.about_id == person_id).order_by(*newest)


def _line(
    ctx: Ctx,
    response: Response,
    assignment: Assignment,
    held: TrainingClass,
    course: Course,
    reply: FollowUpReply | None,
) -> ReportLine:
    assert response.id is not None
    assert response.about_id is not None
    nobody = Texts.of({"en": "—"})
    writer = response.person_id
    return ReportLine(
        response_id=response.id,
        title=STAGES[assignment.stage].title,
        course=catalogue.title_of(course),
        class_code=held.code,
        by=directory.name_of(ctx.session, writer) if writer is not None else nobody,
        about=directory.name_of(ctx.session, response.about_id),
        at=response.submitted_at,
        read=reply is not None,
        replied=reply is not None and reply.replied_at is not None,
    )


def _whole(
    ctx: Ctx,
    response: Response,
    assignment: Assignment,
    held: TrainingClass,
    course: Course,
    reply: FollowUpReply | None,
) -> Report:
    line = _line(ctx, response, assignment, held, course, reply)
    assert response.about_id is not None
    return Report(
        line,
        response.about_id,
        tuple((label, words) for _name, label, words in in_words(ctx, response)),
        reply.reply if reply is not None else "",
        reply.replied_at if reply is not None else None,
    )


def in_words(ctx: Ctx, response: Response) -> Sequence[tuple[str, Texts, str]]:
    """Every question that was answered: name, label, and the answer as the actor reads it."""
    form = versions.definition(ctx, response.version_id)
    state, now = State(answers=response.answers), service.moment(ctx)
    said = []
    for question in form.questions:
        kind = type_of(question)
        value = response.answers.get(question.name)
        if value is None or not kind.asked or not kind.takes_answer:
            continue
        shown = name_of_file(str(value)) if kind.takes_file else ""
        label = engine.wording(form, state, question.label, now)
        said.append((question.name, label, shown or kind.format(value, question, ctx.language)))
    return said
