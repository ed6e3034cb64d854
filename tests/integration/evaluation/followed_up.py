"""The cast after a class, and what they answer in follow-ups about it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from sqlmodel import select

from bot import app
from bot.context import Actor, Ctx
from bot.evaluation import (
    prefilling,
)
from bot.evaluation.asking import Asked, ask
from bot.evaluation.stages import (
    Stage,
    person_subject,
)
from bot.forms import service, versions
from bot.forms.library_sync import publish_library
from bot.forms.service import Submission
from bot.models.delivery import OutboxItem
from bot.models.evaluation import Assignment, CriticalBehaviour
from bot.models.forms import Response
from bot.models.training import TrainingClass
from tests.cast import ZONE, hold_class, settle_cast

app.register_speaking()
app.register_working()
ENDS_ON = dt.date(2026, 1, 30)
RATED = {"content_relevance": "4", "work_performance": "3", "confidence": "5"}


@dataclass
class World:
    """The cast after a class, and what they answer about it."""

    ctx: Ctx
    ids: dict[str, int]
    class_id: int
    behaviours: list[int]

    def acting(self, who: str, language: str = "en") -> Ctx:
        number = self.ids[who]
        return replace(self.ctx, actor=Actor(number, 1000 + number, language, ZONE))

    def asked(self, stage: Stage, pair: str) -> Assignment:
        who, _colon, about = pair.partition(":")
        about_id = self.ids[about] if about else None
        subject = person_subject(self.class_id, about_id or self.ids[who])
        closes_at = self.ctx.now() + dt.timedelta(days=20)
        one = Asked(self.ids[who], subject, ENDS_ON, closes_at, self.class_id, about_id)
        return ask(self.ctx, stage, [one])[0]

    def answered(self, stage: Stage, pair: str, **answers: object) -> Response:
        row = self.asked(stage, pair)
        ctx = self.acting(pair.partition(":")[0])
        known = dict(prefilling.answers(ctx, row.id or 0))
        version_id = versions.current_version(ctx, stage.form)
        service.SUBMIT[stage.form](ctx, Submission(version_id, row.id, {}, known | answers))
        query = select(Response).where(Response.assignment_id == row.id)
        return self.ctx.session.exec(query).one()

    def told(self, notice: str) -> list[int | None]:
        rows = self.ctx.session.exec(select(OutboxItem).where(OutboxItem.notice == notice))
        return [row.person_id for row in rows]


def after_a_class(ctx: Ctx) -> World:
    """The cast, a class that ended a month ago, two behaviours of its course."""
    publish_library(ctx)
    ids = settle_cast(ctx)
    class_id = hold_class(ctx, ids, ENDS_ON)
    course_id = ctx.session.get_one(TrainingClass, class_id).course_id
    rows = [
        CriticalBehaviour(
            course_id=course_id, place=1, behaviour="Checks", behaviours={"km": "ពិនិត្យ"}
        ),
        CriticalBehaviour(course_id=course_id, place=2, behaviour="Writes down"),
    ]
    ctx.session.add_all(rows)
    ctx.session.flush()
    return World(ctx, ids, class_id, [row.id or 0 for row in rows])
