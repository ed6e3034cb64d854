"""Certificates as PDF: read in a short transaction, typeset outside any, sent from another."""

from __future__ import annotations

from bot.context import Actor, Ctx
from bot.delivery import outbox
from bot.errors import Refusal
from bot.i18n import _
from bot.models.system import Blob
from bot.reports import certificate_pdf
from bot.training import certificate_cards
from bot.training.certificates import CERTIFICATE_READY
from bot.work.queue import Job, Workshop, worker
from bot.work.telling import CERTIFICATE_AGAIN, CERTIFICATES_PRINTED


@worker("certificate")
def make(workshop: Workshop, job: Job) -> None:
    """Make certificate `certificate` and send it to its owner, whoever asked."""
    about = job.params["certificate"]
    with workshop.database.transaction(readonly=True) as session:
        ctx = Ctx(session, workshop.clock, Actor(person_id=job.requested_by), workshop.settings)
        owner = certificate_cards.card(ctx, about).person_id
        found = certificate_cards.printed(ctx, [about])
    content = certificate_pdf.certificates(found, workshop.clock.now())
    with workshop.database.transaction() as session:
        ctx = Ctx(session, workshop.clock, Actor(person_id=job.requested_by), workshop.settings)
        blob_id = _keep(ctx, f"certificate-{found[0].number}.pdf", content)
        params = {"certificate": about, "blob": blob_id}
        kind = CERTIFICATE_AGAIN if owner == job.requested_by else CERTIFICATE_READY
        outbox.tell(ctx, kind, owner, params, key=job.key)


@worker("class_certificates")
def make_all(workshop: Workshop, job: Job) -> None:
    """Make all valid certificates of class `class` as one file for who asked.

    Refuses a class without any.
    """
    assert job.requested_by is not None, "only a person asks for them"
    actor = Actor(person_id=job.requested_by)
    with workshop.database.transaction(readonly=True) as session:
        ctx = Ctx(session, workshop.clock, actor, workshop.settings)
        cards = certificate_cards.of_class(ctx, job.params["class"])
        valid = [one.id for one in cards if one.revoked_at is None]
        if not valid:
            raise Refusal(_("This class has no certificates."))
        code = cards[0].class_code
        found = certificate_cards.printed(ctx, valid)
    content = certificate_pdf.certificates(found, workshop.clock.now())
    with workshop.database.transaction() as session:
        ctx = Ctx(session, workshop.clock, actor, workshop.settings)
        blob_id = _keep(ctx, f"certificates-{code}.pdf", content)
        params = {"class": job.params["class"], "blob": blob_id, "count": len(valid)}
        outbox.tell(ctx, CERTIFICATES_PRINTED, job.requested_by, params, key=job.key)


def _keep(ctx: Ctx, name: str, content: bytes) -> int:
    blob = Blob(name=name, mime="application/pdf", content=content, made_at=ctx.now())
    ctx.session.add(blob)
    ctx.session.flush()
    assert blob.id is not None
    return blob.id
