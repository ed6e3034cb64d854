"""What was answered at one stage about one subject, by name, summed up without names."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from bot import policy
from bot.context import Ctx
from bot.evaluation import results
from bot.evaluation.results import Answered, ClassResults, QuestionResult
from bot.evaluation.stages import Stage
from bot.forms import versions
from bot.forms.definition import FormDefinition
from bot.models.evaluation import Assignment, AssignmentState
from bot.models.forms import FormVersion, Response
from bot.models.people import Person


@dataclass(frozen=True, slots=True)
class Told:
    """The results of a subject with the form that was answered."""

    form: FormDefinition
    found: ClassResults

    def mean(self, question: str) -> float | None:
        """The average answer to a question; None where nobody gave a number."""
        item = next((one for one in self.found.questions if one.name == question), None)
        return item.figures.mean if item is not None else None

    def of_group(self, group: str) -> list[QuestionResult]:
        """The questions of a group that somebody answered with a number."""
        names = {one.name for one in self.form.questions if group in one.groups}
        return [
            one
            for one in self.found.questions
            if one.name in names and one.figures.mean is not None
        ]


def read(ctx: Ctx, stage: Stage, subject: str) -> Told:
    """All that was answered; questions nobody answered have no figures. Reach is the caller's."""
    rows = ctx.session.execute(
        select(Response.id, Person.gender, Response.answers, Response.keyed_in_by)
        .join(Assignment, Assignment.id == Response.assignment_id)
        .join(Person, Person.id == Response.person_id)
        .where(Assignment.stage == stage.name, Assignment.subject == subject)
    )
    given = [
        Answered(str(number), gender, answers, keyed_in=keyed_in_by is not None)
        for number, gender, answers, keyed_in_by in rows
    ]
    form = _form(ctx, stage, subject)
    least = policy.value(ctx.session, "smallest_group")
    asked = counts(ctx, stage, subject).asked
    return Told(form, results.of_class(form, given, asked, least, anonymous=False))


@dataclass(frozen=True, slots=True)
class Counts:
    """How many were asked, have answered, and can still answer."""

    asked: int
    answered: int
    open: int


def counts(ctx: Ctx, stage: Stage, subject: str) -> Counts:
    """The response about a subject; what was taken back does not count."""
    rows = ctx.session.execute(
        select(Assignment.state, func.count())
        .where(
            Assignment.stage == stage.name,
            Assignment.subject == subject,
            Assignment.state != AssignmentState.RECALLED,
        )
        .group_by(Assignment.state)
    )
    found = dict(rows.all())
    return Counts(
        asked=sum(found.values()),
        answered=found.get(AssignmentState.ANSWERED, 0),
        open=found.get(AssignmentState.OPEN, 0),
    )


def _form(ctx: Ctx, stage: Stage, subject: str) -> FormDefinition:
    """The newest version that was answered about the subject, else the one in force."""
    newest = ctx.session.execute(
        select(FormVersion.id)
        .join(Response, Response.version_id == FormVersion.id)
        .join(Assignment, Assignment.id == Response.assignment_id)
        .where(Assignment.stage == stage.name, Assignment.subject == subject)
        .order_by(FormVersion.version.desc())
        .limit(1)
    ).scalar()
    found = newest if newest is not None else versions.current_version(ctx, stage.form)
    return versions.definition(ctx, found)
