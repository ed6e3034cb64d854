"""How an enrolment came to stand as it does: every step, who took it, by which rule, and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import Moment, Text, Texts, Words, _, _n
from bot.models.approvals import Approval, Decision
from bot.models.training import Course, Enrolment, EnrolmentChange, EnrolmentState, TrainingClass
from bot.people import access, directory
from bot.people.access import OutOfReach
from bot.people.access_table import Action
from bot.training import catalogue, class_reach, lots, parties, reasons, seats
from bot.training.enrolments import STATE_WORDS
from bot.training.states import Act
from bot.training.step_words import RULES, SAYS_STATE, STEPS

S = EnrolmentState
NOT_YOURS = _("This is not about you, or it is not there any more.")
ASKING = frozenset({Act.REQUEST, Act.NOMINATE, Act.RESTORE, Act.ORDER})
"""Acts after which somebody is asked to decide."""


@dataclass(frozen=True, slots=True)
class Story:
    """One enrolment as a list of sentences in the order of time; `now` explains the state."""

    enrolment_id: int
    class_id: int
    person_id: int
    code: str
    title: Texts
    name: Texts
    state: EnrolmentState
    steps: tuple[Words, ...]
    now: tuple[Words, ...]


def story(ctx: Ctx, enrolment_id: int) -> Story:
    """How an enrolment came about, for the officer, for who decides and for who keeps the class.

    Refuses all others alike. Who acted is named where that is no secret: see `parties`.
    """
    row = ctx.session.get(Enrolment, enrolment_id)
    if row is None or not _may_read(ctx, row):
        raise OutOfReach(Action.USE_DESK, enrolment_id, "enrolment", NOT_YOURS)
    held = ctx.session.get_one(TrainingClass, row.class_id)
    course = ctx.session.get_one(Course, held.course_id)
    return Story(
        enrolment_id=enrolment_id,
        class_id=row.class_id,
        person_id=row.person_id,
        code=held.code,
        title=catalogue.title_of(course),
        name=directory.name_of(ctx.session, row.person_id),
        state=row.state,
        steps=_steps(ctx, row),
        now=_explained(ctx, held, row),
    )


def told(ctx: Ctx, staff_no: str, class_code: str = "") -> list[Words]:
    """The stories about somebody as lines, all of them or that of one class.

    Refuses a staff number or class code that is not there, and where there is nothing to tell.
    """
    person_id = directory.find_staff_no(ctx.session, staff_no)
    if person_id is None:
        raise Refusal(_("Nobody has the staff number {number}.", number=staff_no))
    query = select(Enrolment.id).where(Enrolment.person_id == person_id).order_by(Enrolment.id)
    if class_code:
        held = select(TrainingClass.id).where(TrainingClass.code == class_code)
        query = query.where(Enrolment.class_id.in_(held))
    ids = ctx.session.scalars(query).all()
    if not ids:
        raise Refusal(_("Nothing is known of {number} in such a class.", number=staff_no))
    stories = [lines(ctx, story(ctx, one)) for one in ids if one is not None]
    return [line for one in stories for line in ("", *one)][1:]


def lines(ctx: Ctx, about: Story) -> list[Words]:
    """A story as lines to be shown; others than the officer read the name, too."""
    found: list[Words] = [_("{course}, class {code}", course=about.title, code=about.code)]
    if about.person_id != ctx.actor.person_id:
        found.append(about.name)
    found += ["", *(_("• {one}", one=step) for step in about.steps)]
    if not about.steps:
        found.append(_("No step was written down: it was there before the desk kept them."))
    return [*found, "", _("Now: {state}", state=STATE_WORDS[about.state]), *about.now]


def _may_read(ctx: Ctx, row: Enrolment) -> bool:
    if ctx.actor.is_system or row.person_id == ctx.actor.person_id:
        return True
    deciding = (Action.DECIDE, Action.OVERRULE)
    if any(access.may_about(ctx, action, row.person_id) for action in deciding):
        return True
    if parties.was_asked(ctx, row):
        return True
    return class_reach.is_own(ctx, row.class_id)


def _required_before(ctx: Ctx, row: Enrolment) -> int:
    count = select(func.count()).where(
        Enrolment.class_id == row.class_id, Enrolment.state == S.APPROVED, Enrolment.required
    )
    return int(ctx.session.execute(count).scalar_one())


def _steps(ctx: Ctx, row: Enrolment) -> tuple[Words, ...]:
    """What was done and whom it was put to, in the order in which it happened."""
    changes = ctx.session.scalars(
        select(EnrolmentChange)
        .where(EnrolmentChange.enrolment_id == row.id)
        .order_by(EnrolmentChange.at, EnrolmentChange.id)
    ).all()
    approvals = ctx.session.scalars(
        select(Approval).where(Approval.enrolment_id == row.id).order_by(Approval.id)
    ).all()
    found = [
        (change.at, float(place), _step(ctx, row, change)) for place, change in enumerate(changes)
    ]
    for approval in approvals:
        place = _place_of_asking(changes, approval)
        if not _is_asked_on(approval, approvals):
            found.append((approval.asked_at, place, _asked(ctx, approval)))
        if approval.decision is Decision.ASKED_BACK and approval.ended_at and approval.decided_at:
            found.append((approval.decided_at, place, _asked_back(ctx, approval)))
        if approval.level:
            found.append((approval.passed_on_at, place, _passed_on(ctx, approval)))
    return tuple(sentence for *_when, sentence in sorted(found, key=lambda one: one[:2]))


def _place_of_asking(changes: Sequence[EnrolmentChange], approval: Approval) -> float:
    """After the step that led to asking, also where all happened in one moment."""
    before = [
        place
        for place, change in enumerate(changes)
        if change.at <= approval.asked_at and change.act in ASKING
    ]
    return max(before, default=len(changes)) + 0.5


def _step(ctx: Ctx, row: Enrolment, change: EnrolmentChange) -> Words:
    """When, what, who or by which rule, and the reason that was given."""
    what: Text | str = STEPS.get(change.act, change.act)
    if change.act in SAYS_STATE:
        what = _("{step}: {state}", step=what, state=STATE_WORDS[S(change.new)])
    if change.rule:
        by: Words = _("by rule: {rule}", rule=RULES.get(change.rule, change.rule))
    else:
        by = parties.actor_of(ctx, row, change)
    moment = Moment(change.at, ctx.actor.zone)
    line = _("{moment}: {what} ({by})", moment=moment, what=what, by=by)
    details = [*_details(ctx, row, change)]
    if change.reason:
        details.append(_("Reason: {reason}", reason=reasons.shown(change.reason)))
    return _with(line, details)


def _details(ctx: Ctx, row: Enrolment, change: EnrolmentChange) -> list[Words]:
    found: list[Words] = []
    if number := change.details.get("order"):
        found.append(_("Order number {number}", number=str(number)))
    if change.act == Act.DRAW:
        found.append(lots.lot_words(change))
    approval = parties.decision_behind(ctx, row, change)
    if approval is not None and approval.letter.get("number"):
        number, day = approval.letter["number"], dt.date.fromisoformat(approval.letter["date"])
        found.append(_("From signed letter {number} of {date}", number=number, date=day))
    return found


def _asked(ctx: Ctx, approval: Approval) -> Words:
    moment = Moment(approval.asked_at, ctx.actor.zone)
    if approval.level:
        return _("{moment}: the supervisor was asked to decide", moment=moment)
    return _("{moment}: {who} was asked to decide", moment=moment,
             who=parties.approver_of(ctx, approval))  # fmt: skip


def _is_asked_on(approval: Approval, approvals: Sequence[Approval]) -> bool:
    """Whether it goes on with a request after a question was asked back."""
    return any(
        (one.id or 0) < (approval.id or 0) and one.asked_at == approval.asked_at
        for one in approvals
    )


def _asked_back(ctx: Ctx, approval: Approval) -> Words:
    assert approval.decided_at is not None
    moment = Moment(approval.decided_at, ctx.actor.zone)
    return _("{moment}: asked back before deciding: {question}", moment=moment,
             question=approval.reason)  # fmt: skip


def _passed_on(ctx: Ctx, approval: Approval) -> Words:
    return _("{moment}: nobody had decided, and {who} was asked",
             moment=Moment(approval.passed_on_at, ctx.actor.zone),
             who=parties.approver_of(ctx, approval))  # fmt: skip


def _with(line: Words, details: list[Words]) -> Words:
    for detail in details:
        line = _("{line}. {detail}", line=line, detail=detail)
    return line


def _explained(ctx: Ctx, held: TrainingClass, row: Enrolment) -> tuple[Words, ...]:
    if row.state is S.APPROVED:
        return _on_wait_list(ctx, held, row)
    if row.state is S.REQUESTED:
        return (
            _("It waits for a decision. Approval comes before seats: a free seat alone does not "
              "give a place."),
        )  # fmt: skip
    if row.state is S.INTERESTED:
        return (_("The class has no dates yet. Whoever is interested is told when it has."),)
    if row.state is S.NOMINATED:
        return (_("The training unit decides about those who were nominated."),)
    return ()


def _on_wait_list(ctx: Ctx, held: TrainingClass, row: Enrolment) -> tuple[Words, ...]:
    """Place, seats, the order, and what put this person at that place."""
    found: list[Words] = [
        _("Place on the wait list: {place}.", place=seats.place_of(ctx.session, row)),
        _(
            "Seats of the class: {seats}, taken: {taken}.",
            seats=held.seats,
            taken=seats.taken(ctx.session, row.class_id),
        ),
        _order_of_seats(ctx, row),
    ]
    if row.required:
        found.append(_("This training is required for this person."))
    elif ordered := _required_before(ctx, row):
        found.append(
            _n(
                "{count} with required training stands before.",
                "{count} with required training stand before.",
                ordered,
            )
        )
    if row.lot:
        found.append(_("The lot of this person is {lot}.", lot=row.lot))
    if row.approved_at is not None:
        approved = Moment(row.approved_at, ctx.actor.zone)
        found.append(_("The time of approval is {moment}.", moment=approved))
    return tuple(found)


def _order_of_seats(ctx: Ctx, row: Enrolment) -> Words:
    drawn = lots.drawn_at(ctx.session, row.class_id)
    if drawn is None:
        return _("A free seat goes to required training first, then by the time of approval.")
    return _(
        "Lots were drawn {moment}. A free seat goes to required training first, then by lot, "
        "then by the time of approval.",
        moment=Moment(drawn, ctx.actor.zone),
    )
