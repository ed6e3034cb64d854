"""Marks of practical, oral and paper tests, in percent, entered by who keeps the class."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select

from bot import audit
from bot.context import Ctx
from bot.errors import Refusal
from bot.forms.service import Submission, on_submit
from bot.i18n import Text, Texts, _
from bot.models.people import Person
from bot.models.records import Mark
from bot.models.training import Enrolment
from bot.people.directory import names_of
from bot.training import class_reach, keeping
from bot.training.outcomes import TESTS, WHOLE

ENTERED = "marks.entered"
"""Set in a session's `info` once a form of marks is taken: by whom, and of which class."""


@dataclass(frozen=True, slots=True)
class MarksCard:
    """One trainee and their marks by test, in percent."""

    enrolment_id: int
    class_id: int
    name: Texts
    marks: Mapping[str, float]


def of_class(ctx: Ctx, class_id: int) -> list[MarksCard]:
    """Everybody of a class, by name; refuses classes that are not the actor's."""
    class_reach.require_keeper(ctx, class_id)
    rows = keeping.held_by(ctx, class_id)
    marks = by_enrolment(ctx, [row.id for row, _person in rows])
    return [_card(row, person, marks.get(row.id or 0, {})) for row, person in rows]


def class_just_marked(ctx: Ctx) -> int | None:
    """The class of which the actor has just entered marks, so that the next person follows."""
    person_id, class_id = ctx.session.info.pop(ENTERED, (None, None))
    return class_id if person_id == ctx.actor.person_id else None


def by_enrolment(ctx: Ctx, enrolment_ids: Sequence[int | None]) -> dict[int, dict[str, float]]:
    """The marks of each of these enrolments, by test."""
    found: dict[int, dict[str, float]] = defaultdict(dict)
    rows = ctx.session.execute(
        select(Mark.enrolment_id, Mark.test, Mark.percent)
        .where(Mark.enrolment_id.in_(enrolment_ids))
        .order_by(Mark.enrolment_id, Mark.test)
    )
    for enrolment_id, test, percent in rows:
        found[enrolment_id][test] = percent
    return found


def tests_of_class(ctx: Ctx, class_id: int | None) -> frozenset[str]:
    """The tests that were held: those in which anybody of the class has a mark."""
    of_class = select(Enrolment.id).where(Enrolment.class_id == class_id)
    tests = select(Mark.test).where(Mark.enrolment_id.in_(of_class)).distinct()
    return frozenset(ctx.session.scalars(tests))


def as_typed(ctx: Ctx, enrolment_id: int) -> dict[str, str]:
    """The name and the marks of a trainee, to fill the form beforehand."""
    row = keeping.trainee(ctx, enrolment_id)
    keeping.require_open(ctx, row.class_id)
    person = ctx.session.get_one(Person, row.person_id)
    own = by_enrolment(ctx, [enrolment_id]).get(enrolment_id, {})
    name = names_of(person).best(ctx.language)
    return {"name": name, **{test: f"{percent:g}" for test, percent in own.items()}}


@on_submit("enter_marks", *TESTS)
def submit_marks(ctx: Ctx, submission: Submission) -> Text:
    """Keep the marks of the trainee for whom the form was opened."""
    card = enter(ctx, submission.purpose["enrolment_id"], submission.answers)
    ctx.session.info[ENTERED] = (ctx.actor.person_id, card.class_id)
    return _("The marks of {name} are stored.", name=card.name)


def enter(ctx: Ctx, enrolment_id: int, typed: Mapping[str, Any]) -> MarksCard:
    """Set all marks of a trainee; a blank takes a mark away. The audit keeps what stood there.

    Refuses classes that are not the actor's, a class that is closed, and no percentage.
    """
    row = keeping.trainee(ctx, enrolment_id)
    keeping.require_open(ctx, row.class_id)
    old = by_enrolment(ctx, [enrolment_id]).get(enrolment_id, {})
    new = {test: _percent(typed[test]) for test in TESTS if typed.get(test) not in (None, "")}
    if new != old:
        _write(ctx, enrolment_id, new, old.keys() - new.keys())
        audit.record(ctx, "marks.entered", "enrolment", enrolment_id, old=old, new=new)
    return _card(row, ctx.session.get_one(Person, row.person_id), new)


def _write(ctx: Ctx, enrolment_id: int, new: Mapping[str, float], gone: Collection[str]) -> None:
    for test, percent in new.items():
        ctx.session.merge(
            Mark(
                enrolment_id=enrolment_id,
                test=test,
                percent=percent,
                noted_by=ctx.actor.person_id,
                noted_at=ctx.now(),
            )
        )
    ctx.session.flush()
    ctx.session.execute(delete(Mark).where(Mark.enrolment_id == enrolment_id, Mark.test.in_(gone)))


def _percent(value: Any) -> float:
    try:
        percent = float(value)
    except ValueError:
        percent = -1.0
    if not 0 <= percent <= WHOLE:
        raise Refusal(_("Give marks as numbers from 0 to 100."))
    return percent


def _card(row: Enrolment, person: Person, marks: Mapping[str, float]) -> MarksCard:
    assert row.id is not None
    return MarksCard(row.id, row.class_id, names_of(person), marks)
