"""Drawing lots among those who wait for a class, so that chance alone decides who comes in.

Whoever is ordered to attend takes no part: required training goes first in any case. The order
follows from a seed that is kept, so that a draw can be done again by hand. Source: F §3.4.2.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlmodel import Session

from bot import audit
from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import Moment, Text, Texts, _, _n
from bot.models.impact import Lottery, LotteryEntry
from bot.models.people import Person
from bot.models.training import Enrolment, EnrolmentChange, EnrolmentState, TrainingClass
from bot.people.directory import names_of
from bot.training import cases, changes, class_reach, classes, seats
from bot.training.changes import Step
from bot.training.class_fields import MOST_SEATS
from bot.training.membership import TRAINEE_STATES
from bot.training.states import Act

S = EnrolmentState
FEWEST = 2
SEED_BYTES = 8
TOO_FEW = _("Lots are drawn among two or more who are approved and wait for a seat.")


@dataclass(frozen=True, slots=True)
class Waiting:
    """How a class stands before a draw; `required` of those who wait take no part in it."""

    class_id: int
    code: str
    seats: int
    free: int
    waiting: int
    required: int
    began: bool

    @property
    def taking_part(self) -> int:
        return self.waiting - self.required


@dataclass(frozen=True, slots=True)
class Drawn:
    """One who took part: at which place, whether that won a seat then, and how they stand now."""

    person_id: int
    name: Texts
    place: int
    won: bool
    state: EnrolmentState | None


@dataclass(frozen=True, slots=True)
class Draw:
    """What was drawn, when, from which seed; everybody in the order of their lots."""

    lottery_id: int
    class_id: int
    code: str
    drawn_at: dt.datetime
    seed: str
    seats: int
    entries: tuple[Drawn, ...]


def order_of(seed: str, staff_numbers: Iterable[str]) -> list[str]:
    """Staff numbers as a seed orders them: by the SHA-256 of `seed:number`, lowest first."""

    def key(number: str) -> bytes:
        return hashlib.sha256(f"{seed}:{number}".encode()).digest()

    return sorted(staff_numbers, key=key)


def waiting(ctx: Ctx, class_id: int) -> Waiting:
    """How many would take part; refuses classes out of reach."""
    held = class_reach.require_editor(ctx, class_id)
    rows = ctx.session.scalars(seats.wait_list(class_id)).all()
    return Waiting(
        class_id=class_id,
        code=held.code,
        seats=held.seats,
        free=seats.free(ctx, held),
        waiting=len(rows),
        required=sum(row.required for row in rows),
        began=seats.has_started(ctx, held),
    )


def require_some(found: Waiting) -> None:
    """Refuse a draw among fewer than two."""
    if found.taking_part < FEWEST:
        raise Refusal(TOO_FEW)


def hold_back(ctx: Ctx, class_id: int) -> Waiting:
    """Give no seat until lots are drawn: the class keeps the seats that are taken, and no more.

    Refuses classes out of reach, closed, cancelled, begun, or without a free seat, and those in
    which lots were drawn already.
    """
    held = _open_class(ctx, class_id)
    if not seats.free(ctx, held):
        raise Refusal(_("There is no free seat to hold back. Whoever is approved waits already."))
    before, held.seats = held.seats, seats.taken(ctx.session, class_id)
    ctx.session.flush()
    audit.record(ctx, "class.seats_held_back", "class", class_id, old=before, new=held.seats)
    return waiting(ctx, class_id)


def draw(ctx: Ctx, class_id: int, more_seats: int) -> Draw:
    """Give everybody who waits a random place, add `more_seats` to the class and fill them so.

    Seats go to required training first. Each person is told once. Refuses classes out of reach,
    closed, cancelled, begun or drawn already, fewer than two to draw among, and so many seats
    that nobody would be left out: then there is nothing to compare, and no need of lots.
    """
    held = _open_class(ctx, class_id)
    rows = [row for row in ctx.session.scalars(seats.wait_list(class_id)) if not row.required]
    _require_sense(ctx, held, rows, more_seats)
    seed = secrets.token_hex(SEED_BYTES)
    drawn = _in_drawn_order(ctx.session, seed, rows)
    for place, row in enumerate(drawn, 1):
        row.lot = place
    _mark_seated(ctx.session, class_id)
    steps = [Step(row, S.APPROVED, details={"lot": row.lot, "of": len(drawn)}) for row in drawn]
    made = changes.step_all(ctx, Act.DRAW, steps)
    held.seats += more_seats
    ctx.session.flush()
    audit.record(ctx, "class.lots_drawn", "class", class_id, people=len(drawn), seats=more_seats)
    seats.fill(ctx, held, drawn=True)
    pairs = list(zip(drawn, made, strict=True))
    changes.tell_all(ctx, [pair for pair in pairs if pair[0].state is S.APPROVED])
    _keep(ctx, class_id, seed, more_seats, drawn)
    found = of_class(ctx, class_id)
    assert found is not None, "it was drawn in this transaction"
    return found


def of_class(ctx: Ctx, class_id: int) -> Draw | None:
    """The draw of a class with everybody's place, for the training unit; None without one.

    Refuses classes out of reach.
    """
    held = class_reach.require_editor(ctx, class_id)
    lottery = ctx.session.scalars(select(Lottery).where(Lottery.class_id == class_id)).first()
    if lottery is None or lottery.id is None:
        return None
    return Draw(
        lottery_id=lottery.id,
        class_id=class_id,
        code=held.code,
        drawn_at=lottery.drawn_at,
        seed=lottery.seed,
        seats=lottery.seats,
        entries=tuple(_entries(ctx.session, lottery.id, class_id)),
    )


def drawn_at(session: Session, class_id: int) -> dt.datetime | None:
    """When lots were drawn for a class; None if they were not."""
    return session.scalars(select(Lottery.drawn_at).where(Lottery.class_id == class_id)).first()


def lot_words(change: EnrolmentChange) -> Text:
    """Which lot somebody drew, as the step of the draw has it."""
    return _("Lot {lot} of {count}", lot=change.details.get("lot"), count=change.details.get("of"))


def _open_class(ctx: Ctx, class_id: int) -> TrainingClass:
    """The class, held until the commit, in which lots can still be drawn."""
    held = classes.require_open(ctx, class_id)
    if (earlier := drawn_at(ctx.session, class_id)) is not None:
        raise Refusal(
            _(
                "Lots were drawn for this class {moment}. A second draw would spoil the first.",
                moment=Moment(earlier, ctx.actor.zone),
            )
        )
    if held.cancelled_at is not None:
        raise Refusal(_("The class has been cancelled."))
    if seats.has_started(ctx, held):
        raise Refusal(_("Class {code} has begun, or has no dates yet.", code=held.code))
    return held


def _require_sense(
    ctx: Ctx, held: TrainingClass, rows: Sequence[Enrolment], more_seats: int
) -> None:
    if len(rows) < FEWEST:
        raise Refusal(TOO_FEW)
    cases.require(ctx, held, rows[0].person_id, Act.DRAW, rows[0])
    assert held.id is not None
    ordered = select(func.count()).where(
        Enrolment.class_id == held.id, Enrolment.state == S.APPROVED, Enrolment.required
    )
    left = more_seats - int(ctx.session.execute(ordered).scalar_one())
    if not 1 <= left < len(rows) or held.seats + more_seats > MOST_SEATS:
        raise Refusal(_seats_that_fit(more_seats - left + 1, more_seats - left + len(rows) - 1))


def _seats_that_fit(least: int, most: int) -> Text:
    return _n(
        "Give {least} seat: required training goes first, and somebody has to be left out.",
        "Give from {least} to {count} seats: required training goes first, and somebody has to be "
        "left out.",
        most,
        least=least,
    )


def _in_drawn_order(session: Session, seed: str, rows: Sequence[Enrolment]) -> list[Enrolment]:
    people = select(Person.id, Person.staff_no).where(
        Person.id.in_([row.person_id for row in rows])
    )
    number_of = dict(session.execute(people).all())
    by_number = {number_of[row.person_id]: row for row in rows}
    return [by_number[number] for number in order_of(seed, by_number)]


def _mark_seated(session: Session, class_id: int) -> None:
    """Who had a place before goes before every lot, should the class be called off and held."""
    seated = select(Enrolment).where(
        Enrolment.class_id == class_id, Enrolment.state.in_(TRAINEE_STATES)
    )
    for row in session.scalars(seated):
        row.lot = 0
    session.flush()


def _keep(ctx: Ctx, class_id: int, seed: str, more_seats: int, drawn: Sequence[Enrolment]) -> None:
    lottery = Lottery(
        class_id=class_id,
        drawn_at=ctx.now(),
        drawn_by=ctx.actor.person_id,
        seed=seed,
        seats=more_seats,
    )
    ctx.session.add(lottery)
    ctx.session.flush()
    assert lottery.id is not None
    for place, row in enumerate(drawn, 1):
        won = row.state is S.ENROLLED
        ctx.session.add(
            LotteryEntry(lottery_id=lottery.id, person_id=row.person_id, place=place, won=won)
        )
    ctx.session.flush()


def _entries(session: Session, lottery_id: int, class_id: int) -> list[Drawn]:
    rows = session.execute(
        select(LotteryEntry, Person, Enrolment.state)
        .join(Person, Person.id == LotteryEntry.person_id)
        .outerjoin(
            Enrolment,
            (Enrolment.person_id == LotteryEntry.person_id) & (Enrolment.class_id == class_id),
        )
        .where(LotteryEntry.lottery_id == lottery_id)
        .order_by(LotteryEntry.place)
    )
    return [
        Drawn(entry.person_id, names_of(person), entry.place, entry.won, state)
        for entry, person, state in rows
    ]
