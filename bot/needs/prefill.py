"""What the questionnaires of a round are told beforehand, what they are about, who reads them."""

from __future__ import annotations

from collections.abc import Mapping

from bot.context import Ctx
from bot.evaluation.prefilling import fills
from bot.evaluation.promises import promise
from bot.evaluation.stages import (
    NEEDS_HEAD,
    NEEDS_OFFICER,
    NEEDS_RELAYED,
    NEEDS_SUPERVISOR,
    NEEDS_TRAINER,
)
from bot.evaluation.subjects import names
from bot.i18n import Words, _, render
from bot.models.evaluation import Assignment
from bot.models.people import Person, Unit
from bot.needs import positions, rounds, wishes, years

promise(
    _(
        "Your answers are stored with your name. The training unit, HR, the executives, your "
        "supervisor and the heads above can read what is needed."
    ),
    NEEDS_OFFICER,
    NEEDS_SUPERVISOR,
    NEEDS_HEAD,
    NEEDS_TRAINER,
    NEEDS_RELAYED,
)


@names("needs")
def round_words(ctx: Ctx, round_id: int) -> Words:
    """The plan year of the round that a questionnaire belongs to."""
    row = rounds.row_of(ctx.session, round_id)
    return _("for the plan year {year}", year=years.label(row.plan_year))


@fills(NEEDS_OFFICER, NEEDS_SUPERVISOR)
def with_competencies(ctx: Ctx, assignment: Assignment) -> Mapping[str, str]:
    """The plan year, and the competencies of the person's post, the most important first."""
    person = ctx.session.get_one(Person, assignment.person_id)
    listed = positions.required(ctx.session, person.position)[: wishes.MOST_RATED]
    known = _year(ctx, assignment)
    if listed:
        known["competencies"] = " ".join(str(one.competency.id) for one in listed)
    for place, one in enumerate(listed, 1):
        known[f"competency_{place}"] = render(one.competency.name, ctx.language)
    return known


@fills(NEEDS_HEAD, NEEDS_TRAINER)
def with_office(ctx: Ctx, assignment: Assignment) -> Mapping[str, str]:
    """The plan year, and the office."""
    person = ctx.session.get_one(Person, assignment.person_id)
    return {**_year(ctx, assignment), "office": ctx.session.get_one(Unit, person.unit_id).name}


def _year(ctx: Ctx, assignment: Assignment) -> dict[str, str]:
    row = rounds.row_of(ctx.session, int(assignment.subject.split(":")[1]))
    return {"year": years.label(row.plan_year)}
