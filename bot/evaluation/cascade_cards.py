"""What is to be passed on, as small frozen cards: for the officer, and who leads them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, or_, select

from bot.calendar import local_date
from bot.context import Ctx
from bot.errors import Refusal
from bot.evaluation import cascade
from bot.evaluation.task_books import signers
from bot.i18n import Moment, Text, Texts, Words, _
from bot.models.on_the_job import CascadeDuty, Signer
from bot.models.people import Person
from bot.models.training import Course, Enrolment, TrainingClass
from bot.people import access, directory, reach
from bot.people.access_table import Action
from bot.people.directory import PersonCard
from bot.people.mydata import Fact, section
from bot.training import catalogue


class Standing(StrEnum):
    TO_DO = "to do"
    OVERDUE = "overdue"
    REPORTED = "reported"
    DOUBTED = "doubted"
    CONFIRMED = "confirmed"


STANDING_WORDS: Mapping[Standing, Text] = {
    Standing.TO_DO: _("to be passed on"),
    Standing.OVERDUE: _("overdue"),
    Standing.REPORTED: _("reported, to be confirmed"),
    Standing.DOUBTED: _("not confirmed"),
    Standing.CONFIRMED: _("confirmed"),
}


@dataclass(frozen=True, slots=True)
class DutyCard:
    """One duty: of which course, by when, what was reported, and how it stands."""

    id: int
    person: PersonCard
    course: Texts
    class_code: str
    due_on: dt.date
    standing: Standing
    held_on: dt.date | None
    attended: int | None
    report: str
    doubt: str

    @property
    def is_due(self) -> bool:
        """Whether the officer has to report, for the first time or again."""
        return self.standing in (Standing.TO_DO, Standing.OVERDUE, Standing.DOUBTED)


def mine(ctx: Ctx) -> list[DutyCard]:
    """The actor's own duties, what is to be done first."""
    access.require(ctx, Action.USE_DESK)
    return _cards(ctx, CascadeDuty.person_id == ctx.actor.person_id)


def of_team(ctx: Ctx) -> list[DutyCard]:
    """The duties of the people within reach that nobody has confirmed, what is overdue first."""
    access.require(ctx, Action.SIGN_TASKS)
    within = select(Person.id).where(reach.within(ctx, Action.SIGN_TASKS), Person.active)
    found = _cards(ctx, CascadeDuty.confirmed_at.is_(None) & CascadeDuty.person_id.in_(within))
    return sorted(found, key=lambda one: (one.standing is not Standing.OVERDUE, one.due_on))


def waiting(ctx: Ctx) -> list[DutyCard]:
    """What was reported and waits for the actor to confirm it, the oldest first."""
    return [facts(ctx, row) for row in _waiting(ctx)]


def count_waiting(ctx: Ctx) -> int:
    """How much that is."""
    return len(_waiting(ctx))


def _waiting(ctx: Ctx) -> list[CascadeDuty]:
    near = or_(signers.led_from_afar(ctx), reach.within(ctx, Action.CONFIRM_EVIDENCE))
    people = select(Person.id).where(near, Person.active, Person.id != ctx.actor.person_id)
    rows = ctx.session.scalars(
        select(CascadeDuty)
        .where(
            CascadeDuty.reported_at.is_not(None),
            CascadeDuty.confirmed_at.is_(None),
            CascadeDuty.doubt == "",
            CascadeDuty.person_id.in_(people),
        )
        .order_by(CascadeDuty.due_on, CascadeDuty.id)
    ).all()
    own, today = ctx.actor.person_id, ctx.today()
    return [
        row
        for row in rows
        if own in signers.of(ctx.session, row.person_id, Signer.SUPERVISOR, today)
    ]


def card(ctx: Ctx, duty_id: int) -> DutyCard:
    """One duty, for who has it and for who may confirm it."""
    row = ctx.session.get(CascadeDuty, duty_id)
    if row is None:
        raise Refusal(cascade.GONE)
    own = row.person_id == ctx.actor.person_id
    if not own and not signers.may_sign(ctx, row.person_id, Signer.SUPERVISOR):
        raise access.OutOfReach(Action.SIGN_TASKS, row.person_id)
    return facts(ctx, row)


def facts(ctx: Ctx, row: CascadeDuty) -> DutyCard:
    """One duty, for notices that are told to who may read it."""
    enrolment = ctx.session.get_one(Enrolment, row.enrolment_id)
    held = ctx.session.get_one(TrainingClass, enrolment.class_id)
    assert row.id is not None
    return DutyCard(
        row.id,
        directory.card(ctx.session, row.person_id),
        catalogue.title_of(ctx.session.get_one(Course, held.course_id)),
        held.code,
        row.due_on,
        _standing(ctx, row),
        row.held_on,
        row.attended,
        row.report,
        row.doubt,
    )


@section("cascade", _("What you are to pass on"), 57)
def kept(ctx: Ctx, person_id: int) -> tuple[tuple[Fact, ...], Words]:
    """Every duty of the person with what they reported."""
    facts_of = [
        _fact(ctx, row)
        for row in ctx.session.scalars(
            select(CascadeDuty)
            .where(CascadeDuty.person_id == person_id)
            .order_by(CascadeDuty.id.desc())
        )
    ]
    return tuple(facts_of), ""


def _fact(ctx: Ctx, row: CascadeDuty) -> Fact:
    card = facts(ctx, row)
    said: Words = STANDING_WORDS[card.standing]
    for words in (row.report, row.doubt):
        if words:
            said = _("{what}. {words}", what=said, words=words)
    if row.reported_at is not None:
        moment = Moment(row.reported_at, ctx.actor.zone)
        said = _("{what} ({moment})", what=said, moment=moment)
    return Fact(card.course, said)


def _cards(ctx: Ctx, which: ColumnElement[bool]) -> list[DutyCard]:
    rows = ctx.session.scalars(
        select(CascadeDuty).where(which).order_by(CascadeDuty.due_on, CascadeDuty.id)
    ).all()
    found = [facts(ctx, row) for row in rows]
    return sorted(found, key=lambda one: one.standing is Standing.CONFIRMED)


def _standing(ctx: Ctx, row: CascadeDuty) -> Standing:
    if row.confirmed_at is not None:
        return Standing.CONFIRMED
    if row.doubt:
        return Standing.DOUBTED
    if row.reported_at is not None:
        return Standing.REPORTED
    person = ctx.session.get_one(Person, row.person_id)
    today = local_date(ctx.now(), directory.zone_of(person, ctx.settings))
    return Standing.OVERDUE if row.due_on < today else Standing.TO_DO
