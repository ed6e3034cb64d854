"""Whom a round asks, a stretch of the roster at a time: who is new, who has left, until when.

Everything is found by query and written by statement, at most a thousand people in a commit, and
safe to repeat: somebody who joins later is asked by the next turn.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    String,
    cast,
    exists,
    false,
    func,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.orm import aliased

from bot.calendar import instant
from bot.context import Ctx
from bot.db import insert_found
from bot.delivery import outbox
from bot.delivery.outbox import Each, NoticeKind
from bot.evaluation import assignments
from bot.evaluation.stages import (
    NEEDS_HEAD,
    NEEDS_OFFICER,
    NEEDS_SUPERVISOR,
    NEEDS_TRAINER,
    Stage,
)
from bot.evaluation.windows import LAST_MINUTE
from bot.forms import service as forms
from bot.models.base import UtcTime
from bot.models.delivery import Urgency
from bot.models.evaluation import Assignment, AssignmentState
from bot.models.forms import Draft
from bot.models.needs import Need, NeedsRound, RoundState
from bot.models.people import Person
from bot.models.training import Trainer
from bot.needs import rounds

STAGES = (NEEDS_OFFICER, NEEDS_SUPERVISOR, NEEDS_HEAD, NEEDS_TRAINER)
NAMES = tuple(stage.name for stage in STAGES)
NEEDS_DUE = outbox.declare(NoticeKind("needs_due", Urgency.ORDINARY, merge="tasks", repeats=True))
CHUNK = 500
"""At most so many people are looked at in one commit."""
STATE = func.coalesce(Assignment.state, literal(""), type_=String)
"""As the column, but not as its index: nearly all there are stand in one state."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """People of the roster whose numbers lie above `after`, up to `until`."""

    after: int
    until: int

    @property
    def clause(self) -> ColumnElement[bool]:
        return (Person.id > self.after) & (Person.id <= self.until)


def stretches(ctx: Ctx) -> list[Stretch]:
    """The whole roster in stretches of at most `CHUNK` people."""
    last = ctx.session.execute(select(func.max(Person.id))).scalar() or 0
    return [Stretch(after, after + CHUNK) for after in range(0, last, CHUNK)]


def turn(ctx: Ctx, row: NeedsRound, stretch: Stretch, leading: Iterable[int]) -> int:
    """Bring one stretch in line with the round; how many were newly asked.

    `leading` are the heads of offices.
    """
    _hold(ctx, row)
    if row.state is RoundState.CLOSED:
        _close(ctx, row, stretch)
        return 0
    if row.state is RoundState.PLANNED:
        return 0
    _lift(ctx, row, stretch)
    _open_again(ctx, row, stretch)
    asked, now = 0, ctx.now()
    here = [one for one in leading if stretch.after < one <= stretch.until]
    for zone in _zones(ctx, stretch):
        closes = instant(row.closes_on, LAST_MINUTE, zone or ctx.settings.timezone)
        who = stretch.clause & (Person.timezone == zone)
        _set_close(ctx, row, who, closes)
        for stage in STAGES if closes > now else ():
            concerned = who & _concerns(ctx, stage, here)
            asked += _ask(ctx, row, stage, concerned, (now, closes))
    _tell(ctx, row, stretch, now)
    return asked


def gather(ctx: Ctx, row: NeedsRound) -> int:
    """Put needs that wait for a round into this one while it is open, `CHUNK` of them at most; how
    many.
    """
    _hold(ctx, row)
    if row.state is not RoundState.OPEN:
        return 0
    waiting = ctx.session.scalars(
        select(Need.id).where(Need.round_id.is_(None)).order_by(Need.id).limit(CHUNK)
    ).all()
    ctx.session.execute(
        update(Need)
        .where(Need.id.in_(waiting))
        .values(round_id=row.id)
        .execution_options(synchronize_session=False)
    )
    return len(waiting)


def _hold(ctx: Ctx, row: NeedsRound) -> None:
    """The round as it is now; nobody closes it before this transaction has ended."""
    ctx.session.refresh(row, with_for_update={"read": True})


def _zones(ctx: Ctx, stretch: Stretch) -> Sequence[str]:
    return ctx.session.scalars(select(Person.timezone).where(stretch.clause).distinct()).all()


def _concerns(ctx: Ctx, stage: Stage, leading: Iterable[int]) -> ColumnElement[bool]:
    """Whom a questionnaire is for; who leads people answers for them and for themself at once."""
    if stage is NEEDS_HEAD:
        return Person.id.in_(leading)
    if stage is NEEDS_TRAINER:
        return Person.id.in_(select(Trainer.person_id).where(Trainer.person_id.is_not(None)))
    leads = _leads(ctx)
    return leads if stage is NEEDS_SUPERVISOR else ~leads


def _leads(ctx: Ctx) -> ColumnElement[bool]:
    """That somebody leads people today, acting ones too; looked up person by person."""
    led, today = aliased(Person), ctx.today()
    acts = led.acting_supervisor_id.is_not(None) & or_(
        led.acting_until.is_(None), led.acting_until >= today
    )
    serving = led.active & ~led.guest
    acting = exists().where(led.acting_supervisor_id == Person.id, serving, acts)
    regular = exists().where(led.supervisor_id == Person.id, serving, ~acts)
    return or_(acting, regular)


def _ask(
    ctx: Ctx,
    row: NeedsRound,
    stage: Stage,
    who: ColumnElement[bool],
    span: tuple[dt.datetime, dt.datetime],
) -> int:
    """Give the questionnaire to everybody it is for who was not asked at a stage like it."""
    subject = rounds.subject(row.id)
    alike = (
        (NEEDS_OFFICER.name, NEEDS_SUPERVISOR.name)
        if stage in (NEEDS_OFFICER, NEEDS_SUPERVISOR)
        else (stage.name,)
    )
    asked = exists().where(
        Assignment.person_id == Person.id,
        Assignment.stage.in_(alike),
        Assignment.subject == subject,
    )
    columns: dict[str, Any] = {
        "person_id": Person.id,
        "stage": literal(stage.name),
        "subject": literal(subject),
        "occasion": literal(row.opens_on),
        "form": literal(stage.form),
        "anonymous": false(),
        "opens_at": literal(span[0], UtcTime()),
        "closes_at": literal(span[1], UtcTime()),
        "state": literal(AssignmentState.OPEN.value),
        "reason": literal(""),
    }
    people = select(*columns.values()).where(who, Person.active, ~Person.guest, ~asked)
    return insert_found(ctx.session, Assignment, columns, people)


def _tell(ctx: Ctx, row: NeedsRound, stretch: Stretch, now: dt.datetime) -> None:
    """Tell whoever was asked just now; several questionnaires of one person are one message."""
    number = cast(Assignment.id, String)
    told = Each(
        Assignment.person_id,
        literal('{"assignment": ') + number + literal("}"),
        literal("task:") + number + literal(":due"),
    )
    outbox.tell_each(
        ctx, NEEDS_DUE, told, Assignment.opens_at == now, *_asked(row, stretch.clause)
    )


def _lift(ctx: Ctx, row: NeedsRound, stretch: Stretch) -> None:
    """Whoever has left is asked no longer."""
    gone = stretch.clause & ~Person.active
    rows = ctx.session.scalars(select(Assignment).where(*_asked(row, gone)).with_for_update())
    assignments.lift(ctx, rows.all(), assignments.LEFT)
    ctx.session.flush()


def _open_again(ctx: Ctx, row: NeedsRound, stretch: Stretch) -> None:
    """Whoever is back, or never left but by a mistake in the roster, is asked as before."""
    back = stretch.clause & Person.active & ~Person.guest
    ctx.session.execute(
        update(Assignment)
        .where(*_asked(row, back, AssignmentState.RECALLED), Assignment.reason == assignments.LEFT)
        .values(state=AssignmentState.OPEN, reason="")
        .execution_options(synchronize_session=False)
    )


def _close(ctx: Ctx, row: NeedsRound, stretch: Stretch) -> None:
    """What was not answered is closed, and its drafts are forgotten."""
    ids = ctx.session.scalars(
        select(Assignment.id).where(*_asked(row, stretch.clause)).with_for_update()
    ).all()
    begun = select(Draft.id).where(Draft.assignment_id.in_(ids))
    for draft_id in ctx.session.scalars(begun).all():
        assert draft_id is not None, "a stored draft has a number"
        forms.discard(ctx, draft_id)
    ctx.session.execute(
        update(Assignment)
        .where(Assignment.id.in_(ids))
        .values(state=AssignmentState.CLOSED)
        .execution_options(synchronize_session=False)
    )


def _set_close(ctx: Ctx, row: NeedsRound, who: ColumnElement[bool], closes: dt.datetime) -> None:
    """The round's last day, whichever it is by now, holds for all who were asked before."""
    asked = _asked(row, who, AssignmentState.OPEN, AssignmentState.ANSWERED)
    ctx.session.execute(
        update(Assignment)
        .where(*asked, Assignment.closes_at != closes)
        .values(closes_at=closes)
        .execution_options(synchronize_session=False)
    )


def _asked(
    row: NeedsRound, who: ColumnElement[bool], *states: AssignmentState
) -> tuple[ColumnElement[bool], ...]:
    """The round's questionnaires of some people in these states; by default the open ones."""
    wanted = [state.value for state in states or (AssignmentState.OPEN,)]
    return (
        Assignment.person_id.in_(select(Person.id).where(who)),
        Assignment.stage.in_(NAMES),
        Assignment.subject == rounds.subject(row.id),
        STATE.in_(wanted),
    )
