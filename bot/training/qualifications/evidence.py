"""Certificates from elsewhere that officers send as pictures: confirmed or refused by the unit."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import func, select

from bot import audit
from bot.context import Ctx
from bot.delivery import outbox
from bot.delivery.outbox import NoticeKind
from bot.errors import Refusal
from bot.i18n import _
from bot.models.delivery import Urgency
from bot.models.people import Person
from bot.models.qualifications import Evidence, EvidenceState
from bot.models.records import TrainingRecord
from bot.people import access, sent_files
from bot.people.access import OutOfReach
from bot.people.access_table import Action
from bot.training import course_fields
from bot.training.qualifications import afterwards, evidence_records, own_certificates
from bot.training.qualifications.evidence_records import ConfirmedAs

USEFUL = dt.timedelta(days=30)
MOST_WAITING = 10
LONGEST_REASON = 500
ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".heic", ".pdf")
GONE = _("This certificate is not there any more.")
DECIDED = _("This certificate has been decided about already.")

EVIDENCE_SENT = outbox.declare(
    NoticeKind("evidence_sent", Urgency.ORDINARY, USEFUL, merge="evidence")
)
EVIDENCE_DECIDED = outbox.declare(NoticeKind("evidence_decided", Urgency.ORDINARY, USEFUL))
EVIDENCE_PICTURE = outbox.declare(
    NoticeKind("evidence_picture", Urgency.NOW, dt.timedelta(hours=1), repeats=True)
)


def receive(ctx: Ctx, blob_id: int | None, name: str) -> int:
    """A picture or file has come in for this; its id.

    Refuses what could not be fetched, and files that are no picture of a certificate.
    """
    require_room(ctx)
    if blob_id is None:
        raise Refusal(_("This file could not be fetched. Files up to 20 MB can be taken."))
    if not name.lower().endswith(ENDINGS):
        raise Refusal(_("This kind of file cannot be taken."))
    sent_files.take(ctx, blob_id)
    return blob_id


def send(ctx: Ctx, blob_id: int, title: str, completed_on: dt.date, *, is_photo: bool) -> Evidence:
    """Put a certificate before the training unit, which is told; of its only member, before the
    executives and HR.

    Refuses a file that is not the actor's own, a day to come, and one too many at once.
    """
    access.require(ctx, Action.USE_DESK)
    require_room(ctx)
    person = ctx.session.get_one(Person, ctx.actor.person_id)
    row = Evidence(
        person_id=person.id,
        blob_id=sent_files.require_own(ctx, blob_id),
        is_photo=is_photo,
        title=_title(title),
        completed_on=evidence_records.past(ctx, completed_on),
        sent_at=ctx.now(),
    )
    ctx.session.add(row)
    ctx.session.flush()
    audit.record(ctx, "evidence.sent", "evidence", row.id)
    for member in own_certificates.deciders(ctx.session, person):
        key = f"evidence:{row.id}:{row.sent_at:%Y%m%dT%H%M%S}:{member}"
        outbox.tell(ctx, EVIDENCE_SENT, member, {"evidence": row.id}, key=key)
    return row


def take_back(ctx: Ctx, evidence_id: int) -> None:
    """Who sent it does not want it confirmed after all; refuses what is decided already."""
    row = _held(ctx, evidence_id)
    if row.person_id != ctx.actor.person_id:
        raise OutOfReach(Action.USE_DESK, evidence_id, "evidence", GONE)
    _require_waiting(row)
    audit.record(ctx, "evidence.taken_back", "evidence", row.id)
    ctx.session.delete(row)
    ctx.session.flush()


def confirm(ctx: Ctx, evidence_id: int, as_what: ConfirmedAs) -> Evidence:
    """The certificate counts from now on; who sent it is told, and may have earned something.

    Refuses who may not decide about its owner, and what is decided already.
    """
    row = require_decidable(ctx, evidence_id)
    record = evidence_records.keep(ctx, row.person_id, as_what)
    row.record_id = record.id
    _decide(ctx, row, EvidenceState.CONFIRMED)
    afterwards.completions_changed(ctx, [row.person_id])
    return row


def refuse(ctx: Ctx, evidence_id: int, reason: str) -> Evidence:
    """The certificate does not count, or not after all; who sent it is told why.

    What was earned with one that had been confirmed is withdrawn; a record that was there before
    it stays.
    """
    row = require_refusable(ctx, evidence_id)
    row.reason = _reason(reason)
    record = ctx.session.get(TrainingRecord, row.record_id) if row.record_id else None
    row.record_id = None
    _decide(ctx, row, EvidenceState.REFUSED)
    if record is not None and evidence_records.drop(ctx, record):
        afterwards.completions_changed(ctx, [row.person_id])
    return row


def ask_for_picture(ctx: Ctx, evidence_id: int) -> None:
    """Have the picture sent to the actor: a member of the unit, or who sent it.

    Refuses where the file is gone.
    """
    row = require_readable(ctx, evidence_id)
    if not evidence_records.has_file(ctx, row.blob_id):
        raise Refusal(_("The picture is kept no longer. Ask the officer to send it again."))
    reader = ctx.actor.person_id
    assert reader is not None
    key = f"evidence_picture:{row.id}:{reader}:{ctx.now():%Y%m%d%H%M}"
    outbox.tell(ctx, EVIDENCE_PICTURE, reader, {"evidence": row.id, "blob": row.blob_id}, key=key)


def require_readable(ctx: Ctx, evidence_id: int) -> Evidence:
    """The row, for who sent it and for the members of the unit who may decide about them."""
    row = ctx.session.get(Evidence, evidence_id)
    if row is None:
        raise Refusal(GONE)
    if row.person_id != ctx.actor.person_id:
        access.require(ctx, Action.CONFIRM_EVIDENCE, row.person_id)
    return row


def require_decidable(ctx: Ctx, evidence_id: int) -> Evidence:
    """The row, held, for who may decide about it now."""
    row = _for_unit(ctx, evidence_id)
    _require_waiting(row)
    return row


def require_refusable(ctx: Ctx, evidence_id: int) -> Evidence:
    """The row, held, for who may say that it does not count: it waits, or is confirmed."""
    row = _for_unit(ctx, evidence_id)
    if row.state is EvidenceState.REFUSED:
        raise Refusal(DECIDED)
    return row


def require_room(ctx: Ctx) -> None:
    """Refuse where many of the actor's certificates wait already."""
    waiting = select(func.count()).where(
        Evidence.person_id == ctx.actor.person_id, Evidence.state == EvidenceState.SENT
    )
    if ctx.session.execute(waiting).scalar_one() >= MOST_WAITING:
        raise Refusal(
            _(
                "{count} of your certificates still wait for the training unit. Please wait for "
                "those first.",
                count=MOST_WAITING,
            )
        )


