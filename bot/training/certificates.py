"""Certificates: issued when their conditions hold, issued anew, revoked.

The paper itself is made by a higher room, which registers here and is asked for each one.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable, Sequence
from typing import TypeAlias

from sqlalchemy import exists, func, select

from bot import audit
from bot.calendar import local_date
from bot.context import Ctx
from bot.delivery import outbox
from bot.delivery.outbox import NoticeKind
from bot.errors import Refusal
from bot.forms.service import Submission, on_submit
from bot.i18n import Text, Words, _
from bot.models.delivery import Urgency
from bot.models.records import Certificate
from bot.models.system import Instance
from bot.models.training import Course, Enrolment, EnrolmentState, TrainingClass
from bot.people.access import OutOfReach
from bot.people.access_table import Action
from bot.training import class_reach, keeping
from bot.training.schedule import zone_of

Condition: TypeAlias = Callable[[Ctx, Enrolment], Words | None]
"""None where the condition holds, else the sentence that says what is missing."""
Maker: TypeAlias = Callable[[Ctx, Certificate], None]

CERTIFICATE_READY = outbox.declare(NoticeKind("certificate_ready", Urgency.ORDINARY, repeats=True))
CERTIFICATE_REVOKED = outbox.declare(NoticeKind("certificate_revoked", Urgency.ORDINARY))
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 12
MOST_AT_ONCE = 100
HELD_BACK_FOR = dt.timedelta(days=90)
NOT_COMPLETED = "the course was not completed after all"
CONDITIONS: dict[str, Condition] = {}
MAKERS: list[Maker] = []


def condition(name: str) -> Callable[[Condition], Condition]:
    """Let a higher room hold certificates back; refuses a second condition of the name."""

    def keep(function: Condition) -> Condition:
        if name in CONDITIONS:
            raise ValueError(f"certificate condition {name} is registered twice")
        CONDITIONS[name] = function
        return function

    return keep


def made_by(maker: Maker) -> Maker:
    """Register what makes the paper and sends it to its owner; refuses a second maker."""
    if MAKERS:
        raise ValueError("certificates have a maker already")
    MAKERS.append(maker)
    return maker


def lacking(ctx: Ctx, row: Enrolment) -> tuple[Words, ...]:
    """What still holds the certificate of a completed enrolment back."""
    found = (asked(ctx, row) for asked in CONDITIONS.values())
    return tuple(sentence for sentence in found if sentence is not None)


def valid_of(ctx: Ctx, enrolment_id: int | None) -> Certificate | None:
    """The certificate of an enrolment that counts."""
    return ctx.session.scalars(
        select(Certificate)
        .where(Certificate.enrolment_id == enrolment_id, Certificate.revoked_at.is_(None))
        .order_by(Certificate.id.desc())
    ).first()


def issue_all(
    ctx: Ctx,
    held: TrainingClass,
    rows: Sequence[Enrolment],
    replaces: Certificate | None = None,
) -> None:
    """Give those who have no valid certificate of this class one, and have it made.

    Who is completed and lacks nothing has been asked before.
    """
    valid = Certificate.enrolment_id.in_([row.id for row in rows])
    query = select(Certificate.enrolment_id).where(valid, Certificate.revoked_at.is_(None))
    known = set(ctx.session.scalars(query))
    missing = [row for row in rows if row.id not in known]
    if not missing:
        return
    today = local_date(ctx.now(), zone_of(held, ctx.settings.timezone))
    first = _next_number(ctx, today.year)
    made = [
        Certificate(
            number=f"{today.year}-{number:04d}",
            code="".join(secrets.choice(ALPHABET) for _place in range(CODE_LENGTH)),
            enrolment_id=row.id,
            issued_on=today,
            issued_by=ctx.actor.person_id,
            replaces_id=replaces.id if replaces else None,
        )
        for number, row in enumerate(missing, first)
    ]
    ctx.session.add_all(made)
    ctx.session.flush()
    for one in made:
        audit.record(ctx, "certificate.issued", "certificate", one.id, number=one.number)
        make(ctx, one)


def make(ctx: Ctx, certificate: Certificate) -> None:
    """Have the paper made and sent to its owner."""
    for maker in MAKERS:
        maker(ctx, certificate)


def issue_due(ctx: Ctx) -> None:
    """Issue what was held back and is not any more; never anew what was revoked."""
    rows = ctx.session.scalars(
        select(Enrolment)
        .join(TrainingClass, TrainingClass.id == Enrolment.class_id)
        .join(Course, Course.id == TrainingClass.course_id)
        .where(
            TrainingClass.closed_at > ctx.now() - HELD_BACK_FOR,
            Course.has_certificate,
            Enrolment.state == EnrolmentState.COMPLETED,
            ~exists().where(Certificate.enrolment_id == Enrolment.id),
        )
        .order_by(Enrolment.person_id)
    )
    ready = [row for row in rows if not lacking(ctx, row)]
    for row in ready[:MOST_AT_ONCE]:
        issue_all(ctx, ctx.session.get_one(TrainingClass, row.class_id), [row])


def reissue(ctx: Ctx, certificate_id: int, reason: str) -> Certificate:
    """Revoke a certificate and issue another in its place, with names as they stand now.

    Refuses one that is revoked, and people and classes out of reach.
    """
    old, row = _to_decide(ctx, certificate_id)
    _withdraw(ctx, old, reason)
    issue_all(ctx, ctx.session.get_one(TrainingClass, row.class_id), [row], old)
    made = valid_of(ctx, row.id)
    assert made is not None, "it has just been issued"
    return made


def revoke(ctx: Ctx, certificate_id: int, reason: str) -> Certificate:
    """Declare a certificate not valid; its owner is told. Refuses as `reissue` does."""
    certificate, row = _to_decide(ctx, certificate_id)
    _revoke(ctx, certificate, row, reason)
    return certificate


def revoke_by_rule(ctx: Ctx, rows: Sequence[Enrolment]) -> None:
    """Revoke what these have, because the course is not completed after all; they are told."""
    by_id = {row.id: row for row in rows}
    found = ctx.session.scalars(
        select(Certificate).where(
            Certificate.enrolment_id.in_(by_id), Certificate.revoked_at.is_(None)
        )
    ).all()
    for certificate in found:
        _revoke(ctx, certificate, by_id[certificate.enrolment_id], NOT_COMPLETED)


def _revoke(ctx: Ctx, certificate: Certificate, row: Enrolment, reason: str) -> None:
    _withdraw(ctx, certificate, reason)
    key = f"certificate:{certificate.id}:revoked"
    params = {"certificate": certificate.id}
    outbox.tell(ctx, CERTIFICATE_REVOKED, row.person_id, params, key=key)


def _withdraw(ctx: Ctx, certificate: Certificate, reason: str) -> None:
    certificate.revoked_at, certificate.revoked_why = ctx.now(), reason
    ctx.session.flush()
    audit.record(ctx, "certificate.revoked", "certificate", certificate.id, reason=reason)


def to_decide(ctx: Ctx, certificate_id: int) -> Certificate:
    """A valid certificate that the actor may revoke; refuses all others."""
    return _to_decide(ctx, certificate_id)[0]


@on_submit("certificate_reason", "reason")
def submit_reason(ctx: Ctx, submission: Submission) -> Text:
    """Revoke or issue anew, with the reason that was typed."""
    about, reason = submission.purpose["certificate_id"], submission.answers["reason"]
    if submission.purpose["act"] == "revoke":
        number = revoke(ctx, about, reason).number
        return _("Certificate {number} is revoked.", number=number)
    number = reissue(ctx, about, reason).number
    return _("Certificate {number} was issued instead.", number=number)


def _to_decide(ctx: Ctx, certificate_id: int) -> tuple[Certificate, Enrolment]:
    certificate = ctx.session.get(Certificate, certificate_id)
    if certificate is None:
        raise OutOfReach(Action.EDIT_CLASSES, certificate_id, "certificate", class_reach.NOT_YOURS)
    row = keeping.row(ctx, certificate.enrolment_id)
    class_reach.require_editor(ctx, row.class_id)
    keeping.require_about(ctx, row)
    if certificate.revoked_at is not None:
        raise Refusal(_("This certificate is revoked already."))
    return certificate, row


def _next_number(ctx: Ctx, year: int) -> int:
    """The next number of a year, such as the 7 of 2026-0007; nobody else gives one before the
    commit.
    """
    ctx.session.get(Instance, 1, with_for_update=True)
    number = Certificate.number
    last = ctx.session.scalars(
        select(number)
        .where(number.startswith(f"{year}-"))
        .order_by(func.length(number).desc(), number.desc())
        .limit(1)
    ).first()
    return int(last.partition("-")[2]) + 1 if last else 1
