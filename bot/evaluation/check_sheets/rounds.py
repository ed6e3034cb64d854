"""The rounds of a check sheet: three to five a year, the last of which is final."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, select
from sqlmodel import Session

from bot import audit
from bot.calendar import DAY, add_months
from bot.context import Ctx
from bot.errors import Refusal
from bot.evaluation.check_sheets import sheets
from bot.evaluation.stages import CHECK_SHEET, CHECK_SHEET_FINAL, Stage
from bot.i18n import _
from bot.models.evaluation import Assignment, AssignmentState
from bot.models.on_the_job import CheckRound, CheckSheet
from bot.people import access
from bot.people.access_table import Action

FEWEST, MOST = 3, 5
MOST_DAYS, MOST_MONTHS = 60, 6
GONE = _("There is no such round any more.")


@dataclass(frozen=True, slots=True)
class RoundCard:
    """One round with how many were asked and answered: the officers, and on a final one their
    supervisors.
    """

    id: int
    sheet_id: int
    opens_on: dt.date
    closes_on: dt.date
    final: bool
    asked: int
    answered: int
    judged: int
    judges: int


@dataclass(frozen=True, slots=True)
class Plan:
    """A year of rounds: from when, how many, how many months apart, open for how many days."""

    first: dt.date
    count: int
    months: int
    days: int

    def spans(self) -> list[tuple[dt.date, dt.date]]:
        """First and last day of each round."""
        opens = [add_months(self.first, place * self.months) for place in range(self.count)]
        return [(day, day + (self.days - 1) * DAY) for day in opens]


def plan(ctx: Ctx, sheet_id: int, wanted: Plan) -> list[CheckRound]:
    """Plan a year of rounds, the last of them final.

    Refuses who keeps no sheets, other than three to five rounds, rounds that overlap each other
    or those there are, and days that are over.
    """
    access.require(ctx, Action.EDIT_SHEETS)
    sheet = sheets.row_of(ctx.session, sheet_id)
    spans = wanted.spans()
    if not FEWEST <= len(spans) <= MOST:
        raise Refusal(
            _("A year has {fewest} to {most} rounds.", fewest=FEWEST, most=MOST)
        )  # fmt: skip
    rows = [
        CheckRound(sheet_id=sheet_id, opens_on=opens, closes_on=closes) for opens, closes in spans
    ]
    rows[-1].final = True
    taken = list(of_sheet(ctx.session, sheet))
    for row in rows:
        _require_fit(ctx, row, taken)
        taken.append(row)
    ctx.session.add_all(rows)
    ctx.session.flush()
    audit.record(ctx, "check_rounds.planned", "check_sheet", sheet_id, count=len(rows))
    return rows


def change(
    ctx: Ctx, round_id: int, opens_on: dt.date, closes_on: dt.date, *, final: bool
) -> CheckRound:
    """Move a round; who was asked already is asked for the new days. Refuses what `plan` refuses,
    and a round that is over.
    """
    row = _editable(ctx, round_id)
    moved = CheckRound(sheet_id=row.sheet_id, opens_on=opens_on, closes_on=closes_on)
    others = [one for one in of_sheet(ctx.session, row) if one.id != round_id]
    _require_fit(ctx, moved, others)
    if row.opens_on < ctx.today() and opens_on != row.opens_on:
        raise Refusal(_("This round has begun. Only its last day can be changed."))
    row.opens_on, row.closes_on, row.final = opens_on, closes_on, final
    ctx.session.flush()
    audit.record(ctx, "check_round.changed", "check_round", round_id)
    return row


def remove(ctx: Ctx, round_id: int) -> int:
    """Take a round out; nobody is asked any more. The sheet's id. Refuses one that somebody has
    answered.
    """
    row = _editable(ctx, round_id)
    if counts(ctx.session, round_id, CHECK_SHEET)[1]:
        raise Refusal(_("Somebody has answered in this round. It stays."))
    sheet_id = row.sheet_id
    ctx.session.delete(row)
    ctx.session.flush()
    audit.record(ctx, "check_round.removed", "check_round", round_id)
    return sheet_id


def cards(ctx: Ctx, sheet_id: int) -> list[RoundCard]:
    """The rounds of a sheet, the newest first; refuses all but the training unit of a part
    that it rates.
    """
    sheets.card(ctx, sheet_id)
    rows = of_sheet(ctx.session, sheets.row_of(ctx.session, sheet_id))
    return [_card(ctx.session, row) for row in reversed(rows)]


def card(ctx: Ctx, round_id: int) -> RoundCard:
    """One round; refuses all but the training unit of a part that it rates."""
    access.require(ctx, Action.ASSIGN)
    row = row_of(ctx.session, round_id)
    sheets.card(ctx, row.sheet_id)
    return _card(ctx.session, row)


def row_of(session: Session, round_id: int) -> CheckRound:
    """The row of a round; refuses one that is not there."""
    row = session.get(CheckRound, round_id)
    if row is None:
        raise Refusal(GONE)
    return row


def of_sheet(session: Session, of: CheckSheet | CheckRound) -> list[CheckRound]:
    """The rounds of a sheet, or of the sheet that a round belongs to, the oldest first."""
    return of_sheets(session, [of.sheet_id if isinstance(of, CheckRound) else of.id])


def of_sheets(session: Session, sheet_ids: Collection[int | None]) -> list[CheckRound]:
    """The rounds of these sheets, the oldest first."""
    query = select(CheckRound).where(CheckRound.sheet_id.in_(sheet_ids))
    return list(session.scalars(query.order_by(CheckRound.opens_on)))


def subject(round_id: int | None) -> str:
    """What an assignment about a round keeps as its subject."""
    return f"round:{round_id}"


def judged_subject(round_id: int | None, person_id: int | None) -> str:
    """What an assignment about one officer in a round keeps as its subject."""
    return f"{subject(round_id)}:person:{person_id}"


def number_of(subject_of: str) -> int:
    """The id of the round that an assignment with this subject is about."""
    return int(subject_of.split(":")[1])


def is_about(round_ids: Collection[int | None]) -> ColumnElement[bool]:
    """In SQL: whether an assignment is about one of these rounds, or an officer in one."""
    keys = [subject(one) for one in round_ids]
    judged = (Assignment.subject.startswith(f"{key}:") for key in keys)
    return or_(Assignment.subject.in_(keys), *judged)


def counts(session: Session, round_id: int, stage: Stage) -> tuple[int, int]:
    """How many were asked in a round, and how many answered."""
    found = dict(
        session.execute(
            select(Assignment.state, func.count())
            .where(
                Assignment.stage == stage.name,
                is_about([round_id]),
                Assignment.state != AssignmentState.RECALLED,
            )
            .group_by(Assignment.state)
        ).all()
    )
    return sum(found.values()), found.get(AssignmentState.ANSWERED, 0)


def _card(session: Session, row: CheckRound) -> RoundCard:
    assert row.id is not None
    asked, answered = counts(session, row.id, CHECK_SHEET)
    judges, judged = counts(session, row.id, CHECK_SHEET_FINAL)
    return RoundCard(
        row.id,
        row.sheet_id,
        row.opens_on,
        row.closes_on,
        row.final,
        asked,
        answered,
        judged,
        judges,
    )


def _editable(ctx: Ctx, round_id: int) -> CheckRound:
    access.require(ctx, Action.EDIT_SHEETS)
    row = row_of(ctx.session, round_id)
    if row.closes_on < ctx.today():
        raise Refusal(_("This round is over. It stays as it was."))
    return row


def _require_fit(ctx: Ctx, row: CheckRound, others: list[CheckRound]) -> None:
    if row.closes_on < row.opens_on:
        raise Refusal(_("The last day cannot lie before the first day."))
    if row.closes_on < ctx.today():
        raise Refusal(_("A round cannot lie in the past."))
    if (row.closes_on - row.opens_on).days >= MOST_DAYS:
        raise Refusal(_("A round is open for at most {count} days.", count=MOST_DAYS))
    for other in others:
        if row.opens_on <= other.closes_on and other.opens_on <= row.closes_on:
            raise Refusal(
                _(
                    "This overlaps the round from {first} to {last}.",
                    first=other.opens_on,
                    last=other.closes_on,
                )
            )
    same_year = sum(one.opens_on.year == row.opens_on.year for one in others)
    if same_year >= MOST:
        raise Refusal(_("There are {count} rounds in this year already.", count=MOST))
