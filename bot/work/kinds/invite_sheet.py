"""A sheet of invites for one office: made in a short transaction, typeset outside any."""

from __future__ import annotations

from bot import audit
from bot.context import Actor, Ctx
from bot.delivery import outbox
from bot.i18n import render
from bot.models.system import Blob
from bot.people import directory, invites
from bot.people.accounts import of_person
from bot.people.invites import FreshInvite
from bot.reports import pdf
from bot.work.queue import Job, Workshop, worker


@worker("invite_sheet")
def make(workshop: Workshop, job: Job) -> None:
    """Invite everybody of office `unit` who has no account, and send who asked the sheet.

    Refuses an office in which everybody is linked by now. If the process is killed
    half-way the sheet is made anew, and with it invites that replace the lost ones.
    """
    assert job.requested_by is not None, "only a person asks for a sheet"
    actor = Actor(person_id=job.requested_by)
    with workshop.database.transaction() as session:
        ctx = Ctx(session, workshop.clock, actor, workshop.settings)
        language = _language(ctx, job.requested_by)
        office = directory.office(session, job.params["unit"])
        made = invites.make_for_office(ctx, office.id)
        audit.record(ctx, "invite.sheet_made", "unit", office.id, people=len(made))
    content = pdf.invite_sheet(office.name, _cards(made, language), language, workshop.clock.now())
    with workshop.database.transaction() as session:
        ctx = Ctx(session, workshop.clock, actor, workshop.settings)
        _send(ctx, job, content, len(made))


def _cards(made: list[FreshInvite], language: str) -> list[pdf.Invite]:
    return [pdf.Invite(render(one.name, language), one.staff_no, one.link) for one in made]


def _send(ctx: Ctx, job: Job, content: bytes, count: int) -> None:
    blob = Blob(
        name=invites.SHEET_NAME, mime="application/pdf", content=content, made_at=ctx.now()
    )
    ctx.session.add(blob)
    ctx.session.flush()
    params = {"blob": blob.id, "unit": job.params["unit"], "count": count}
    assert job.requested_by is not None
    outbox.tell(ctx, invites.INVITE_SHEET_READY, job.requested_by, params, key=job.key)


def _language(ctx: Ctx, person_id: int) -> str:
    person = directory.row(ctx.session, person_id)
    return directory.language_of(person, of_person(ctx, person_id), ctx.settings)
