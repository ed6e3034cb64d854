"""Observations of trainers in the room: nine aspects, recorded by the unit, read by the trainer.

The aspects are those of C ch.6 case 6; a trainer is to be observed at least every two years.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select

from bot import audit
from bot.calendar import add_months
from bot.context import Ctx
from bot.delivery import outbox
from bot.delivery.outbox import NoticeKind
from bot.errors import Refusal
from bot.forms import versions
from bot.forms.definition import FormDefinition, Question
from bot.forms.service import Submission, on_submit
from bot.i18n import Text, Texts, Words, _
from bot.models.delivery import Urgency
from bot.models.forms import FormVersion, Response
from bot.models.training import Trainer
from bot.people import access, directory
from bot.people.access import OutOfReach
from bot.people.access_table import Action

FORM = "trainer_observation"
TRAINER, DAY = "trainer_code", "observed_on"
ASPECTS = (
    "expertise",
    "experience",
    "communication",
    "passion",
    "interpersonal",
    "innovation",
    "improvement",
    "inclusivity",
    "references",
)
MONTHS = 24
"""So long an observation lasts."""
OBSERVED = outbox.declare(
    NoticeKind(
        "trainer_observed", Urgency.ORDINARY, useful_for=dt.timedelta(days=30), merge="observed"
    )
)


@dataclass(frozen=True, slots=True)
class Aspect:
    """One aspect as it was rated; without a `code` it could not be judged."""

    name: str
    label: Texts
    code: str
    choice: Texts


@dataclass(frozen=True, slots=True)
class Observation:
    """One observation; `words` are (question, what was written)."""

    observed_on: dt.date
    observer: Texts | str
    aspects: tuple[Aspect, ...]
    words: tuple[tuple[Texts, str], ...]


def opening(ctx: Ctx, trainer_id: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """Purpose and prefilled answers of the form; refuses others than the unit, and oneself."""
    trainer = _observable(ctx, trainer_id)
    name: Words = directory.name_of(ctx.session, trainer.person_id) if trainer.person_id else ""
    shown = name.best(ctx.actor.language) if isinstance(name, Texts) else str(name)
    answers = {TRAINER: trainer.code, "trainer_name": shown or trainer.name or trainer.code}
    return {"trainer_id": trainer_id}, answers


@on_submit(FORM, TRAINER, DAY, *ASPECTS)
def record(ctx: Ctx, submission: Submission) -> Text:
    """Keep an observation under its observer's name, and tell the trainer; refuses as `opening`
    does.
    """
    trainer = _observable(ctx, int(submission.purpose["trainer_id"]))
    response = Response(
        version_id=submission.version_id,
        person_id=ctx.actor.person_id,
        about_id=trainer.person_id,
        answers={**submission.answers, TRAINER: trainer.code},
        submitted_at=ctx.now(),
    )
    ctx.session.add(response)
    ctx.session.flush()
    audit.record(ctx, "trainer.observed", "trainer", trainer.id)
    if trainer.person_id is not None:
        key = f"{trainer.person_id}:observed:{response.id}"
        outbox.tell(ctx, OBSERVED, trainer.person_id, {"trainer": trainer.id}, key=key)
    return _("The observation was recorded. The trainer can read it.")


def of_trainer(ctx: Ctx, trainer_id: int) -> list[Observation]:
    """The observations of a trainer, the latest first; who may read them was asked before.

    The code goes from the answers where the observer is erased; whom they were about stays.
    """
    trainer = ctx.session.get_one(Trainer, trainer_id)
    noted = _noted()
    whose = noted == trainer.code
    if trainer.person_id is not None:
        whose |= (noted == "") & (Response.about_id == trainer.person_id)
    rows = ctx.session.scalars(
        select(Response)
        .join(FormVersion, FormVersion.id == Response.version_id)
        .where(FormVersion.form == FORM, whose)
        .order_by(Response.id.desc())
    )
    found = [_observation(ctx, response) for response in rows]
    return sorted(found, key=lambda one: one.observed_on, reverse=True)


def last_days(ctx: Ctx) -> dict[str, dt.date]:
    """The day of the latest observation of each trainer who has one, by trainer code."""
    rows = ctx.session.execute(
        select(_noted(), Trainer.code, Response.answers[DAY].as_string())
        .join(FormVersion, FormVersion.id == Response.version_id)
        .outerjoin(Trainer, Trainer.person_id == Response.about_id)
        .where(FormVersion.form == FORM)
    )
    found: dict[str, dt.date] = {}
    for noted, known, said in rows:
        code, day = noted or known or "", dt.date.fromisoformat(said)
        found[code] = max(day, found.get(code, day))
    return found


def is_due(last: dt.date | None, today: dt.date) -> bool:
    """Whether a trainer is to be observed again."""
    return last is None or add_months(last, MONTHS) <= today


def _noted() -> ColumnElement[str]:
    """In SQL: the code of the trainer as an observation has it, or blank."""
    return func.coalesce(Response.answers[TRAINER].as_string(), "")


def _observation(ctx: Ctx, response: Response) -> Observation:
    form = versions.definition(ctx, response.version_id)
    observer = directory.name_of(ctx.session, response.person_id) if response.person_id else ""
    return Observation(
        dt.date.fromisoformat(str(response.answers[DAY])),
        observer,
        tuple(_aspect(form.by_name[name], response.answers) for name in ASPECTS),
        tuple(_written(form, response.answers)),
    )


def _aspect(question: Question, answers: Mapping[str, Any]) -> Aspect:
    code = str(answers.get(question.name) or "")
    choice = question.choice(code) if code else None
    return Aspect(question.name, question.label, code, choice.label if choice else Texts.of({}))


def _written(form: FormDefinition, answers: Mapping[str, Any]) -> list[tuple[Texts, str]]:
    return [
        (question.label, str(answers[question.name]))
        for question in form.questions
        if question.type == "text" and answers.get(question.name)
    ]


def _observable(ctx: Ctx, trainer_id: int) -> Trainer:
    trainer = ctx.session.get(Trainer, trainer_id)
    if trainer is None:
        raise OutOfReach(Action.EDIT_CLASSES, trainer_id, "trainer")
    access.require(ctx, Action.EDIT_CLASSES, trainer.person_id)
    if trainer.person_id is not None and trainer.person_id == ctx.actor.person_id:
        raise Refusal(_("Nobody observes themself. Somebody else of the unit does it."))
    return trainer
