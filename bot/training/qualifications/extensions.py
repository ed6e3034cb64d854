"""More time for something that ends: asked for by its holder, decided by the supervisor.

Asking and deciding are entries of the audit; what was allowed stands with the qualification.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select

from bot import audit, policy
from bot.calendar import DAY, add_months, instant, local_date
from bot.context import Ctx
from bot.delivery import outbox
from bot.delivery.outbox import NoticeKind
from bot.errors import Refusal
from bot.i18n import _
from bot.models.delivery import Urgency
from bot.models.people import Person, Role
from bot.models.qualifications import Qualification
from bot.models.system import AuditEntry
from bot.people import access, own_days
from bot.people.access import OutOfReach
from bot.people.access_table import Action
from bot.training import approvers
from bot.training.qualifications import stages, validity
from bot.training.qualifications.telling import QUALIFICATION_ENDS
from bot.training.qualifications.validity import TOLD_LAPSED, Standing

EXTENSION_ASKED = outbox.declare(
    NoticeKind("extension_asked", Urgency.ORDINARY, merge="approvals", repeats=True)
)
EXTENSION_DECIDED = outbox.declare(NoticeKind("extension_decided", Urgency.ORDINARY, repeats=True))
ASKED, GRANTED, REFUSED = (
    "qualification.time_asked",
    "qualification.extended",
    "qualification.not_extended",
)
LONGEST_REASON = 500
MOST_MONTHS = 24
"""From the last day of validity on; no extension goes further."""
MORNING = dt.time(9)
GONE = _("This qualification is not there any more, or a newer one has taken its place.")


@dataclass(frozen=True, slots=True)
class Request:
    """That somebody asked for more time; `entry_id` is its entry in the audit."""

    entry_id: int
    reason: str
    at: dt.datetime


def ask(ctx: Ctx, qualification_id: int, reason: str) -> None:
    """Ask who decides about the actor for more time to renew what is theirs.

    Refuses what is not the actor's own or needs no more time yet, and a second request while one
    waits.
    """
    _hold(ctx, qualification_id)
    row = require_askable(ctx, qualification_id)
    audit.record(ctx, ASKED, "qualification", row.id, reason=_reason(reason))
    ctx.session.flush()
    request = open_request(ctx, qualification_id)
    assert request is not None, "it was just asked"
    for decider in _deciders(ctx, row.person_id):
        params = {"qualification": row.id, "entry": request.entry_id}
        key = f"qualification:{row.id}:asked:{request.entry_id}:{decider}"
        outbox.tell(ctx, EXTENSION_ASKED, decider, params, key=key)


def require_askable(ctx: Ctx, qualification_id: int) -> Qualification:
    """The actor's own qualification, if more time can be asked for; refuses as `ask` does."""
    access.require(ctx, Action.USE_DESK)
    row = _current(ctx, qualification_id)
    if row.person_id != ctx.actor.person_id:
        raise OutOfReach(Action.USE_DESK, qualification_id, "qualification", GONE)
    if _standing(ctx, row) is Standing.HOLDS:
        raise Refusal(
            _("More time can be asked for once the time to renew has begun: on {day}.",
              day=row.window_on)
            if row.window_on is not None
            else _("This qualification does not end.")
        )  # fmt: skip
    if open_request(ctx, qualification_id) is not None:
        raise Refusal(_("This is asked for already. Your supervisor decides."))
    if not _deciders(ctx, row.person_id):
        raise Refusal(_("Nobody who could decide is on Telegram. Speak with the training unit."))
    return row


def extend(ctx: Ctx, qualification_id: int, until: dt.date, reason: str) -> Qualification:
    """Allow the holder to renew until this day; they are told, and reminded before it.

    Refuses who does not decide about the holder, what does not end, a day that gives no more
    time than there is, and one more than `MOST_MONTHS` after the end.
    """
    _hold(ctx, qualification_id)
    row = require_decidable(ctx, qualification_id)
    last_day = validity.lapses_after(row, _return_days(ctx))
    assert last_day is not None, "only what ends is decided about"
    assert row.expires_on is not None, "only what ends is decided about"
    first = max(last_day, own_days.today_of(ctx, row.person_id))
    if until <= first:
        raise Refusal(_("Give a day after {day}.", day=first))
    latest = add_months(row.expires_on, MOST_MONTHS)
    if until > latest:
        raise Refusal(_("More time can be given until {day} at the latest.", day=latest))
    row.extended_until, row.extended_by = until, ctx.actor.person_id
    row.extended_why = _reason(reason)
    if row.told_stage == TOLD_LAPSED:
        row.told_stage = stages.LAST_DAY
    audit.record(
        ctx, GRANTED, "qualification", row.id, reason=row.extended_why, until=until.isoformat()
    )
    _tell_holder(ctx, row)
    _remind_before(ctx, row, until)
    return row


