"""The forms about nominations and orders: where they are submitted, and what they choose from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.context import Ctx
from bot.errors import Refusal
from bot.forms.service import Submission, on_submit, source
from bot.i18n import Text, Words, _, _n
from bot.people import directory
from bot.people.access_table import Action
from bot.training import nominations, ordering, quotas, rounds

DECISIONS = {
    "accept": (nominations.accept, _("{name} is accepted.")),
    "decline": (nominations.decline, _("{name} is declined.")),
    "replace": (nominations.replace, _("{name} is accepted in their place.")),
}


@on_submit("nomination_round", "deadline", "order_no")
def submit_round(ctx: Ctx, submission: Submission) -> Text:
    """Open the round of the class that the form is about, or change it."""
    card = rounds.open_round(ctx, submission.purpose["class_id"], submission.answers)
    return _("Names for class {code} can come in until {day}.", code=card.code, day=card.deadline)


@on_submit("nomination_quota", "unit", "seats")
def submit_quota(ctx: Ctx, submission: Submission) -> Text:
    """Give a part of the organisation seats in the round of the class."""
    code, number = str(submission.answers["unit"]), int(submission.answers["seats"])
    unit_id = directory.find_office(ctx.session, code)
    if unit_id is None:
        raise Refusal(_("There is no office {code}. Choose one from the list.", code=code))
    quotas.set_quota(ctx, submission.purpose["class_id"], unit_id, number)
    return _n("{office} has {count} seat now.", "{office} has {count} seats now.", number,
              office=directory.office(ctx.session, unit_id).name)  # fmt: skip


@on_submit("nomination_reason", "reason")
def submit_reason(ctx: Ctx, submission: Submission) -> Text:
    """Accept, decline or replace the name that the form is about, for this reason."""
    decide, said = DECISIONS[submission.purpose["act"]]
    row = decide(ctx, submission.purpose["enrolment"], str(submission.answers["reason"]))
    return Text(said.msgid, (("name", directory.name_of(ctx.session, row.person_id)),))


@on_submit("order_people", "numbers", "order_no")
def submit_order(ctx: Ctx, submission: Submission) -> Text:
    """Order people to the class that the form is about."""
    answers = submission.answers
    typed = f"{answers.get('person') or ''} {answers.get('numbers') or ''}"
    order_no = str(answers.get("order_no") or "")
    count = ordering.order_people(ctx, submission.purpose["class_id"], typed, order_no)
    return _n(
        "{count} person is ordered to attend.", "{count} people are ordered to attend.", count
    )


@source("quota_units")
def find_units(ctx: Ctx, _purpose: Mapping[str, Any], query: str) -> Sequence[tuple[str, Words]]:
    """Offices whose people the actor may put on a class, by a part of their path."""
    found = directory.find_offices(ctx, query, Action.EDIT_CLASSES)
    return [(directory.office_code(ctx.session, one.id), one.path) for one in found]
