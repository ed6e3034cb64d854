"""The facts about one person and one class that the conditions of enrolment ask for."""

from __future__ import annotations

from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import Lines, Text
from bot.models.training import Enrolment, TrainingClass
from bot.training import clashes, prerequisites, seats, states, trainers
from bot.training.schedule import enrolment_ends, start_of, zone_of
from bot.training.states import Act, Case


def case(ctx: Ctx, held: TrainingClass, person_id: int, row: Enrolment | None = None) -> Case:
    """Everything the conditions ask about `person_id` and the class `held`."""
    default = ctx.settings.timezone
    assert held.id is not None
    return Case(
        now=ctx.now(),
        zone=zone_of(held, default),
        entry=held.entry,
        cancelled=held.cancelled_at is not None,
        closed=held.closed_at is not None,
        starts_at=start_of(held, default),
        enrol_until=enrolment_ends(held, default),
        is_trainer=trainers.trains(ctx.session, person_id, held),
        required=row is not None and row.required,
        seats_free=seats.free(ctx, held),
        unmet=prerequisites.unmet(ctx, held, person_id),
        clashes=clashes.of_person(ctx, person_id, held),
    )


def require(
    ctx: Ctx, held: TrainingClass, person_id: int, act: Act, row: Enrolment | None = None
) -> None:
    """Refuse with every reason why the act is not possible now."""
    reasons = states.why_not(case(ctx, held, person_id, row), act)
    if reasons:
        raise Refusal(Text("{reasons}", (("reasons", Lines(reasons)),)))
