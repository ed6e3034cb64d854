"""The forms about check sheets: a new sheet, a year of rounds, one round, a career stage."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from bot.context import Ctx
from bot.errors import Refusal
from bot.evaluation.check_sheets import belonging, rounds, sheets
from bot.evaluation.check_sheets.belonging import STAGE_WORDS
from bot.evaluation.check_sheets.rounds import Plan
from bot.forms.service import Submission, on_submit, source
from bot.i18n import Text, Words, _, _n
from bot.models.on_the_job import CareerStage
from bot.people import directory

NEW, PLAN, CHANGE, STAGE = (
    "new_check_sheet",
    "plan_check_rounds",
    "change_check_round",
    "career_stage",
)
CODES = {
    "newly_hired": CareerStage.NEWLY_HIRED,
    "newly_assigned": CareerStage.NEWLY_ASSIGNED,
    "after_second_year": CareerStage.AFTER_SECOND_YEAR,
    "section_chief": CareerStage.SECTION_CHIEF,
}


@on_submit(NEW, "form", "office", "stage")
def add(ctx: Ctx, submission: Submission) -> Text:
    """A form rates an office and a career stage from now on."""
    answers = submission.answers
    office = directory.find_office(ctx.session, str(answers["office"]))
    if office is None:
        raise Refusal(_("There is no such office. Choose one of the list."))
    card = sheets.add(ctx, str(answers["form"]), office, CODES[str(answers["stage"])])
    return _("{form} is the check sheet of {sheet}.", form=card.title, sheet=sheets.label_of(card))


@on_submit(PLAN, "first", "count", "months", "days")
def plan(ctx: Ctx, submission: Submission) -> Text:
    """A year of rounds is planned."""
    answers = submission.answers
    first = dt.date.fromisoformat(str(answers["first"]))
    count, months, days = (int(str(answers[name])) for name in ("count", "months", "days"))
    made = rounds.plan(
        ctx, int(submission.purpose["sheet"]), Plan(first, count, months, days)
    )  # fmt: skip
    return _n("{count} round is planned.", "{count} rounds are planned.", len(made))


@on_submit(CHANGE, "opens_on", "closes_on", "final")
def change(ctx: Ctx, submission: Submission) -> Text:
    """One round has other days."""
    answers = submission.answers
    opens, closes = (
        dt.date.fromisoformat(str(answers[name])) for name in ("opens_on", "closes_on")
    )
    final = answers["final"] == "yes"
    rounds.change(ctx, int(submission.purpose["round"]), opens, closes, final=final)
    return _("The round is from {first} to {last} now.", first=opens, last=closes)


@on_submit(STAGE, "stage")
def set_stage(ctx: Ctx, submission: Submission) -> Text:
    """Somebody's career stage is set by hand, or left to the roster."""
    person_id = int(submission.purpose["person"])
    found = belonging.set_by_hand(ctx, person_id, CODES.get(str(submission.answers["stage"])))
    name = directory.name_of(ctx.session, person_id)
    return _("{name} is a {stage} now.", name=name, stage=STAGE_WORDS[found.stage])


@source("check_forms")
def find_forms(ctx: Ctx, _purpose: Mapping[str, Any], typed: str) -> list[tuple[str, Words]]:
    """Published forms that can be check sheets, by a part of their title."""
    wanted = typed.casefold().strip()
    return [
        (name, title)
        for name, title in sheets.forms_that_fit(ctx)
        if wanted in title.best(ctx.language).casefold()
    ]
