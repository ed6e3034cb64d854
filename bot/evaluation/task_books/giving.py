"""Giving a task book out by form: to one person, or to everybody of an office."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from bot.calendar import instant
from bot.context import Ctx
from bot.errors import Refusal
from bot.evaluation.task_books import issues
from bot.forms.service import Submission, on_submit
from bot.i18n import Text, _, _n
from bot.people import directory, reach
from bot.people.access_table import Action

FORM = "give_task_book"
FEW = 20
"""More people than these are told only once that was said to be right."""
NOBODY = _("Nobody of the list has this number. Choose a person of the list.")


@on_submit(FORM, "whom", "person", "office", "joined_on", "joined_time")
def give(ctx: Ctx, submission: Submission) -> Text:
    """Give it out; says how many have it now."""
    answers = submission.answers
    people = _people(ctx, answers)
    if len(people) > FEW and answers.get("sure") != "yes":
        raise Refusal(
            _(
                "{count} people would be told. If that is right, answer the last question with "
                "yes.",
                count=len(people),
            )
        )
    zone = ctx.actor.zone
    day = dt.date.fromisoformat(str(answers["joined_on"]))
    wall = dt.time.fromisoformat(str(answers.get("joined_time") or "08:00"))
    joined_at = instant(day, wall, zone)
    given = issues.give(ctx, int(submission.purpose["book"]), people, joined_at)
    return _n(
        "{count} person has been given the task book. They are told.",
        "{count} people have been given the task book. They are told.",
        len(given),
    )


def _people(ctx: Ctx, answers: Mapping[str, Any]) -> list[int]:
    if answers["whom"] == "person":
        found = directory.find_staff_no(ctx.session, str(answers["person"]))
        if found is None:
            raise Refusal(NOBODY)
        return [found]
    office = directory.find_office(ctx.session, str(answers["office"]))
    allowed = reach.units_within(ctx, Action.ASSIGN)
    if office is None or (allowed is not None and office not in allowed):
        raise Refusal(_("There is no such office within your reach. Choose one of the list."))
    return [one.id for one in directory.members(ctx.session, office)]
