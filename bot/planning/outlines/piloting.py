"""A course held for the first time by its outline, and the report that validates it, or not
(F §3.3, step 11).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import func, select

from bot import audit
from bot.context import Ctx
from bot.errors import Refusal
from bot.evaluation import class_results, closing, published
from bot.evaluation.stages import REACTION_TRAINEE
from bot.i18n import Percent, Words, _
from bot.models.planning import CourseOutline, OutlineState
from bot.models.training import Enrolment, EnrolmentState, TrainingClass
from bot.people.access_table import Action
from bot.planning.outlines import cards, reaching
from bot.planning.outlines.cards import OutlineCard
from bot.planning.outlines.states import Act
from bot.planning.outlines.typed import words_in
from bot.training import class_reach
from bot.training.membership import TRAINEE_STATES

REPORT = ("as_planned", "reached", "to_change")
"""What a validation report says in words, by the names of the form's questions."""
OVERALL = "overall"


class Result(StrEnum):
    """What the pilot showed."""

    VALID = "valid"
    CHANGES = "changes"


@dataclass(frozen=True, slots=True)
class ClassLine:
    """A class that can be the pilot."""

    id: int
    code: str
    first_day: Words


@dataclass(frozen=True, slots=True)
class Figures:
    """What is known of the pilot class; `overall` is None where too few answered, or not yet."""

    participants: int
    completed: int
    asked: int
    answered: int
    overall: float | None

    def lines(self) -> list[Words]:
        """The figures as they are read."""
        found: list[Words] = [
            _("Participants: {count}, of whom {completed} completed it",
              count=self.participants, completed=self.completed),
        ]  # fmt: skip
        if self.asked:
            share = Percent(self.answered / self.asked)
            found.append(_("Questionnaires answered: {share}", share=share))
        if self.overall is not None:
            found.append(_("The course as a whole: {mean}", mean=round(self.overall, 2)))
        return found


def classes(ctx: Ctx, outline_id: int) -> list[ClassLine]:
    """The classes of the course that may be its pilot: not cancelled, and of the actor's part."""
    row = reaching.require_writer(ctx, outline_id, Act.CHOOSE_PILOT)
    held = ctx.session.scalars(
        select(TrainingClass)
        .where(*_can_be_pilot(ctx, row))
        .order_by(TrainingClass.starts_on.is_(None), TrainingClass.starts_on.desc())
    )
    return [_line(one) for one in held]


def choose(ctx: Ctx, outline_id: int, class_id: int) -> OutlineCard:
    """Let a class of the course be the pilot; refuses classes of other courses or out of reach."""
    row = reaching.require_writer(ctx, outline_id, Act.CHOOSE_PILOT)
    class_reach.require_editor(ctx, class_id)
    fits = select(TrainingClass.id).where(*_can_be_pilot(ctx, row), TrainingClass.id == class_id)
    if ctx.session.execute(fits).first() is None:
        raise Refusal(_("This class cannot be the pilot. Choose one of the list."))
    row.pilot_class_id, row.state, row.pilot = class_id, OutlineState.PILOT, {}
    ctx.session.flush()
    audit.record(ctx, "outline.pilot_chosen", reaching.KIND, row.id, class_id=class_id)
    return cards.read(ctx, row)


def report(ctx: Ctx, outline_id: int, typed: Mapping[str, Any]) -> OutlineCard:
    """Keep the validation report with the figures of the day.

    The outline is validated, or stays on trial while a new version takes up the changes. Refuses
    a pilot that has not begun, and changes that are not said.
    """
    row = reaching.require_writer(ctx, outline_id, Act.REPORT_PILOT)
    require_begun(ctx, row)
    result = Result(str(typed.get("result")))
    words = {name: words_in(typed, name) for name in REPORT}
    if result is Result.CHANGES and not words["to_change"]:
        raise Refusal(_("Say what is to be changed."))
    found = figures(ctx, row)
    row.pilot = {
        **words,
        "result": result.value,
        "on": ctx.today().isoformat(),
        "by": ctx.actor.person_id,
        "participants": found.participants,
        "completed": found.completed,
        "asked": found.asked,
        "answered": found.answered,
        "overall": found.overall,
    }
    if result is Result.VALID:
        row.state = OutlineState.VALIDATED
    ctx.session.flush()
    audit.record(ctx, f"outline.pilot_{result}", reaching.KIND, row.id)
    return cards.read(ctx, row)


def require_begun(ctx: Ctx, row: CourseOutline) -> None:
    """Refuse to report on a pilot class that has no dates yet, or has not begun."""
    held = ctx.session.get_one(TrainingClass, row.pilot_class_id)
    if held.starts_on is None or held.starts_on > ctx.today():
        raise Refusal(_("Class {code} has not begun yet.", code=held.code))


def figures(ctx: Ctx, row: CourseOutline) -> Figures:
    """What is known of the pilot class by now."""
    class_id = row.pilot_class_id
    assert class_id is not None, "an outline on trial has its class"
    states = dict(
        ctx.session.execute(
            select(Enrolment.state, func.count())
            .where(Enrolment.class_id == class_id, Enrolment.state.in_(TRAINEE_STATES))
            .group_by(Enrolment.state)
        ).all()
    )
    rate = class_results.rate(ctx, class_id)
    return Figures(
        sum(states.values()),
        states.get(EnrolmentState.COMPLETED, 0),
        rate.asked,
        rate.answered,
        _overall(ctx, class_id),
    )


def kept(pilot: Mapping[str, Any]) -> Figures:
    """The figures as they stood when the report was written."""
    return Figures(
        participants=int(pilot.get("participants") or 0),
        completed=int(pilot.get("completed") or 0),
        asked=int(pilot.get("asked") or 0),
        answered=int(pilot.get("answered") or 0),
        overall=pilot.get("overall"),
    )


def _overall(ctx: Ctx, class_id: int) -> float | None:
    if not closing.results_are_open(ctx.session, class_id):
        return None
    only = select(TrainingClass.id).where(TrainingClass.id == class_id)
    rating = published.ratings(ctx, only, REACTION_TRAINEE).rating(OVERALL)
    return rating.whole.mean if rating is not None else None


def _can_be_pilot(ctx: Ctx, row: CourseOutline) -> Sequence[Any]:
    return (
        TrainingClass.course_id == row.course_id,
        TrainingClass.cancelled_at.is_(None),
        class_reach.within(ctx, Action.EDIT_CLASSES),
    )


def _line(held: TrainingClass) -> ClassLine:
    assert held.id is not None
    if held.starts_on is None:
        return ClassLine(held.id, held.code, _("no dates yet"))
    return ClassLine(held.id, held.code, _("{day}", day=held.starts_on))