def _for_unit(ctx: Ctx, evidence_id: int) -> Evidence:
    row = _held(ctx, evidence_id)
    access.require(ctx, Action.CONFIRM_EVIDENCE, row.person_id)
    if row.person_id == ctx.actor.person_id:
        _require_left_alone(ctx, row)
    return row


def _require_left_alone(ctx: Ctx, row: Evidence) -> None:
    """Refuse to decide about one's own, unless there is nobody else; the audit keeps that."""
    person = ctx.session.get_one(Person, row.person_id)
    if own_certificates.deciders(ctx.session, person):
        raise Refusal(_("Somebody else has to decide about your own certificate."))


def _held(ctx: Ctx, evidence_id: int) -> Evidence:
    row = ctx.session.get(Evidence, evidence_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise Refusal(GONE)
    return row


def _require_waiting(row: Evidence) -> None:
    if row.state is not EvidenceState.SENT:
        raise Refusal(DECIDED)


def _decide(ctx: Ctx, row: Evidence, state: EvidenceState) -> None:
    row.state, row.decided_by, row.decided_at = state, ctx.actor.person_id, ctx.now()
    ctx.session.flush()
    is_own = row.person_id == row.decided_by
    audit.record(ctx, f"evidence.{state}", "evidence", row.id, own=is_own)
    key = f"evidence_decided:{row.id}:{state}"
    params = {"evidence": row.id, "state": state}
    outbox.tell(ctx, EVIDENCE_DECIDED, row.person_id, params, key=key)


def _title(typed: str) -> str:
    title = course_fields.line(typed)
    if not title:
        raise Refusal(_("There are no words in it. Please type it again."))
    return title


def _reason(typed: str) -> str:
    reason = typed.strip()
    if not 0 < len(reason) <= LONGEST_REASON:
        raise Refusal(_("Give a reason of at most {count} characters.", count=LONGEST_REASON))
    return reason
