"""To the trainers of a class that begins soon: who comes, from where, and what they lack."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from bot.context import Ctx
from bot.delivery.notices import class_facts, class_lines
from bot.delivery.notices.registry import Item, Reader, notice
from bot.i18n import Joined, Words, _, _n
from bot.long_text import and_more
from bot.models.people import Person
from bot.models.training import TrainingClass
from bot.people import directory
from bot.people.directory import PersonCard
from bot.screens import Button, Screen
from bot.training import prerequisites, telling
from bot.training.membership import trainee_ids

MOST_NAMES = 30


def still_due(ctx: Ctx, items: Sequence[Item]) -> list[Item]:
    """Those about a class that begins as told and that the reader trains."""
    return [
        item
        for item in items
        if class_facts.begins_as_told(ctx, item)
        and ctx.actor.person_id in telling.trainers_of(ctx, class_facts.held_of(ctx, item))
    ]


@notice("trainer_roster", holds=still_due)
def trainer_roster(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen:
    """Names by alphabet as far as a message holds them; the class's page has all."""
    held = class_facts.held_of(ctx, items[0])
    people = _people(ctx, held)
    shown = people[:MOST_NAMES]
    body = [*class_lines.all_of(ctx, held), "", *map(_line, shown)]
    body += and_more(len(people) - MOST_NAMES)
    lacking = _lacking(ctx, held, shown)
    if lacking:
        body += ["", _("Not all prerequisites are met:"), *lacking]
    title = _n(
        "{count} trainee comes to your class", "{count} trainees come to your class", len(people)
    )
    rows: tuple[tuple[Button, ...], ...] = (class_facts.open_button(ctx, held, named=False),)
    return Screen(title=title, body=tuple(body), rows=rows)


def _people(ctx: Ctx, held: TrainingClass) -> list[PersonCard]:
    assert held.id is not None
    query = (
        select(Person.id)
        .where(Person.id.in_(trainee_ids(held.id)))
        .order_by(Person.full_name, Person.id)
    )
    return directory.cards(ctx.session, ctx.session.scalars(query).all())


def _line(person: PersonCard) -> Words:
    return _("{name}, {unit}", name=person.name, unit=person.unit)


def _lacking(ctx: Ctx, held: TrainingClass, people: Sequence[PersonCard]) -> list[Words]:
    found: list[Words] = []
    for person in people:
        missing = prerequisites.unmet(ctx, held, person.id)
        if missing:
            found.append(_("{name}: {missing}", name=person.name, missing=Joined(missing)))
    return found
