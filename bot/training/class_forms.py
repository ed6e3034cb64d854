"""The forms about classes: where they are submitted, and the live data they choose from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import available_timezones

from sqlalchemy import or_, select

from bot.context import Ctx
from bot.forms import engine, service, versions
from bot.forms.service import Submission, on_submit, source
from bot.i18n import Lines, Text, Words, _, _n
from bot.models.people import Person
from bot.models.training import Trainer
from bot.people import access, directory, search
from bot.people.access_table import Action
from bot.people.directory import PersonCard
from bot.training import (
    calling_off,
    catalogue,
    class_reach,
    classes,
    copying,
    enrolments,
    trainers,
)
from bot.training.classes import Done
from bot.training.membership import trainee_ids

MOST = 50
Found = Sequence[tuple[str, Words]]


@on_submit("new_class", "code", "course", "starts_on", "ends_on", "seats")
def submit_new_class(ctx: Ctx, submission: Submission) -> Text:
    """Make the class that the form describes."""
    made = classes.create(ctx, submission.answers)
    return _with(_("Class {code} was made.", code=made.card.code), made)


@on_submit("edit_class", "starts_on", "ends_on", "seats")
def submit_edit_class(ctx: Ctx, submission: Submission) -> Text:
    """Correct the class that the form was opened for, and say who is told and who got a place."""
    class_id = submission.purpose["class_id"]
    typed = with_unshown(ctx, submission, classes.as_typed(ctx, class_id))
    changed = classes.edit(ctx, class_id, typed)
    return _with(_("Class {code} was corrected.", code=changed.card.code), changed)


@on_submit("copy_class", "code", "starts_on", "ends_on")
def submit_copy_class(ctx: Ctx, submission: Submission) -> Text:
    """Make a class like the one that the form was opened for."""
    made = copying.copy(ctx, submission.purpose["class_id"], submission.answers)
    return _with(_("Class {code} was made.", code=made.card.code), made)


@on_submit("cancel_class", "reason")
def submit_cancel_class(ctx: Ctx, submission: Submission) -> Text:
    """Cancel the class that the form was opened for, with the reason given."""
    reason = str(submission.answers["reason"]).strip()
    done = calling_off.cancel(ctx, submission.purpose["class_id"], reason)
    first = _("Class {code} is cancelled. Its record stays.", code=done.card.code)
    told = _n("{count} person is told.", "{count} people are told.", done.told)
    return _lines(first, told)


@on_submit("add_to_class", "person")
def submit_add_to_class(ctx: Ctx, submission: Submission) -> Text:
    """Put the person chosen on the list of the class that the form was opened for."""
    member = enrolments.add(ctx, submission.purpose["class_id"], submission.answers["person"])
    return _("{name} is on the list now.", name=member.name)


@source("courses")
def find_courses(ctx: Ctx, _purpose: Mapping[str, Any], query: str) -> Found:
    """Courses by code or title; their codes are stored."""
    return catalogue.find_courses(ctx, query, MOST)


@source("trainers")
def find_trainers(ctx: Ctx, _purpose: Mapping[str, Any], query: str) -> Found:
    """The trainer pool by code or any spelling of a name; trainer codes are stored."""
    access.require(ctx, Action.EDIT_CLASSES)
    rows = ctx.session.execute(
        select(Trainer.id, Trainer.code)
        .outerjoin(Person, Person.id == Trainer.person_id)
        .where(
            or_(
                Trainer.code.icontains(query, autoescape=True),
                Trainer.name.icontains(query, autoescape=True),
                search.matches(query) & Trainer.person_id.is_not(None),
            )
        )
        .order_by(Trainer.code)
        .limit(MOST)
    )
    return [
        (code, _("{name}, {code}", name=trainers.name_of(ctx.session, trainer_id), code=code))
        for trainer_id, code in rows
    ]


@source("class_people")
def find_people(ctx: Ctx, _purpose: Mapping[str, Any], query: str) -> Found:
    """People whom the actor may put on a class, once a name is typed; staff numbers are stored."""
    if not query.strip():
        return []
    return _as_choices(directory.find(ctx, query, Action.EDIT_CLASSES, MOST))


@source("class_members")
def find_members(ctx: Ctx, purpose: Mapping[str, Any], query: str) -> Found:
    """The trainees of the class that the form is about; staff numbers are stored."""
    class_id = purpose.get("class_id")
    if class_id is None:
        return []
    class_reach.require_keeper(ctx, class_id)
    ids = ctx.session.scalars(
        select(Person.id)
        .where(Person.id.in_(trainee_ids(class_id)), search.matches(query))
        .order_by(Person.full_name, Person.id)
        .limit(MOST)
    ).all()
    return _as_choices(directory.cards(ctx.session, ids))


@source("zones")
def find_zones(_ctx: Ctx, _purpose: Mapping[str, Any], query: str) -> Found:
    """Time zones by a part of their name, such as “fiji”."""
    wanted = query.strip().replace(" ", "_").casefold()
    return [(zone, zone) for zone in sorted(available_timezones()) if wanted in zone.casefold()][
        :MOST
    ]


def with_unshown(ctx: Ctx, submission: Submission, before: Mapping[str, str]) -> Mapping[str, Any]:
    """The answers, and what was known before that the form could not show, such as a language
    it has no choice for.
    """
    form = versions.definition(ctx, submission.version_id)
    shown = engine.start(form, service.moment(ctx), dict(before)).answers
    unshown = {name: value for name, value in before.items() if name not in shown}
    return {**unshown, **submission.answers}


def _with(first: Text, done: Done) -> Text:
    """What was done, who is told of it, and what the unit should know of other classes."""
    found: list[Words] = [first]
    if done.told:
        found.append(
            _n(
                "{count} person is told of the change.",
                "{count} people are told of the change.",
                done.told,
            )
        )
    if done.seated:
        found.append(
            _n(
                "{seats} seats give {count} person a place. They are told.",
                "{seats} seats give {count} people a place. They are told.",
                done.seated,
                seats=done.card.seats,
            )
        )
    return _lines(*found, *done.warnings)


def _lines(*sentences: Words) -> Text:
    return Text("{lines}", (("lines", Lines(sentences)),))


def _as_choices(people: Sequence[PersonCard]) -> Found:
    return [
        (
            person.staff_no,
            _(
                "{name}, {number}, {unit}",
                name=person.name,
                number=person.staff_no,
                unit=person.unit,
            ),
        )
        for person in people
    ]
