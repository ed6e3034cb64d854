"""Follow-ups of a class in one part: both sides have answered, one report is replied to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from bot.context import Actor, Ctx
from bot.evaluation import prefilling, reported
from bot.evaluation.asking import Asked, ask
from bot.evaluation.stages import (
    FOLLOW_UP_PARTICIPANT,
    FOLLOW_UP_RECRUIT,
    FOLLOW_UP_SUPERVISOR,
    LEVEL_CHECK,
    Stage,
    person_subject,
)
from bot.forms import service, versions
from bot.forms.service import Submission
from bot.models.evaluation import CriticalBehaviour

RATED = {"content_relevance": "4", "work_performance": "4", "confidence": "3"}


def name_behaviours(ctx: Ctx, course_id: int) -> None:
    """What people are to do after a course, which is the same everywhere."""
    for place, words in enumerate(("Checks before accepting", "Writes down why"), 1):
        ctx.session.add(CriticalBehaviour(course_id=course_id, place=place, behaviour=words))
    ctx.session.flush()


def follow_up(ctx: Ctx, mark: str, people: Mapping[str, int], class_id: int) -> None:
    """Officers and their supervisor answer about one class; one of the officers replies."""
    words = f"Written in {mark}"
    before = {"level": "2", "expectation": words}
    _answer(ctx, LEVEL_CHECK, people["officer1"], class_id, before)
    own = RATED | {"often_1": "4", "wanted": words}
    _answer(ctx, FOLLOW_UP_PARTICIPANT, people["officer1"], class_id, own)
    said = {"often_1": "3", "remark": words}
    answers = RATED | said
    for key in ("officer1", "officer2"):
        _answer(ctx, FOLLOW_UP_SUPERVISOR, people["chief"], class_id, answers, people[key])
    about = people["officer2"]
    _answer(ctx, FOLLOW_UP_RECRUIT, people["chief"], class_id, {"strengths": words}, about)
    officer = _as(ctx, about)
    report = reported.about_me(officer)[0].response_id
    version_id = versions.current_version(ctx, reported.REPLY)
    reply = Submission(version_id, None, {"response": report}, {"reply": f"Replied in {mark}"})
    reported.reply(officer, reply)


def _answer(
    ctx: Ctx,
    stage: Stage,
    person_id: int,
    class_id: int,
    said: Mapping[str, str],
    about: int | None = None,
) -> None:
    subject = person_subject(class_id, about or person_id)
    closes_at = ctx.now() + dt.timedelta(days=10)
    one = Asked(person_id, subject, ctx.today(), closes_at, class_id, about)
    (row,) = ask(ctx, stage, [one])
    assert row.id is not None
    actor = _as(ctx, person_id)
    answers = {**prefilling.answers(actor, row.id), **said}
    version_id = versions.current_version(ctx, stage.form)
    service.SUBMIT[stage.form](actor, Submission(version_id, row.id, {}, answers))


def _as(ctx: Ctx, person_id: int) -> Ctx:
    return replace(ctx, actor=Actor(person_id, 100_000 + person_id, "en", "UTC"))
