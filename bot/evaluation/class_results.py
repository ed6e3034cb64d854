"""Results of one class read from the database, for those who may read them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from bot import policy
from bot.context import Ctx
from bot.errors import Refusal
from bot.evaluation import closing, comment_review, results
from bot.evaluation.results import Answered, ClassResults
from bot.evaluation.stages import REACTION_TRAINEE, Stage, class_subject
from bot.forms import versions
from bot.forms.definition import FormDefinition
from bot.i18n import _
from bot.models.evaluation import Assignment, AssignmentState
from bot.models.forms import AnonymousResponse, FormVersion, Response
from bot.models.people import Person
from bot.training import class_reach


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of those asked at one stage have answered."""

    asked: int
    answered: int

    @property
    def share(self) -> float:
        return self.answered / self.asked if self.asked else 0.0


def rate(ctx: Ctx, class_id: int, stage: Stage = REACTION_TRAINEE) -> Rate:
    """The response rate, which may be known at any time; lifted assignments do not count."""
    rows = ctx.session.execute(
        select(Assignment.state, func.count())
        .where(
            Assignment.class_id == class_id,
            Assignment.stage == stage.name,
            Assignment.subject == class_subject(class_id),
            Assignment.state != AssignmentState.RECALLED,
        )
        .group_by(Assignment.state)
    )
    counts = dict(rows.all())
    return Rate(sum(counts.values()), counts.get(AssignmentState.ANSWERED, 0))


def read(ctx: Ctx, class_id: int, stage: Stage = REACTION_TRAINEE) -> ClassResults:
    """The results of a class; refuses before closing and to those who may not read them.

    Whoever taught or only keeps the class reads those comments that the unit has let through.
    """
    held = class_reach.require_reader(ctx, class_id)
    if not closing.results_are_open(ctx.session, class_id):
        raise Refusal(
            _(
                "The results can be read once the questionnaire has closed. Until then, only the"
                " response rate is known."
            )
        )
    found = collect(ctx, class_id, stage)
    if comment_review.reads_all(ctx, held):
        return found
    return comment_review.let_through(ctx, class_id, found)


def collect(ctx: Ctx, class_id: int, stage: Stage) -> ClassResults:
    """The results of a class, whoever asks; for reports that have asked already."""
    anonymous = _anonymous(ctx, class_id, stage)
    named = [] if anonymous else _named(ctx, class_id, stage)
    is_anonymous = bool(anonymous) or _was_asked_anonymously(ctx, class_id, stage)
    return results.of_class(
        _definition(ctx, class_id, stage),
        anonymous or named,
        rate(ctx, class_id, stage).asked,
        policy.value(ctx.session, "smallest_group"),
        anonymous=is_anonymous,
    )


def _anonymous(ctx: Ctx, class_id: int, stage: Stage) -> list[Answered]:
    rows = ctx.session.execute(
        select(AnonymousResponse.key, AnonymousResponse.gender, AnonymousResponse.answers).where(
            AnonymousResponse.class_id == class_id, AnonymousResponse.stage == stage.name
        )
    )
    return [Answered(key, gender, answers) for key, gender, answers in rows]


def _named(ctx: Ctx, class_id: int, stage: Stage) -> list[Answered]:
    rows = ctx.session.execute(
        select(Response.id, Person.gender, Response.answers, Response.keyed_in_by)
        .join(Assignment, Assignment.id == Response.assignment_id)
        .join(Person, Person.id == Response.person_id)
        .where(Assignment.class_id == class_id, Assignment.stage == stage.name)
    )
    return [
        Answered(str(number), gender, answers, keyed_in=keyed_in_by is not None)
        for number, gender, answers, keyed_in_by in rows
    ]


def _was_asked_anonymously(ctx: Ctx, class_id: int, stage: Stage) -> bool:
    found = ctx.session.execute(
        select(Assignment.id)
        .where(
            Assignment.class_id == class_id,
            Assignment.stage == stage.name,
            Assignment.anonymous,
        )
        .limit(1)
    )
    return found.first() is not None


def _definition(ctx: Ctx, class_id: int, stage: Stage) -> FormDefinition:
    """The newest version that this class answered, else the newest of what it was asked."""
    anonymous = select(AnonymousResponse.version_id).where(
        AnonymousResponse.class_id == class_id, AnonymousResponse.stage == stage.name
    )
    named = (
        select(Response.version_id)
        .join(Assignment, Assignment.id == Response.assignment_id)
        .where(Assignment.class_id == class_id, Assignment.stage == stage.name)
    )
    newest = ctx.session.execute(
        select(FormVersion.id)
        .where(FormVersion.id.in_(anonymous.union(named)))
        .order_by(FormVersion.id.desc())
        .limit(1)
    ).scalar()
    if newest is None:
        newest = versions.current_version(ctx, _form(ctx, class_id, stage))
    return versions.definition(ctx, newest)


def _form(ctx: Ctx, class_id: int, stage: Stage) -> str:
    """What this class was given to answer, be it a form of the unit's own."""
    given = select(Assignment.form).where(
        Assignment.class_id == class_id, Assignment.stage == stage.name
    )
    return ctx.session.execute(given.limit(1)).scalar() or stage.form
