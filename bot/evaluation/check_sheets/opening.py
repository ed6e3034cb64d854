"""Rounds that are due: officers are asked on their first day, supervisors after a final one.

Found by query and safe to repeat; a round that moved is asked again, who has left the office or a
sheet that was retired is not asked any more.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from sqlalchemy import select

from bot import policy
from bot.calendar import DAY, instant
from bot.context import Ctx
from bot.delivery import outbox
from bot.delivery.outbox import NoticeKind
from bot.evaluation import asking, assignments, supervising
from bot.evaluation.asking import Asked
from bot.evaluation.check_sheets import rounds, sheets
from bot.evaluation.stages import CHECK_SHEET, CHECK_SHEET_FINAL, Stage
from bot.evaluation.windows import LAST_MINUTE
from bot.models.delivery import Urgency
from bot.models.evaluation import Assignment, AssignmentState
from bot.models.on_the_job import CheckRound, CheckSheet
from bot.models.people import Person
from bot.people import directory
from bot.training.schedule import latest_local_date

WALL = dt.time(9)
FINAL_DAYS = 14
"""So long after the last day of a final round the supervisor can give the evaluation."""
MOST_AT_ONCE = 150
FARTHEST = 2 * DAY

CHECK_SHEET_DUE = outbox.declare(
    NoticeKind("check_sheet_due", Urgency.ORDINARY, merge="tasks", repeats=True)
)


def open_due(ctx: Ctx) -> None:
    """Ask whoever is to be asked now and was not yet; take back what no longer holds."""
    today = latest_local_date(ctx.now())
    _lift(ctx)
    room = MOST_AT_ONCE
    for row, sheet in _rounds(ctx, today):
        room -= _ask_officers(ctx, row, sheet, room)
        if row.final and room > 0:
            room -= _ask_supervisors(ctx, row, sheet, room)
        if room <= 0:
            return


def next_opening(ctx: Ctx, after: dt.datetime) -> dt.datetime | None:
    """The next instant after `after` at which somebody is asked."""
    zones = set(ctx.session.scalars(select(Person.timezone).distinct()))
    rows = ctx.session.scalars(
        select(CheckRound).where(CheckRound.closes_on >= after.date() - FARTHEST)
    )
    days = {day for row in rows for day in (row.opens_on, row.closes_on + DAY)}
    moments = (instant(day, WALL, zone or ctx.settings.timezone) for day in days for zone in zones)
    return min((at for at in moments if at > after), default=None)


def _rounds(ctx: Ctx, today: dt.date) -> list[tuple[CheckRound, CheckSheet]]:
    """Rounds in which somebody may be asked, of sheets that are in use."""
    first = policy.go_live(ctx.session)
    rows = ctx.session.execute(
        select(CheckRound, CheckSheet)
        .join(CheckSheet, CheckSheet.id == CheckRound.sheet_id)
        .where(
            CheckRound.opens_on <= today,
            CheckRound.opens_on >= first,
            CheckRound.closes_on >= today - (FINAL_DAYS + 2) * DAY,
            CheckSheet.active,
        )
        .order_by(CheckRound.id)
    )
    return [(row, sheet) for row, sheet in rows]


def _ask_officers(ctx: Ctx, row: CheckRound, sheet: CheckSheet, room: int) -> int:
    if row.closes_on < ctx.now().date() - DAY:
        return 0
    known = _known(ctx, CHECK_SHEET, rounds.subject(row.id), row.opens_on)
    wanted = []
    for person in sheets.rated(ctx, sheet):
        zone = directory.zone_of(person, ctx.settings)
        opens = instant(row.opens_on, WALL, zone)
        closes = instant(row.closes_on, LAST_MINUTE, zone)
        if person.id in known or not opens <= ctx.now() < closes:
            continue
        assert person.id is not None
        subject = rounds.subject(row.id)
        wanted.append(Asked(person.id, subject, row.opens_on, closes, form=sheet.form))
    return _ask(ctx, CHECK_SHEET, wanted[:room])


def _ask_supervisors(ctx: Ctx, row: CheckRound, sheet: CheckSheet, room: int) -> int:
    """Who leads each officer that was asked is asked from the day after the last one."""
    occasion = row.closes_on + DAY
    last = row.closes_on + FINAL_DAYS * DAY
    if latest_local_date(ctx.now()) < occasion:
        return 0
    officers = _to_judge(ctx, row)
    judges = supervising.Judges(ctx, officers, ctx.today())
    wanted = []
    for officer in officers:
        judge = judges.of(officer, last)
        if judge is None:
            continue
        zone = directory.zone_of(ctx.session.get_one(Person, judge), ctx.settings)
        closes = instant(last, LAST_MINUTE, zone)
        if not instant(occasion, WALL, zone) <= ctx.now() < closes:
            continue
        subject = rounds.judged_subject(row.id, officer.id)
        wanted.append(
            Asked(judge, subject, occasion, closes, about_id=officer.id, form=sheet.form)
        )
    return _ask(ctx, CHECK_SHEET_FINAL, wanted[:room])


def _to_judge(ctx: Ctx, row: CheckRound) -> list[Person]:
    """Officers who were asked in the round, serve, and about whom nobody has been asked yet."""
    judged = select(Assignment.about_id).where(
        Assignment.stage == CHECK_SHEET_FINAL.name,
        Assignment.subject.startswith(f"{rounds.subject(row.id)}:"),
        Assignment.state != AssignmentState.RECALLED,
    )
    asked = select(Assignment.person_id).where(
        Assignment.stage == CHECK_SHEET.name,
        Assignment.subject == rounds.subject(row.id),
        Assignment.state != AssignmentState.RECALLED,
    )
    return list(
        ctx.session.scalars(
            select(Person)
            .where(Person.id.in_(asked), Person.id.not_in(judged), Person.active)
            .order_by(Person.id)
        )
    )


def _known(ctx: Ctx, stage: Stage, subject: str, occasion: dt.date) -> set[int]:
    """Who was asked already and is not to be asked again."""
    rows = ctx.session.scalars(
        select(Assignment).where(Assignment.stage == stage.name, Assignment.subject == subject)
    )
    return {row.person_id for row in rows if not asking.may_ask_again(row, occasion)}


def _ask(ctx: Ctx, stage: Stage, wanted: Sequence[Asked]) -> int:
    given = asking.ask(ctx, stage, wanted)
    asking.tell(ctx, CHECK_SHEET_DUE, given)
    return len(given)


def _lift(ctx: Ctx) -> None:
    """Take back what is asked in rounds that are gone, moved or whose sheet is not in use, and of
    people who have left; a later last day holds for those who were asked, too.
    """
    for row, found in _open_ones(ctx):
        if found is None:
            assignments.lift(ctx, [row], assignments.RECALLED)
            continue
        is_final = row.stage == CHECK_SHEET_FINAL.name
        occasion = found.closes_on + DAY if is_final else found.opens_on
        last = found.closes_on + FINAL_DAYS * DAY if is_final else found.closes_on
        person = ctx.session.get_one(Person, row.person_id)
        about = ctx.session.get(Person, row.about_id) if row.about_id is not None else person
        if not person.active or about is None or not about.active:
            assignments.lift(ctx, [row], assignments.LEFT)
        elif row.occasion != occasion:
            assignments.lift(ctx, [row], assignments.MOVED)
        else:
            zone = directory.zone_of(person, ctx.settings)
            row.closes_at = instant(last, LAST_MINUTE, zone)
    ctx.session.flush()


def _open_ones(ctx: Ctx) -> Iterator[tuple[Assignment, CheckRound | None]]:
    """Everything open at these stages, each with its round if that is still asked."""
    rows = ctx.session.scalars(
        select(Assignment).where(
            Assignment.stage.in_((CHECK_SHEET.name, CHECK_SHEET_FINAL.name)),
            Assignment.state == AssignmentState.OPEN,
        )
    ).all()
    for row in rows:
        found = ctx.session.get(CheckRound, rounds.number_of(row.subject))
        used = found is not None and ctx.session.get_one(CheckSheet, found.sheet_id).active
        yield row, found if used else None
