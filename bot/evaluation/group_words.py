"""What a group says before its class and in the weeks after it, for who keeps the class."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Row, select

from bot import audit, policy
from bot.context import Ctx
from bot.evaluation import asking, follow_up_results, results
from bot.evaluation.follow_up_pairs import READABLE
from bot.evaluation.follow_up_results import Item
from bot.evaluation.follow_ups import PROMPTS
from bot.evaluation.results import Answered, ClassResults
from bot.evaluation.stages import LEVEL_CHECK, Stage
from bot.forms import engine, service, versions
from bot.forms.definition import FormDefinition
from bot.forms.engine import State
from bot.i18n import Texts
from bot.models.evaluation import Assignment
from bot.models.forms import Response
from bot.models.people import Person
from bot.people import directory
from bot.training import class_reach

STAGES = (LEVEL_CHECK, *PROMPTS)
NAMES = tuple(stage.name for stage in STAGES)


@dataclass(frozen=True, slots=True)
class Words:
    """What one participant wrote to one question."""

    name: Texts
    question: Texts
    words: str


@dataclass(frozen=True, slots=True)
class Said:
    """One questionnaire: its figures, how often each behaviour is done already, and words."""

    stage: Stage
    figures: ClassResults
    behaviours: tuple[Item, ...]
    words: tuple[Words, ...]


def has_follow_ups(ctx: Ctx, class_id: int) -> bool:
    """Whether anybody was asked for a follow-up about a class."""
    return asking.count_asked(ctx, class_id, *READABLE) > 0


def has_words(ctx: Ctx, class_id: int) -> bool:
    """Whether anybody was asked what `of_class` tells."""
    return asking.count_asked(ctx, class_id, *NAMES) > 0


def of_class(ctx: Ctx, class_id: int) -> list[Said]:
    """What the group of a class answered by name; refuses who does not keep the class."""
    class_reach.require_keeper(ctx, class_id)
    found = [said for stage in STAGES if (said := _said(ctx, class_id, stage)) is not None]
    if found:
        audit.record(ctx, "group_words.read", "class", class_id)
    return found


def _said(ctx: Ctx, class_id: int, stage: Stage) -> Said | None:
    rows = ctx.session.execute(
        select(Response, Person)
        .join(Assignment, Assignment.id == Response.assignment_id)
        .join(Person, Person.id == Response.person_id)
        .where(Response.class_id == class_id, Assignment.stage == stage.name)
        .order_by(Person.full_name, Response.id)
    ).all()
    if not rows:
        return None
    asked = asking.count_asked(ctx, class_id, stage.name)
    newest = max(response.version_id for response, _person in rows)
    form = _worded(ctx, versions.definition(ctx, newest), rows[0][0].answers)
    given = [
        Answered(
            str(response.id), person.gender, response.answers, response.keyed_in_by is not None
        )
        for response, person in rows
    ]
    least = policy.value(ctx.session, "smallest_group")
    return Said(
        stage,
        results.of_class(form, given, asked, least, anonymous=False),
        follow_up_results.before_class(ctx, class_id) if stage is LEVEL_CHECK else (),
        tuple(_words(form, rows)),
    )


def _worded(ctx: Ctx, form: FormDefinition, answers: Mapping[str, Any]) -> FormDefinition:
    """The form as it was put, without the items on behaviours, which differ by when it was."""
    state, now = State(answers=answers), service.moment(ctx)
    questions = (
        replace(question, label=engine.wording(form, state, question.label, now))
        for question in form.questions
        if not question.name.startswith("often_")
    )
    return replace(form, questions=tuple(questions))


def _words(form: FormDefinition, rows: Sequence[Row[Response, Person]]) -> list[Words]:
    return [
        Words(directory.names_of(person), question.label, str(words))
        for question in form.questions
        if question.type == "text"
        for response, person in rows
        if (words := response.answers.get(question.name))
    ]
