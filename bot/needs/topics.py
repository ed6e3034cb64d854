"""Topics: what free wishes are put to, each with the competency or course it is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from bot import audit
from bot.context import Ctx
from bot.errors import Refusal
from bot.evaluation.impact.typed import line_in
from bot.i18n import Texts, Words, _
from bot.models.needs import Competency, Topic
from bot.models.training import Course
from bot.needs.analysis import name_of
from bot.people import access
from bot.people.access_table import Action
from bot.people.search import fold
from bot.training.catalogue import title_of

LANGUAGES = ("km", "ur")


@dataclass(frozen=True, slots=True)
class TopicCard:
    """A topic with what it is about; "" for no competency, or no course."""

    id: int
    name: Texts
    competency_id: int | None
    competency: Words
    course_id: int | None
    course: Words
    active: bool


def everything(ctx: Ctx, *, active: bool = False) -> list[TopicCard]:
    """The topics by name, those in use first, or alone; refuses who may not read needs."""
    access.require(ctx, Action.READ_NEEDS)
    query = select(Topic).order_by(Topic.active.desc(), Topic.name)
    if active:
        query = query.where(Topic.active)
    return _cards(ctx, list(ctx.session.scalars(query)))


def card(ctx: Ctx, topic_id: int) -> TopicCard:
    """One topic; refuses one that is not there, and who may not read needs."""
    access.require(ctx, Action.READ_NEEDS)
    return _cards(ctx, [_row(ctx, topic_id)])[0]


def create(ctx: Ctx, typed: Mapping[str, Any]) -> TopicCard:
    """Name a topic; refuses who does not run the survey, and a name that there is already."""
    access.require(ctx, Action.RUN_NEEDS)
    row = Topic(**_values(ctx, typed, None))
    ctx.session.add(row)
    ctx.session.flush()
    audit.record(ctx, "topic.made", "topic", row.id)
    return _cards(ctx, [row])[0]


def edit(ctx: Ctx, topic_id: int, typed: Mapping[str, Any]) -> TopicCard:
    """Correct a topic; its wishes stay with it. Refuses what `create` refuses."""
    access.require(ctx, Action.RUN_NEEDS)
    row = _row(ctx, topic_id)
    for name, value in _values(ctx, typed, topic_id).items():
        setattr(row, name, value)
    ctx.session.flush()
    audit.record(ctx, "topic.corrected", "topic", topic_id)
    return _cards(ctx, [row])[0]


def set_active(ctx: Ctx, topic_id: int, active: bool) -> TopicCard:
    """Offer a topic for wishes, or offer it no longer; what was put to it stays."""
    access.require(ctx, Action.RUN_NEEDS)
    row = _row(ctx, topic_id)
    if row.active is not active:
        row.active = active
        ctx.session.flush()
        audit.record(ctx, "topic.used", "topic", topic_id, active=active)
    return _cards(ctx, [row])[0]


def as_typed(ctx: Ctx, topic_id: int) -> dict[str, str]:
    """A topic's fields to fill the form beforehand."""
    access.require(ctx, Action.RUN_NEEDS)
    row = _row(ctx, topic_id)
    competency = ctx.session.get(Competency, row.competency_id) if row.competency_id else None
    course = ctx.session.get(Course, row.course_id) if row.course_id else None
    shown = {
        "name": row.name,
        **{f"name_{language}": row.names.get(language, "") for language in LANGUAGES},
        "competency": competency.code if competency is not None else "",
        "course": course.code if course is not None else "",
    }
    return {name: value for name, value in shown.items() if value}


def of_competency(ctx: Ctx, competency_id: int) -> TopicCard:
    """The topic of a competency, made of its name where there is none yet."""
    access.require(ctx, Action.RUN_NEEDS)
    row = ctx.session.scalars(
        select(Topic).where(Topic.competency_id == competency_id).order_by(Topic.id)
    ).first()
    if row is not None:
        return _cards(ctx, [row])[0]
    found = ctx.session.get(Competency, competency_id)
    if found is None:
        raise Refusal(_("This competency is not there any more."))
    names = {f"name_{language}": words for language, words in found.names.items()}
    return create(ctx, {"name": found.name, **names, "competency": found.code})


def spellings(row: Topic) -> tuple[str, ...]:
    """Everything that a topic is called."""
    return (row.name, *row.names.values())


def _values(ctx: Ctx, typed: Mapping[str, Any], topic_id: int | None) -> dict[str, Any]:
    name = line_in(typed, "name")
    if not name:
        raise Refusal(_("Give the topic a name."))
    others = ctx.session.execute(select(Topic.id, Topic.name))
    if any(fold(other) == fold(name) for other_id, other in others if other_id != topic_id):
        raise Refusal(_("There is a topic “{name}” already.", name=name))
    names = {language: line_in(typed, f"name_{language}") for language in LANGUAGES}
    return {
        "name": name,
        "names": {language: words for language, words in names.items() if words},
        "competency_id": _id_of(ctx, Competency, line_in(typed, "competency")),
        "course_id": _id_of(ctx, Course, line_in(typed, "course")),
    }


def _id_of(ctx: Ctx, table: type[Competency] | type[Course], code: str) -> int | None:
    if not code:
        return None
    found = ctx.session.scalars(
        select(table.id).where(func.lower(table.code) == code.lower())
    ).first()
    if found is None:
        raise Refusal(_("“{code}” is not there any more. Choose another.", code=code))
    return found


def _row(ctx: Ctx, topic_id: int) -> Topic:
    row = ctx.session.get(Topic, topic_id)
    if row is None:
        raise Refusal(_("This topic is not there any more."))
    return row


def _cards(ctx: Ctx, rows: list[Topic]) -> list[TopicCard]:
    about = {row.competency_id for row in rows} - {None}
    courses = {row.course_id for row in rows} - {None}
    known: dict[int | None, Texts] = {
        one.id: name_of(one)
        for one in ctx.session.scalars(select(Competency).where(Competency.id.in_(about)))
    }
    titles: dict[int | None, Texts] = {
        one.id: title_of(one)
        for one in ctx.session.scalars(select(Course).where(Course.id.in_(courses)))
    }
    return [
        TopicCard(
            id=row.id,
            name=Texts.of({"en": row.name, **row.names}),
            competency_id=row.competency_id,
            competency=known.get(row.competency_id, ""),
            course_id=row.course_id,
            course=titles.get(row.course_id, ""),
            active=row.active,
        )
        for row in rows
        if row.id is not None
    ]
