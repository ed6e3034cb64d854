"""What is known of a trainer: scores over classes, observations, comments that were passed on."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from sqlalchemy import or_, select

from bot.context import Ctx
from bot.errors import Refusal
from bot.evaluation import class_results, comment_review, observations, reaction_level, scopes
from bot.evaluation.levels import Scope, ScopeKind
from bot.evaluation.observations import Observation
from bot.evaluation.published import Published
from bot.evaluation.stages import REACTION_TRAINEE
from bot.i18n import Texts, _
from bot.models.people import Person
from bot.models.training import Trainer, TrainingClass
from bot.people import access, reach
from bot.people.access_table import Action
from bot.training import trainers

TRAINER = "trainer"


@dataclass(frozen=True, slots=True)
class TrainerLine:
    """One trainer in the unit's list; `last_on` is when they were observed last."""

    trainer_id: int
    name: Texts | str
    last_on: dt.date | None
    due: bool


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """One class that was led; `mean` is how the trainer was rated, where the class shows it."""

    class_id: int
    code: str
    ends_on: dt.date | None
    mean: float | None
    count: int


@dataclass(frozen=True, slots=True)
class TrainerPage:
    """Everything about one trainer but comments."""

    trainer_id: int
    name: Texts | str
    is_own: bool
    reaction: Published
    classes: tuple[ScoreLine, ...]
    observations: tuple[Observation, ...]
    due: bool


@dataclass(frozen=True, slots=True)
class Remark:
    """One comment that the unit has let through."""

    code: str
    question: Texts | str
    text: str


def own_id(ctx: Ctx) -> int:
    """The actor's place in the trainer pool; refuses who has none."""
    found = ctx.session.scalars(
        select(Trainer.id).where(Trainer.person_id == ctx.actor.person_id).order_by(Trainer.id)
    ).first()
    if found is None or ctx.actor.person_id is None:
        raise Refusal(_("You are not in the pool of trainers. Ask the training unit."))
    return found


def pool(ctx: Ctx) -> list[TrainerLine]:
    """The trainers whom the actor may observe, those who are due first, then by code."""
    access.require(ctx, Action.EDIT_CLASSES)
    own_people = select(Person.id).where(reach.within(ctx, Action.EDIT_CLASSES))
    rows = ctx.session.scalars(
        select(Trainer)
        .where(or_(Trainer.person_id.is_(None), Trainer.person_id.in_(own_people)))
        .order_by(Trainer.code)
    )
    last = observations.last_days(ctx)
    lines = [
        TrainerLine(
            row.id or 0,
            trainers.name_of(ctx.session, row.id),
            last.get(row.code),
            observations.is_due(last.get(row.code), ctx.today()),
        )
        for row in rows
    ]
    return sorted(lines, key=lambda line: not line.due)


def page(ctx: Ctx, trainer_id: int) -> TrainerPage:
    """Scores and observations over all classes; refuses others than unit, executives and the
    trainer.
    """
    scope = _all_classes(ctx, trainer_id)
    trainer = ctx.session.get_one(Trainer, trainer_id)
    reaction = reaction_level.ratings(ctx, scope)
    seen = observations.of_trainer(ctx, trainer_id)
    last = seen[0].observed_on if seen else None
    return TrainerPage(
        trainer_id=trainer_id,
        name=trainers.name_of(ctx.session, trainer_id),
        is_own=trainer.person_id is not None and trainer.person_id == ctx.actor.person_id,
        reaction=reaction,
        classes=_scores(ctx, scope, reaction),
        observations=tuple(seen),
        due=observations.is_due(last, ctx.today()),
    )


def remarks(ctx: Ctx, trainer_id: int) -> list[Remark]:
    """The comments on all classes of a trainer that were let through, the latest class first."""
    scope = _all_classes(ctx, trainer_id)
    rows = ctx.session.execute(
        select(TrainingClass.id, TrainingClass.code)
        .where(TrainingClass.id.in_(scopes.closed_classes(ctx, scope)))
        .order_by(TrainingClass.ends_on.desc(), TrainingClass.id.desc())
    ).all()
    return [remark for class_id, code in rows for remark in _let_through(ctx, class_id, code)]


def _let_through(ctx: Ctx, class_id: int, code: str) -> list[Remark]:
    if not comment_review.decisions(ctx, class_id):
        return []
    found = class_results.collect(ctx, class_id, REACTION_TRAINEE)
    shown = comment_review.let_through(ctx, class_id, found)
    return [
        Remark(code, one.label or one.name, text) for one in shown.comments for text in one.texts
    ]


def _all_classes(ctx: Ctx, trainer_id: int) -> Scope:
    return replace(scopes.opened(ctx, ScopeKind.TRAINER, trainer_id), since=None, until=None)


def _scores(ctx: Ctx, scope: Scope, reaction: Published) -> tuple[ScoreLine, ...]:
    rating = reaction.rating(TRAINER)
    by_class = rating.by_class if rating is not None else {}
    rows = ctx.session.execute(
        select(TrainingClass.id, TrainingClass.code, TrainingClass.ends_on)
        .where(TrainingClass.id.in_(scopes.closed_classes(ctx, scope)))
        .order_by(TrainingClass.ends_on.desc(), TrainingClass.id.desc())
    )
    return tuple(
        ScoreLine(
            class_id,
            code,
            ends_on,
            by_class[class_id].mean if class_id in by_class else None,
            by_class[class_id].n if class_id in by_class else 0,
        )
        for class_id, code, ends_on in rows
    )
