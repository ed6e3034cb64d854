"""What the training unit decides about names: accepted in rank order, declined, replaced.

Whoever is accepted is approved, and gets a seat as everybody does. Where the unit departs from
the list or from the number of seats it says why, and the quota keeps that.
"""

from __future__ import annotations

from bot import audit
from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import _
from bot.models.nominations import NominationQuota
from bot.models.training import Enrolment, EnrolmentState
from bot.people import access
from bot.people.access import OutOfReach
from bot.people.access_table import Action
from bot.training import class_reach, enrolling, list_cards, round_cards, rounds, seats, team_news
from bot.training.list_cards import ListCard, NameCard
from bot.training.round_cards import NOT_YOURS

ACCEPTED = "nomination accepted"
DECIDED_ACT = "nomination.decided"
LONGEST_REASON = 500
DECIDED = _("This name has been decided already, or is off the list.")


def accept_all(ctx: Ctx, quota_id: int) -> int:
    """Accept the names of a list in rank order, as many as it has seats; how many were.

    Refuses quotas out of reach, and a list on which nobody is left to accept.
    """
    quota = _held_quota(ctx, quota_id)
    known = round_cards.quota_card(ctx, quota)
    waiting = [row for row in _waiting(ctx, quota_id) if not row.reserve]
    chosen = waiting[: max(0, known.seats - known.accepted)]
    if not chosen:
        raise Refusal(_("Nobody on this list is left to accept within its seats."))
    for row in chosen:
        _take(ctx, row)
    return len(chosen)


def departs(ctx: Ctx, enrolment_id: int) -> bool:
    """Whether to accept somebody departs from the list: past somebody before them, or past the
    seats that the part has.
    """
    row, quota = _held_row(ctx, enrolment_id)
    known = round_cards.quota_card(ctx, quota)
    first = _waiting(ctx, known.id)[0]
    return first.id != row.id or known.accepted >= known.seats


def accept(ctx: Ctx, enrolment_id: int, reason: str = "") -> Enrolment:
    """Accept one name or reserve; refuses without a reason where that departs from the list."""
    row, quota = _held_row(ctx, enrolment_id)
    if departs(ctx, enrolment_id):
        _note_departure(ctx, quota, reason)
    return _take(ctx, row)


def decline(ctx: Ctx, enrolment_id: int, reason: str) -> Enrolment:
    """Decline a name with a reason, which the officer and the supervisor are told."""
    row, _quota = _held_row(ctx, enrolment_id)
    _require_other(ctx, row)
    enrolling.decline(ctx, enrolment_id, _required(reason))
    rounds.note(ctx, DECIDED_ACT, row.class_id, enrolment=enrolment_id)
    team_news.tell_supervisor(ctx, row, team_news.last_change(ctx, row))
    return row


def replace(ctx: Ctx, enrolment_id: int, reason: str) -> Enrolment:
    """Decline a name and accept the first reserve of the list in its stead; the reserve.

    Refuses where there is no reserve. The reason is kept as a departure from the list.
    """
    row, quota = _held_row(ctx, enrolment_id)
    reserves = [one for one in _waiting(ctx, row.quota_id or 0) if one.reserve]
    reserves = [one for one in reserves if one.id != row.id]
    if not reserves:
        raise Refusal(_("This list has no reserve left. Decline the name, or name somebody."))
    decline(ctx, enrolment_id, reason)
    _note_departure(ctx, quota, reason)
    return _take(ctx, reserves[0])


def one(ctx: Ctx, enrolment_id: int) -> tuple[NameCard, ListCard]:
    """Somebody on a list whom the actor decides about, and the list."""
    found = list_cards.one(ctx, enrolment_id)
    _require_decider(ctx, ctx.session.get(Enrolment, enrolment_id))
    return found


def _held_quota(ctx: Ctx, quota_id: int) -> NominationQuota:
    quota, held = round_cards.require_quota(ctx, quota_id)
    assert held.id is not None
    class_reach.require_editor(ctx, held.id)
    if not round_cards.is_whole(ctx, quota.unit_id, Action.EDIT_CLASSES):
        raise OutOfReach(Action.EDIT_CLASSES, quota_id, "quota", NOT_YOURS)
    seats.hold(ctx, held.id)
    ctx.session.refresh(quota)
    return quota


def _held_row(ctx: Ctx, enrolment_id: int) -> tuple[Enrolment, NominationQuota]:
    """A name that waits to be decided, its class held until the commit."""
    _require_decider(ctx, ctx.session.get(Enrolment, enrolment_id))
    _held, row = enrolling.held_with(ctx, enrolment_id)
    quota = ctx.session.get(NominationQuota, row.quota_id) if row.quota_id else None
    if row.state is not EnrolmentState.NOMINATED or quota is None:
        raise Refusal(DECIDED)
    return row, quota


def _require_decider(ctx: Ctx, row: Enrolment | None) -> None:
    if row is None:
        raise Refusal(DECIDED)
    class_reach.require_editor(ctx, row.class_id)
    access.require(ctx, Action.EDIT_CLASSES, row.person_id)


def _waiting(ctx: Ctx, quota_id: int) -> list[Enrolment]:
    rows = list_cards.rows_of(ctx, quota_id)
    return [row for row in rows if row.state is EnrolmentState.NOMINATED]


def _require_other(ctx: Ctx, row: Enrolment) -> None:
    """Nobody decides about themselves."""
    if row.person_id == ctx.actor.person_id:
        raise Refusal(_("Your own name is on this list. A colleague has to decide about it."))


def _take(ctx: Ctx, row: Enrolment) -> Enrolment:
    _require_other(ctx, row)
    if row.reserve:
        names = [one for one in list_cards.rows_of(ctx, row.quota_id or 0) if not one.reserve]
        row.reserve, row.rank = False, len(names) + 1
    assert row.id is not None
    enrolling.approve(ctx, row.id, rule=ACCEPTED)
    rounds.note(ctx, DECIDED_ACT, row.class_id, enrolment=row.id)
    team_news.tell_supervisor(ctx, row, team_news.last_change(ctx, row))
    return row


def _note_departure(ctx: Ctx, quota: NominationQuota, reason: str) -> None:
    said = _required(reason)
    quota.deviation = f"{quota.deviation}\n{said}".strip()
    ctx.session.flush()
    audit.record(ctx, "quota.departed", "quota", quota.id, reason=said)


def _required(reason: str) -> str:
    said = " ".join(reason.split())
    if not said:
        raise Refusal(_("Give a reason. The officer and the supervisor are told."))
    if len(said) > LONGEST_REASON:
        raise Refusal(_("That is too long: at most {count} characters.", count=LONGEST_REASON))
    return said
