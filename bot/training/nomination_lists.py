"""The list of names under one quota: ranked, with reserves, open until it is handed in.

Until then whoever may name people of the part works on it; after that only the training unit.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from bot import audit
from bot.context import Ctx
from bot.delivery import outbox
from bot.errors import Refusal
from bot.i18n import _, _n
from bot.models.nominations import NominationQuota, NominationRound
from bot.models.people import Person
from bot.models.training import Enrolment, EnrolmentState
from bot.people import access, directory
from bot.people.access import OutOfReach
from bot.people.access_table import Action
from bot.training import calls, enrolling, naming, round_cards, seats, team_news
from bot.training.list_cards import ListCard, is_open, rows_of, show
from bot.training.naming import Named
from bot.training.round_cards import NOT_YOURS, require_quota
from bot.training.states import Act


def name(ctx: Ctx, quota_id: int, person_id: int, *, reserve: bool = False) -> ListCard:
    """Put somebody at the end of a list, or of its reserves.

    Refuses people out of reach or of another part, the actor, more names than seats, and lists
    that have been handed in.
    """
    quota = _open_quota(ctx, quota_id)
    person = _require_nominee(ctx, quota, person_id)
    known = show(ctx, quota_id)
    if not reserve and known.quota.named >= known.quota.seats:
        raise Refusal(
            _n(
                "{office} has {count} seat, and it is filled. Name further people as reserves.",
                "{office} has {count} seats, and all are filled. Name further people as reserves.",
                known.quota.seats,
                office=known.quota.unit,
            )
        )
    rank = sum(one.reserve is reserve for one in rows_of(ctx, quota_id)) + 1
    row = naming.nominate(ctx, known.round.class_id, person, Named(quota_id, rank, reserve))
    if quota.sent_at is not None:
        calls.tell_named(ctx, row)
    return show(ctx, quota_id)


def rank(ctx: Ctx, enrolment_id: int, place: int) -> ListCard:
    """Put somebody at this place, from 1, of the names or reserves they are among."""
    row, quota = _open_row(ctx, enrolment_id)
    others = [one for one in _side(ctx, row, reserve=row.reserve) if one.id != row.id]
    place = min(max(place, 1), len(others) + 1)
    _number([*others[: place - 1], row, *others[place - 1 :]])
    return _changed(ctx, quota, row)


def set_reserve(ctx: Ctx, enrolment_id: int, *, reserve: bool) -> ListCard:
    """Make somebody a reserve, or a name that has a seat; at the end of where they come to.

    Refuses a name more than there are seats.
    """
    row, quota = _open_row(ctx, enrolment_id)
    if row.reserve is reserve:
        return show(ctx, _id_of(quota))
    if not reserve and show(ctx, _id_of(quota)).quota.named >= round_cards.seats_of(quota):
        raise Refusal(_("All seats of this list are filled. Make somebody else a reserve first."))
    left = [one for one in _side(ctx, row, reserve=row.reserve) if one.id != row.id]
    joined = [*_side(ctx, row, reserve=reserve), row]
    row.reserve = reserve
    _number(left)
    _number(joined)
    return _changed(ctx, quota, row)


def strike(ctx: Ctx, enrolment_id: int) -> ListCard:
    """Take a name off a list; who has been told of it is told that too."""
    row, quota = _open_row(ctx, enrolment_id, whole=False)
    access.require(ctx, Action.NOMINATE, row.person_id)
    left = [one for one in _side(ctx, row, reserve=row.reserve) if one.id != row.id]
    if _was_told(ctx, row):
        enrolling.cancel(ctx, enrolment_id)
        row.quota_id, row.rank, row.reserve = None, None, False
    else:
        naming.strike(ctx, enrolment_id)
    _number(left)
    return _changed(ctx, quota, row)


def hand_in(ctx: Ctx, quota_id: int) -> ListCard:
    """Hand the list in: it stands, all on it are told, unused seats go back to the unit.

    Refuses who may not name everybody of the part, and a list handed in already.
    """
    to_hand_in(ctx, quota_id)
    calls.close_list(ctx, require_quota(ctx, quota_id)[0])
    return show(ctx, quota_id)


def to_hand_in(ctx: Ctx, quota_id: int) -> ListCard:
    """A list that the actor may hand in as it stands; refuses all that `hand_in` does."""
    quota = _open_quota(ctx, quota_id, whole=True)
    if quota.sent_at is not None:
        raise Refusal(_("This list has been handed in already."))
    known = show(ctx, quota_id)
    if known.quota.named > known.quota.seats:
        raise Refusal(
            _(
                "The list has {count} names for {seats} seats. Make some of them reserves.",
                count=known.quota.named,
                seats=known.quota.seats,
            )
        )
    return known


def give_back(ctx: Ctx, quota_id: int) -> ListCard:
    """The training unit opens a list again that was handed in, with the seats it returned."""
    unit_id = require_quota(ctx, quota_id)[0].unit_id
    if not round_cards.is_whole(ctx, unit_id, Action.EDIT_CLASSES):
        raise OutOfReach(Action.EDIT_CLASSES, quota_id, "quota", NOT_YOURS)
    quota = _open_quota(ctx, quota_id, whole=True)
    quota.sent_at = quota.sent_by = None
    quota.returned = 0
    ctx.session.flush()
    audit.record(ctx, "quota.given_back", "quota", quota_id)
    return show(ctx, quota_id)


def _open_quota(ctx: Ctx, quota_id: int, *, whole: bool = False) -> NominationQuota:
    """A quota whose list the actor may change now; its class is held until the commit."""
    quota, held = require_quota(ctx, quota_id)
    assert held.id is not None
    seats.hold(ctx, held.id)
    ctx.session.refresh(quota)
    if whole and not round_cards.is_whole(ctx, quota.unit_id):
        raise OutOfReach(Action.NOMINATE, quota_id, "quota", NOT_YOURS)
    row = ctx.session.get_one(NominationRound, quota.round_id, populate_existing=True)
    if not is_open(ctx, quota, round_cards.card(ctx, row)):
        raise Refusal(
            _("This list has been handed in, or its deadline has passed. Ask the training unit.")
        )
    return quota


def _open_row(
    ctx: Ctx, enrolment_id: int, *, whole: bool = True
) -> tuple[Enrolment, NominationQuota]:
    quota_id = ctx.session.execute(
        select(Enrolment.quota_id).where(Enrolment.id == enrolment_id)
    ).scalar()
    if quota_id is None:
        raise OutOfReach(Action.NOMINATE, enrolment_id, "enrolment", NOT_YOURS)
    quota = _open_quota(ctx, quota_id, whole=whole)
    row = ctx.session.get_one(Enrolment, enrolment_id, populate_existing=True)
    if row.state is not EnrolmentState.NOMINATED or row.quota_id != quota_id:
        raise Refusal(_("This name has been decided already, or is off the list."))
    return row, quota


def _require_nominee(ctx: Ctx, quota: NominationQuota, person_id: int) -> int:
    access.require(ctx, Action.NOMINATE, person_id)
    person = ctx.session.get_one(Person, person_id)
    if person_id == ctx.actor.person_id:
        raise Refusal(_("You cannot name yourself. Somebody else who names people can."))
    if not person.active or person.guest:
        raise Refusal(_("{name} does not serve any more.", name=directory.names_of(person)))
    if quota.unit_id not in access.units_above(ctx.session, person.unit_id):
        raise Refusal(
            _("{name} serves in another part. Name them there.", name=directory.names_of(person))
        )
    return person_id


def _side(ctx: Ctx, row: Enrolment, *, reserve: bool) -> list[Enrolment]:
    assert row.quota_id is not None
    return [one for one in rows_of(ctx, row.quota_id) if one.reserve is reserve]


def _number(rows: Sequence[Enrolment]) -> None:
    for place, row in enumerate(rows, 1):
        row.rank = place


def _changed(ctx: Ctx, quota: NominationQuota, row: Enrolment) -> ListCard:
    ctx.session.flush()
    audit.record(ctx, "quota.ranked", "enrolment", row.id, rank=row.rank, reserve=row.reserve)
    return show(ctx, _id_of(quota))


def _was_told(ctx: Ctx, row: Enrolment) -> bool:
    change = team_news.last_change(ctx, row, Act.NOMINATE)
    return outbox.is_told(ctx, f"enrolment:{row.id}:change:{change.id}")


def _id_of(quota: NominationQuota) -> int:
    assert quota.id is not None
    return quota.id