def refuse(ctx: Ctx, qualification_id: int, reason: str) -> Qualification:
    """No more time is allowed than there is; the holder is told why.

    Refuses who does not decide about the holder, and where nothing was asked for.
    """
    _hold(ctx, qualification_id)
    row = require_decidable(ctx, qualification_id)
    if open_request(ctx, qualification_id) is None:
        raise Refusal(_("Nobody waits for a decision about this any more."))
    audit.record(ctx, REFUSED, "qualification", row.id, reason=_reason(reason))
    _tell_holder(ctx, row)
    return row


def require_decidable(ctx: Ctx, qualification_id: int) -> Qualification:
    """The qualification, for who decides about its holder; refuses what does not end."""
    row = _current(ctx, qualification_id)
    if not decides(ctx, row.person_id):
        raise OutOfReach(Action.DECIDE, qualification_id, "qualification", access.NOT_ALLOWED)
    if row.expires_on is None:
        raise Refusal(_("This qualification does not end."))
    return row


def decides(ctx: Ctx, person_id: int) -> bool:
    """Whether the actor decides about this person's time: their supervisor on duty, who is next
    in line while that one cannot be reached, or the training unit.
    """
    if person_id == ctx.actor.person_id:
        return False
    if approvers.leads(ctx, person_id):
        return True
    return ctx.actor.person_id in approvers.line_of(ctx.session, person_id, ctx.today())[:1]


def open_request(ctx: Ctx, qualification_id: int) -> Request | None:
    """The request for more time that waits for a decision, if any."""
    last = ctx.session.scalars(
        select(AuditEntry)
        .where(
            AuditEntry.action.in_((ASKED, GRANTED, REFUSED)),
            AuditEntry.object_kind == "qualification",
            AuditEntry.object_id == qualification_id,
        )
        .order_by(AuditEntry.id.desc())
        .limit(1)
    ).first()
    if last is None or last.id is None or last.action != ASKED:
        return None
    return Request(last.id, last.reason, last.at)


def _tell_holder(ctx: Ctx, row: Qualification) -> None:
    ctx.session.flush()
    entry = ctx.session.scalars(
        select(AuditEntry.id)
        .where(
            AuditEntry.action.in_((GRANTED, REFUSED)),
            AuditEntry.object_kind == "qualification",
            AuditEntry.object_id == row.id,
        )
        .order_by(AuditEntry.id.desc())
        .limit(1)
    ).one()
    params = {"qualification": row.id, "entry": entry}
    key = f"qualification:{row.id}:decided:{entry}"
    outbox.tell(ctx, EXTENSION_DECIDED, row.person_id, params, key=key)


def _remind_before(ctx: Ctx, row: Qualification, until: dt.date) -> None:
    """One reminder on the last of the unit's days before it that comes after the regular ones."""
    zone = own_days.zone_of(ctx, row.person_id)
    today = local_date(ctx.now(), zone)
    days = policy.value(ctx.session, "qualification_days")
    first = max(today, row.expires_on or today)
    coming = [day for day in days if until - day * DAY > first]
    if coming:
        outbox.tell(
            ctx,
            QUALIFICATION_ENDS,
            row.person_id,
            {"qualification": row.id, "until": until.isoformat()},
            key=f"qualification:{row.id}:extended:{until.isoformat()}",
            due_at=instant(until - min(coming) * DAY, MORNING, zone),
            useful_until=instant(until + DAY, dt.time(0), zone),
        )


def _deciders(ctx: Ctx, person_id: int) -> list[int]:
    """The first in line, or the training unit where nobody is."""
    line = approvers.line_of(ctx.session, person_id, ctx.today())
    if line:
        return line[:1]
    unit_id = ctx.session.get_one(Person, person_id).unit_id
    unit = access.people_with(ctx.session, Role.UNIT, unit_id)
    return [member for member in unit if member != person_id]


def _hold(ctx: Ctx, qualification_id: int) -> None:
    """Keep others from asking and deciding about it meanwhile; screens only read."""
    ctx.session.get(Qualification, qualification_id, with_for_update=True, populate_existing=True)


def _current(ctx: Ctx, qualification_id: int) -> Qualification:
    row = ctx.session.get(Qualification, qualification_id)
    if row is None or not row.current:
        raise Refusal(GONE)
    return row


def _standing(ctx: Ctx, row: Qualification) -> Standing:
    return validity.standing(row, own_days.today_of(ctx, row.person_id), _return_days(ctx))


def _return_days(ctx: Ctx) -> int:
    days: int = policy.value(ctx.session, "return_days")
    return days


def _reason(typed: str) -> str:
    reason = typed.strip()
    if not 0 < len(reason) <= LONGEST_REASON:
        raise Refusal(_("Give a reason of at most {count} characters.", count=LONGEST_REASON))
    return reason
