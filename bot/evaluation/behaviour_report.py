"""Level 3 of a class or a course, with names, for the training unit: read for its report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select, true

from bot import audit
from bot.context import Ctx
from bot.errors import Refusal
from bot.evaluation import follow_up_pairs, follow_up_results, recruit_results
from bot.evaluation.follow_up_pairs import BY_STAGE, PersonPair
from bot.evaluation.follow_up_results import Round
from bot.evaluation.recruit_results import Recruits
from bot.evaluation.reported import STAGE_NAMES, in_words
from bot.evaluation.stages import STAGES
from bot.i18n import Text, Texts, Words, _
from bot.models.evaluation import Assignment, AssignmentState
from bot.models.forms import Response
from bot.models.people import Person
from bot.models.training import Course, TrainingClass
from bot.people import directory, reach
from bot.people.access import NOT_ALLOWED, OutOfReach
from bot.people.access_table import Action
from bot.people.directory import PersonCard
from bot.training import catalogue, class_reach, courses

WORDS = frozenset({"example", "wanted", "remark", "strengths", "to_improve"})
ASKED_AT = (*BY_STAGE, *STAGE_NAMES)


@dataclass(frozen=True, slots=True)
class Remark:
    """What was written in one follow-up: about whom, by whom, to which question."""

    about: PersonCard
    by: Texts
    title: Text
    question: Texts
    words: str


@dataclass(frozen=True, slots=True)
class Missing:
    """Somebody who was asked and has not answered; `about` is the officer."""

    asked: PersonCard
    about: Texts
    title: Text
    open: bool


@dataclass(frozen=True, slots=True)
class BehaviourReport:
    """Everything that may be said of the follow-ups of one class, or of all of a course."""

    title: Words
    code: str
    rounds: tuple[Round, ...]
    people: tuple[PersonPair, ...]
    remarks: tuple[Remark, ...]
    missing: tuple[Missing, ...]
    recruits: Recruits | None = None


def of_class(ctx: Ctx, class_id: int) -> BehaviourReport:
    """The follow-ups of a class, of the officers in the actor's part of the administration.

    Refuses all but the training unit, and a class about which nobody was asked there.
    """
    held = class_reach.require_reader(ctx, class_id)
    course = ctx.session.get_one(Course, held.course_id)
    title = _("{course}, class {code}", course=catalogue.title_of(course), code=held.code)
    return _report(ctx, title, held.code, [class_id])


def of_course(ctx: Ctx, course_id: int) -> BehaviourReport:
    """The same over all classes of a course."""
    course = courses.row_of(ctx.session, course_id)
    classes = select(TrainingClass.id).where(TrainingClass.course_id == course_id)
    return _report(ctx, catalogue.title_of(course), course.code, classes)


def _report(ctx: Ctx, title: Words, code: str, class_ids: Any) -> BehaviourReport:
    whom = _in_part(ctx)
    rounds = follow_up_results.rounds(ctx, class_ids, whom)
    recruits = recruit_results.of_classes(ctx, class_ids, whom)
    if not rounds and recruits is None:
        raise Refusal(_("Nobody has been asked for a follow-up here yet."))
    pairs = follow_up_pairs.described(ctx, follow_up_pairs.pairs(ctx, class_ids, whom))
    audit.record(ctx, "follow_ups.report", "person", ctx.actor.person_id, of=code)
    return BehaviourReport(
        title,
        code,
        rounds,
        tuple(sorted(pairs, key=lambda one: (one.person.name.best("en"), one.timing.months))),
        tuple(_remarks(ctx, class_ids, whom)),
        tuple(_missing(ctx, class_ids, whom)),
        recruits,
    )


def _in_part(ctx: Ctx) -> ColumnElement[bool]:
    """The condition on Person: those of the offices the actor reads about, never a team's only."""
    units = reach.units_within(ctx, Action.READ_FOLLOW_UPS)
    if units is None:
        return true()
    if not units:
        raise OutOfReach(Action.READ_FOLLOW_UPS, None, sentence=NOT_ALLOWED)
    return Person.unit_id.in_(units)


def _remarks(ctx: Ctx, class_ids: Any, whom: ColumnElement[bool]) -> Iterator[Remark]:
    officer = func.coalesce(Response.about_id, Response.person_id)
    rows = ctx.session.execute(
        select(Assignment.stage, Response, Person.id)
        .join(Assignment, Assignment.id == Response.assignment_id)
        .join(Person, Person.id == officer)
        .where(Response.class_id.in_(class_ids), Assignment.stage.in_(ASKED_AT), whom)
        .order_by(Person.full_name, Person.id, Response.id)
    ).all()
    for stage, response, person_id in rows:
        written = {name for name in WORDS if response.answers.get(name)}
        if not written:
            continue
        card, by = directory.card(ctx.session, person_id), _name(ctx, response.person_id)
        for name, question, words in in_words(ctx, response):
            if name in written:
                yield Remark(card, by, STAGES[stage].title, question, words)


def _missing(ctx: Ctx, class_ids: Any, whom: ColumnElement[bool]) -> Iterator[Missing]:
    officer = func.coalesce(Assignment.about_id, Assignment.person_id)
    rows = ctx.session.scalars(
        select(Assignment)
        .join(Person, Person.id == officer)
        .where(
            Assignment.class_id.in_(class_ids),
            Assignment.stage.in_(ASKED_AT),
            Assignment.state.in_((AssignmentState.OPEN, AssignmentState.CLOSED)),
            whom,
        )
        .order_by(Assignment.stage, Assignment.id)
    ).all()
    cards = directory.cards(ctx.session, [row.person_id for row in rows])
    for row, card in zip(rows, cards, strict=True):
        about = _name(ctx, row.about_id or row.person_id)
        is_open = row.state is AssignmentState.OPEN
        yield Missing(card, about, STAGES[row.stage].title, is_open)


def _name(ctx: Ctx, person_id: int | None) -> Texts:
    return directory.name_of(ctx.session, person_id) if person_id else Texts.of({"en": "—"})
