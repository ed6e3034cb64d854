"""What is asked about a class before it, and long after it: given to people when it is due.

Found by query and safe to repeat: nobody is asked twice, a class that was moved is asked about at
its new dates, whoever is away is asked on coming back.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence

from sqlalchemy import select

from bot.calendar import DAY, instant, local_date
from bot.campaigns import evaluation_lifting, local_days
from bot.campaigns.evaluation_due import LONGEST_ABSENCE, Due, Found, anchor_column, anchor_of
from bot.campaigns.evaluation_rules import MOVABLE, EvaluationRule, InForce, Who
from bot.context import Ctx
from bot.delivery import outbox
from bot.delivery.outbox import NoticeKind
from bot.evaluation import asking, course_forms, windows
from bot.evaluation.asking import Asked, ask
from bot.evaluation.stages import class_subject, person_subject
from bot.evaluation.supervising import NOT_MY_OFFICER, Judges
from bot.models.delivery import Urgency
from bot.models.evaluation import Assignment, AssignmentState, EvaluationStep
from bot.models.people import Person
from bot.models.training import TrainingClass
from bot.people import directory
from bot.training.schedule import start_of

FOLLOW_UP_DUE = outbox.declare(
    NoticeKind("follow_up_due", Urgency.ORDINARY, merge="tasks", repeats=True)
)
MOST_AT_ONCE = 150
"""About so many people are asked in one transaction; the rest at the next tick."""
DAYS_AT_ONCE = 4
"""At one instant it is three dates at most: a fourth one is still to come in every zone."""


def arrange(ctx: Ctx) -> None:
    """Take back what no longer holds, and ask whoever is due and has not been asked."""
    evaluation_lifting.lift(ctx)
    found, room = Found(ctx, InForce(ctx)), MOST_AT_ONCE
    for rule in MOVABLE:
        for due in found.by(rule.name):
            room -= _ask_class(ctx, due)
            if room <= 0:
                return


def next_due(ctx: Ctx, after: dt.datetime) -> dt.datetime | None:
    """The next instant after `after` at which somebody may fall due."""
    rules, back = InForce(ctx), _returns(ctx, after.date())
    zones = [zone or ctx.settings.timezone for zone in local_days.zones(ctx.session)]
    falls = {
        (day, rule.wall)
        for one in MOVABLE
        for rule in rules.variants(one.name)
        for day in (*back, *_falls(ctx, rule, after))
    }
    moments = [instant(day, wall, zone) for day, wall in falls for zone in zones]
    if _waits_for_judges(ctx):
        tomorrow = local_date(after, ctx.settings.timezone) + DAY
        moments.append(instant(tomorrow, dt.time.min, ctx.settings.timezone))
    return min((moment for moment in moments if moment > after), default=None)


def _waits_for_judges(ctx: Ctx) -> bool:
    """Whether somebody is due of whom nobody can judge yet: another day may bring who can."""
    found = Found(ctx, InForce(ctx))
    others = [rule.name for rule in MOVABLE if rule.who is Who.SUPERVISORS]
    return any(True for name in others for due in found.by(name) if due)


def _ask_class(ctx: Ctx, due: Sequence[Due]) -> int:
    """Ask about one class by one rule; how many people are told."""
    if not due:
        return 0
    held, rule = due[0].held, due[0].rule
    form = course_forms.form_of(ctx, held.course_id, rule.stage)
    if form is None:
        return 0
    about_others = rule.who is Who.SUPERVISORS
    wanted = _judges(ctx, due, form) if about_others else _trainees(ctx, due, form)
    given = ask(ctx, rule.stage, list(wanted))
    if given:
        _mark(ctx, due[0])
        asking.tell(ctx, FOLLOW_UP_DUE, given)
    return len(given)


def _trainees(ctx: Ctx, due: Sequence[Due], form: str) -> Iterator[Asked]:
    """Trainees, each about the class."""
    for one in due:
        closes = _closes(ctx, one, one.person)
        if closes is not None:
            subject = class_subject(_id(one.held.id))
            yield Asked(
                _id(one.person.id), subject, one.on, closes, class_id=one.held.id, form=form
            )


def _judges(ctx: Ctx, due: Sequence[Due], form: str) -> Iterator[Asked]:
    """Who can judge each trainee, each asked about that one."""
    today = local_date(ctx.now(), ctx.settings.timezone)
    judges = Judges(ctx, [one.person for one in due], today)
    not_theirs = _not_theirs(ctx, due[0])
    for one in due:
        about_id, last = _id(one.person.id), one.on + one.rule.open_days * DAY
        judge_id = judges.of(one.person, last, not_theirs[about_id])
        if judge_id is None:
            continue
        closes = _closes(ctx, one, ctx.session.get_one(Person, judge_id))
        if closes is not None:
            subject = person_subject(_id(one.held.id), about_id)
            yield Asked(judge_id, subject, one.on, closes, one.held.id, about_id, form)


def _closes(ctx: Ctx, due: Due, reader: Person) -> dt.datetime | None:
    """Until when somebody can answer; None where it is not their hour yet, or too late.

    Whoever was away on the day has the same time from their return.
    """
    back = due.on if reader.away_until is None else reader.away_until + DAY
    first, rule, now = max(due.on, back), due.rule, ctx.now()
    zone = directory.zone_of(reader, ctx.settings)
    if first - due.on > LONGEST_ABSENCE or now < instant(first, rule.wall, zone):
        return None
    closes = windows.closes_at(first, rule.open_days, zone, now)
    if closes is None or not rule.ends_with_start:
        return closes
    starts = start_of(due.held, ctx.settings.timezone)
    assert starts is not None, "what is counted from a start has one"
    return min(closes, starts) if now < starts else None


def _not_theirs(ctx: Ctx, due: Due) -> dict[int, set[int]]:
    """Who has said, of which trainee of a class, that it is not their officer."""
    found: dict[int, set[int]] = defaultdict(set)
    for about_id, person_id in ctx.session.execute(
        select(Assignment.about_id, Assignment.person_id).where(
            Assignment.class_id == due.held.id,
            Assignment.stage == due.rule.name,
            Assignment.state == AssignmentState.DECLINED,
            Assignment.reason == NOT_MY_OFFICER,
        )
    ):
        found[about_id].add(person_id)
    return found


def _mark(ctx: Ctx, due: Due) -> None:
    """Keep the date that was counted from, so that it is seen when the class moves."""
    anchor = anchor_of(due.rule, due.held)
    assert anchor is not None, "a class without dates is not due"
    step = EvaluationStep(class_id=_id(due.held.id), rule=due.rule.name, occasion=anchor)
    ctx.session.merge(step)


def _falls(ctx: Ctx, rule: EvaluationRule, after: dt.datetime) -> list[dt.date]:
    """The next days on which a rule falls due, some of which may have come."""
    column = anchor_column(rule)
    past = rule.latest_anchor(after.date() - 2 * DAY)
    days: list[dt.date] = []
    live = (column > past, TrainingClass.cancelled_at.is_(None))
    for anchor in local_days.each(ctx.session, column, *live):
        day = rule.day(anchor)
        if day not in days:
            days.append(day)
        if len(days) == DAYS_AT_ONCE:
            break
    return days


def _returns(ctx: Ctx, today: dt.date) -> list[dt.date]:
    """The next days on which somebody is back who was away."""
    ends = ctx.session.scalars(
        select(Person.away_until).where(Person.away_until >= today - 2 * DAY).distinct()
    )
    return [day + DAY for day in ends if day is not None]


def _id(number: int | None) -> int:
    assert number is not None, "rows of the database have a number"
    return number
