"""Sheets for those who carry a message, or invites, to people whom the bot does not reach.

One sheet for each messenger: made in a short transaction, typeset outside any, told in another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from bot import audit
from bot.campaigns import unreached
from bot.campaigns.audiences import clauses, saved
from bot.campaigns.audiences.counting import Reached
from bot.campaigns.audiences.telling import MESSENGER_SHEET, MESSENGERS_TOLD
from bot.campaigns.unreached import Gap
from bot.context import Actor, Ctx
from bot.delivery import outbox
from bot.errors import Refusal
from bot.i18n import _, render
from bot.models.system import Blob
from bot.people import directory, invites
from bot.people.accounts import of_person
from bot.reports.messenger_pdf import Carried, messenger_sheet
from bot.work.queue import Job, Workshop, worker

KIND = "messenger_sheets"


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What goes on the sheet of one messenger, in the language they read."""

    people: tuple[Carried, ...]
    language: str


@worker(KIND)
def make(workshop: Workshop, job: Job) -> None:
    """Send the messengers of audience `audience`, or of message `broadcast`, their sheets.

    People whom nobody can reach go on a sheet for whoever asked. Refuses where everybody can be
    reached, and a message that is withdrawn, before each sheet; one that is withdrawn while its
    sheet waits to be sent keeps it from going. A worker that takes it up
    again passes over who has been told.
    """
    with workshop.database.transaction(readonly=True) as session:
        ctx = _acting(workshop, job, session)
        gaps = _gaps(ctx, job)
    if not gaps:
        raise Refusal(_("Everybody can be reached by now."))
    groups = unreached.by_messenger(gaps)
    for messenger_id, group in groups.items():
        _send_sheet(workshop, job, messenger_id, group)
    with workshop.database.transaction() as session:
        alone = len(groups.get(None, ()))
        messengers = len([one for one in groups if one is not None])
        params = {"people": len(gaps), "messengers": messengers, "alone": alone}
        assert job.requested_by is not None, "only a person asks for sheets"
        ctx = _acting(workshop, job, session)
        outbox.tell(ctx, MESSENGERS_TOLD, job.requested_by, params, key=job.key)


def _acting(workshop: Workshop, job: Job, session: Session) -> Ctx:
    actor = Actor(person_id=job.requested_by, zone=workshop.settings.timezone)
    return Ctx(session, workshop.clock, actor, workshop.settings)


def _gaps(ctx: Ctx, job: Job) -> list[Gap]:
    if "broadcast" in job.params:
        return unreached.of_broadcast(ctx, job.params["broadcast"])
    card = saved.card(ctx, job.params["audience"])
    return unreached.of_audience(ctx, clauses.read(card.rule))


def _texts(ctx: Ctx, job: Job) -> Mapping[str, str]:
    if "broadcast" not in job.params:
        return {}
    return dict(unreached.carried(ctx, job.params["broadcast"]).texts)


def _send_sheet(
    workshop: Workshop, job: Job, messenger_id: int | None, group: Sequence[Gap]
) -> None:
    reader_id = messenger_id or job.requested_by
    assert reader_id is not None, "only a person asks for sheets"
    key = f"{job.key}:{messenger_id or 'alone'}"
    with workshop.database.transaction() as session:
        ctx = _acting(workshop, job, session)
        if outbox.is_told(ctx, key):
            return
        texts = _texts(ctx, job)
        sheet = _prepare(ctx, reader_id, group)
    made_at = workshop.clock.now()
    content = messenger_sheet(sheet.people, texts, sheet.language, made_at)
    with workshop.database.transaction() as session:
        ctx = _acting(workshop, job, session)
        blob = Blob(
            name=invites.SHEET_NAME, mime="application/pdf", content=content, made_at=made_at
        )
        ctx.session.add(blob)
        ctx.session.flush()
        params = {
            "blob": blob.id,
            "people": len(group),
            "message": bool(texts),
            "broadcast": job.params.get("broadcast"),
        }
        outbox.tell(ctx, MESSENGER_SHEET, reader_id, params, key=key)


def _prepare(ctx: Ctx, reader_id: int, group: Sequence[Gap]) -> _Sheet:
    """Make an invite for whoever has no account; those who blocked the bot need none."""
    reader = directory.row(ctx.session, reader_id)
    language = directory.language_of(reader, of_person(ctx, reader_id), ctx.settings)
    unlinked = [one.person_id for one in group if one.reached is not Reached.BLOCKED]
    links = {one.person_id: one.link for one in invites.make(ctx, unlinked)}
    chat = invites.chat_link(ctx.session)
    cards = directory.cards(ctx.session, [one.person_id for one in group])
    audit.record(ctx, "messenger.sheet_made", "person", reader_id, people=len(group))
    people = tuple(
        Carried(
            name=render(card.name, language),
            staff_no=card.staff_no,
            office=card.unit,
            link=links.get(card.id, chat),
            has_account=card.id not in links,
        )
        for card in cards
    )
    return _Sheet(people, language)
