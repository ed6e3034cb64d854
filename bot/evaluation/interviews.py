"""Interviews with groups too small for an anonymous questionnaire, recorded by their keeper."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select

from bot import audit
from bot.context import Ctx
from bot.forms import answer_files, versions
from bot.forms.definition import Question
from bot.forms.question_types.contract import type_of
from bot.forms.question_types.sent import name_of
from bot.forms.service import Submission, on_submit
from bot.i18n import Text, Texts, _
from bot.models.forms import FormVersion, Response
from bot.people import access
from bot.people.access import OutOfReach
from bot.people.access_table import Action
from bot.training import class_reach

FORM = "interview_small_group"


@dataclass(frozen=True, slots=True)
class Said:
    """One question of an interview and what was recorded: words, a number or a date."""

    label: Texts
    answer: object


def purpose(ctx: Ctx, class_id: int) -> dict[str, int]:
    """What the form is opened with; refuses those who do not keep the class."""
    _require_recorder(ctx, class_id)
    return {"class_id": class_id}


@on_submit(FORM, "overall")
def record(ctx: Ctx, submission: Submission) -> Text:
    """Keep an interview about a class; refuses those who do not keep the class."""
    class_id = int(submission.purpose["class_id"])
    _require_recorder(ctx, class_id)
    response = Response(
        version_id=submission.version_id,
        person_id=ctx.actor.person_id,
        class_id=class_id,
        answers=submission.answers,
        submitted_at=ctx.now(),
    )
    ctx.session.add(response)
    ctx.session.flush()
    answer_files.keep(ctx, versions.definition(ctx, submission.version_id), response)
    audit.record(ctx, "interview.recorded", "class", class_id)
    return _("The interview was recorded.")


def of_class(ctx: Ctx, class_id: int) -> list[tuple[Said, ...]]:
    """The interviews about a class, the latest first; for who may read its results."""
    class_reach.require_reader(ctx, class_id)
    rows = ctx.session.execute(
        select(Response.version_id, Response.answers)
        .join(FormVersion, FormVersion.id == Response.version_id)
        .where(Response.class_id == class_id, FormVersion.form == FORM)
        .order_by(Response.id.desc())
    )
    return [_said(ctx, version_id, answers) for version_id, answers in rows]


def _said(ctx: Ctx, version_id: int, answers: dict[str, object]) -> tuple[Said, ...]:
    return tuple(
        Said(question.label, _answer(question, answers[question.name]))
        for question in versions.definition(ctx, version_id).questions
        if question.name in answers
    )


def _answer(question: Question, stored: object) -> object:
    choice = question.choice(str(stored))
    if choice is not None:
        return choice.label or choice.code
    if type_of(question).takes_file:
        return name_of(str(stored))
    return dt.date.fromisoformat(str(stored)) if question.type == "date" else stored


def _require_recorder(ctx: Ctx, class_id: int) -> None:
    """The training unit and the class's coordinator, but never its trainers."""
    held = class_reach.require_keeper(ctx, class_id)
    is_coordinator = held.coordinator_id == ctx.actor.person_id
    if not is_coordinator and not access.may(ctx, Action.EDIT_CLASSES):
        sentence = _("Only the coordinator or the training unit records the interview.")
        raise OutOfReach(Action.EDIT_CLASSES, class_id, "class", sentence)
