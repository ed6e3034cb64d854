"""The forms by which a survey of needs is run and fed, and the live data they choose from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from bot.context import Ctx
from bot.errors import Refusal
from bot.forms.service import Submission, on_submit, source
from bot.i18n import Text, Words, _, _n
from bot.needs import donor_surveys, meetings, performance, relaying, rounds, telling
from bot.people import access, directory
from bot.people.access_table import Action
from bot.people.directory import PersonCard

ROUND, TELL, MEETING = "needs_round", "tell_need", "cluster_meeting"
FIGURE, DONOR, DONOR_ANSWER = "performance_figure", "donor_survey", "donor_answer"
MOST = 50
AFTER = "needs.after"
"""Set in a session's `info` once a form is taken: by whom, and which button leads back."""


def way_back(ctx: Ctx) -> str | None:
    """The button's data that leads back to what the actor has just filled in a form about."""
    person_id, action = ctx.session.info.pop(AFTER, (None, None))
    return action if person_id == ctx.actor.person_id else None


@on_submit(ROUND, "opens_on", "closes_on")
def submit_round(ctx: Ctx, submission: Submission) -> Text:
    """Plan a round, or move the one that the form was opened for."""
    opens, closes = (
        dt.date.fromisoformat(str(submission.answers[name])) for name in ("opens_on", "closes_on")
    )
    about = submission.purpose.get("round")
    if about is None:
        card = rounds.plan(ctx, opens, closes)
    else:
        card = rounds.shift(ctx, int(about), opens, closes)
    _lead_back(ctx, f"nround:{card.id}")
    return _(
        "The survey for {year} is from {first} to {last}.",
        year=card.label,
        first=card.opens_on,
        last=card.closes_on,
    )


@on_submit(TELL, "about", "words", "weight")
def submit_need(ctx: Ctx, submission: Submission) -> Text:
    """Keep what somebody says is needed."""
    answers = submission.answers
    about = str(answers.get("about") or "me")
    telling.tell(
        ctx,
        str(answers["words"]),
        int(str(answers["weight"])),
        person_id=_person(ctx, answers) if about == "one" else None,
        people=int(answers.get("people") or 1) if about == "team" else None,
    )
    _lead_back(ctx, "need")
    return _("Noted. It goes into the survey of needs.")


@on_submit(MEETING, "unit", "held_on", "agreed_by", "topic_1")
def submit_meeting(ctx: Ctx, submission: Submission) -> Text:
    """Record a meeting with its topics."""
    line = meetings.note(ctx, submission.answers)
    _lead_back(ctx, f"nmeet:{line.id}")
    return _n(
        "The meeting is recorded with {count} topic.",
        "The meeting is recorded with {count} topics.",
        line.topics,
    )


@on_submit(FIGURE, "kind", "person", "unit", "competency", "count")
def submit_figure(ctx: Ctx, submission: Submission) -> Text:
    """Keep a figure of performance."""
    line = performance.note(ctx, submission.answers)
    _lead_back(ctx, "perf")
    return _(
        "{whose}, {competency}: {count} is stored.",
        whose=line.whose,
        competency=line.competency,
        count=line.count,
    )


@on_submit(DONOR, "donor", "title", "due_on", "asked")
def submit_donor(ctx: Ctx, submission: Submission) -> Text:
    """Keep a partner's survey with its deadline."""
    card = donor_surveys.note(ctx, submission.answers)
    _lead_back(ctx, f"donor:{card.id}")
    return _("The survey of {donor} is kept. You are reminded before {day}.", donor=card.donor,
             day=card.due_on)  # fmt: skip


@on_submit(DONOR_ANSWER, "answer")
def submit_answer(ctx: Ctx, submission: Submission) -> Text:
    """Keep what was answered to the survey that the form was opened for."""
    about = int(submission.purpose["survey"])
    card = donor_surveys.answer(ctx, about, str(submission.answers["answer"]))
    relaying.stop(ctx, about)
    _lead_back(ctx, f"donor:{card.id}")
    return _("The answer to {donor} is kept.", donor=card.donor)


@source("need_people")
def find_team(ctx: Ctx, _purpose: Mapping[str, Any], typed: str) -> list[tuple[str, Words]]:
    """The actor's own people; staff numbers are stored."""
    return _as_choices(telling.team(ctx, typed, MOST))


@source("need_units")
def find_units(ctx: Ctx, _purpose: Mapping[str, Any], typed: str) -> list[tuple[str, Words]]:
    """Every office, for who runs the survey."""
    return _offices(ctx, typed, Action.RUN_NEEDS)


@source("performance_units")
def find_offices(ctx: Ctx, _purpose: Mapping[str, Any], typed: str) -> list[tuple[str, Words]]:
    """Offices of which the actor may enter figures."""
    return _offices(ctx, typed, Action.NOTE_PERFORMANCE)


@source("performance_people")
def find_people(ctx: Ctx, _purpose: Mapping[str, Any], typed: str) -> list[tuple[str, Words]]:
    """People of whom the actor may enter figures, once a name is typed."""
    access.require(ctx, Action.NOTE_PERFORMANCE)
    if not typed.strip():
        return []
    return _as_choices(directory.find(ctx, typed, Action.NOTE_PERFORMANCE, MOST))


@source("rated_competencies")
def find_competencies(
    ctx: Ctx, _purpose: Mapping[str, Any], typed: str
) -> list[tuple[str, Words]]:
    """Competencies in use; their codes are stored."""
    return performance.find_competencies(ctx, typed, MOST)


def _offices(ctx: Ctx, typed: str, action: Action) -> list[tuple[str, Words]]:
    access.require(ctx, action)
    found = directory.find_offices(ctx, typed, action)
    return [(directory.office_code(ctx.session, card.id), card.path) for card in found]


def _as_choices(found: list[PersonCard]) -> list[tuple[str, Words]]:
    return [
        (
            one.staff_no,
            _("{name}, {number}, {unit}", name=one.name, number=one.staff_no, unit=one.unit),
        )
        for one in found
    ]


def _person(ctx: Ctx, answers: Mapping[str, Any]) -> int:
    found = directory.find_staff_no(ctx.session, str(answers.get("person") or ""))
    if found is None:
        raise Refusal(_("This person is not on the roster any more. Choose somebody else."))
    return found


def _lead_back(ctx: Ctx, action: str) -> None:
    ctx.session.info[AFTER] = (ctx.actor.person_id, action)
