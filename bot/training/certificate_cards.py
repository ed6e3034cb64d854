"""Certificates as they are shown and printed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import aliased

from bot.context import Ctx
from bot.i18n import Text, Texts, Words, _
from bot.models.people import Person
from bot.models.records import Certificate
from bot.models.training import Course, Enrolment, TrainingClass
from bot.people import invites
from bot.people.access import OutOfReach
from bot.people.access_table import Action
from bot.people.directory import names_of
from bot.training import certificate_names, class_reach, keeping
from bot.training.catalogue import title_of
from bot.training.certificate_names import ENGLISH
from bot.training.certificates import NOT_COMPLETED, valid_of
from bot.training.verification import PREFIX, spelled

RULES: Mapping[str, Text] = {NOT_COMPLETED: _("The course was not completed after all.")}


@dataclass(frozen=True, slots=True)
class CertificateCard:
    """A certificate as its owner and the training unit see it."""

    id: int
    class_id: int
    class_code: str
    person_id: int
    name: Texts
    title: Texts
    number: str
    code: str
    issued_on: dt.date
    revoked_at: dt.datetime | None
    revoked_why: str
    replaced: bool

    @property
    def revoked_words(self) -> Words:
        """Why it is revoked, in the reader's language where it was a rule that did it."""
        return RULES.get(self.revoked_why, self.revoked_why)


@dataclass(frozen=True, slots=True)
class Printed:
    """What stands on the paper: `local` is its language beside English."""

    number: str
    code: str
    link: str
    local: str
    rank: str
    name_local: str
    name_english: str
    title: Texts
    first: dt.date
    last: dt.date
    hours: float | None
    place: str
    issued_on: dt.date


def own(ctx: Ctx, certificate_id: int) -> CertificateCard:
    """The actor's own certificate; refuses all others alike."""
    found = ctx.session.execute(_query().where(Certificate.id == certificate_id)).first()
    if found is None or found[1].person_id != ctx.actor.person_id:
        raise OutOfReach(Action.USE_DESK, certificate_id, "certificate")
    return _card(ctx, *found)


def valid_id(ctx: Ctx, enrolment_id: int | None) -> int | None:
    """Which certificate of an enrolment counts; whose it is has been asked before."""
    found = valid_of(ctx, enrolment_id) if enrolment_id is not None else None
    return found.id if found is not None else None


def kept(ctx: Ctx, certificate_id: int) -> CertificateCard:
    """A certificate of a class that the actor keeps; refuses all others alike."""
    found = ctx.session.execute(_query().where(Certificate.id == certificate_id)).first()
    if found is None:
        raise OutOfReach(Action.KEEP_CLASS, certificate_id, "certificate", class_reach.NOT_YOURS)
    class_reach.require_keeper(ctx, found[2].id)
    keeping.require_about(ctx, found[1])
    return _card(ctx, *found)


def card(ctx: Ctx, certificate_id: int) -> CertificateCard:
    """A certificate for its notice; an unknown id is a bug."""
    return _card(ctx, *ctx.session.execute(_query().where(Certificate.id == certificate_id)).one())


def of_class(ctx: Ctx, class_id: int) -> list[CertificateCard]:
    """All certificates of a class, by name; replaced ones are left out.

    Refuses classes that are not the actor's.
    """
    class_reach.require_keeper(ctx, class_id)
    allowed = {row.id for row, _person in keeping.held_by(ctx, class_id)}
    rows = ctx.session.execute(
        _query()
        .where(TrainingClass.id == class_id, ~_is_replaced())
        .order_by(Person.full_name, Certificate.id)
    )
    return [_card(ctx, *found) for found in rows if found[1].id in allowed]


def printed(ctx: Ctx, certificate_ids: Sequence[int]) -> list[Printed]:
    """What stands on these certificates, in this order, with names as they are now.

    Refuses before the bot was ever run: the code to scan needs its name.
    """
    rows = ctx.session.execute(_query().where(Certificate.id.in_(certificate_ids)))
    found = {row[0].id: _printed(ctx, *row) for row in rows}
    return [found[one] for one in certificate_ids]


def _query() -> Select[Certificate, Enrolment, TrainingClass, Course, Person]:
    return (
        select(Certificate, Enrolment, TrainingClass, Course, Person)
        .join(Enrolment, Enrolment.id == Certificate.enrolment_id)
        .join(TrainingClass, TrainingClass.id == Enrolment.class_id)
        .join(Course, Course.id == TrainingClass.course_id)
        .join(Person, Person.id == Enrolment.person_id)
    )


def _is_replaced() -> ColumnElement[bool]:
    later = aliased(Certificate)
    return exists().where(later.replaces_id == Certificate.id)


def _card(
    ctx: Ctx,
    certificate: Certificate,
    row: Enrolment,
    held: TrainingClass,
    course: Course,
    person: Person,
) -> CertificateCard:
    later = select(Certificate.id).where(Certificate.replaces_id == certificate.id)
    assert certificate.id is not None
    assert held.id is not None
    return CertificateCard(
        id=certificate.id,
        class_id=held.id,
        class_code=held.code,
        person_id=row.person_id,
        name=names_of(person),
        title=title_of(course),
        number=certificate.number,
        code=spelled(certificate.code),
        issued_on=certificate.issued_on,
        revoked_at=certificate.revoked_at,
        revoked_why=certificate.revoked_why,
        replaced=ctx.session.execute(later).first() is not None,
    )


def _printed(
    ctx: Ctx,
    certificate: Certificate,
    row: Enrolment,
    held: TrainingClass,
    course: Course,
    person: Person,
) -> Printed:
    local = certificate_names.local_language(ctx, held, person)
    last = row.completed_on or certificate.issued_on
    return Printed(
        number=certificate.number,
        code=spelled(certificate.code),
        link=invites.link(ctx.session, f"{PREFIX}{certificate.code}"),
        local=local,
        rank=person.rank,
        name_local=certificate_names.name_in(person, local),
        name_english=certificate_names.name_in(person, ENGLISH),
        title=title_of(course),
        first=held.starts_on or last,
        last=last,
        hours=course.hours,
        place=held.place,
        issued_on=certificate.issued_on,
    )
