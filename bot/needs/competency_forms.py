"""The forms about competencies, posts and frameworks: where they arrive, what they choose from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.context import Ctx
from bot.forms.service import Submission, on_submit, source
from bot.i18n import Text, Words, _
from bot.needs import competencies, defining, frameworks, positions
from bot.people import access
from bot.people.access_table import Action

NEW, EDIT, LEVEL = "new_competency", "edit_competency", "competency_level"
REQUIRED, FRAMEWORK = "position_level", "framework_course"
MOST = 20
AFTER = "needs.competency_after"
"""Set in a session's `info` once a form is taken: by whom, and which button leads back."""


def way_back(ctx: Ctx) -> str | None:
    """The button's data that leads back to what the actor has just filled in a form about."""
    person_id, action = ctx.session.info.pop(AFTER, (None, None))
    return action if person_id == ctx.actor.person_id else None


@on_submit(NEW, "code", "name", "kind")
def submit_new(ctx: Ctx, submission: Submission) -> Text:
    """Make a competency."""
    made = defining.create(ctx, submission.answers)
    _lead_back(ctx, f"cpt:{made.line.id}")
    return _("Competency {code} was made. Describe its levels next.", code=made.line.code)


@on_submit(EDIT, "name", "kind")
def submit_edit(ctx: Ctx, submission: Submission) -> Text:
    """Correct the competency that the form was opened for."""
    edited = defining.edit(ctx, int(submission.purpose["competency"]), submission.answers)
    _lead_back(ctx, f"cpt:{edited.line.id}")
    return _("Competency {code} was corrected.", code=edited.line.code)


@on_submit(LEVEL, "behaviour")
def submit_level(ctx: Ctx, submission: Submission) -> Text:
    """Describe the level that the form was opened for."""
    about, level = int(submission.purpose["competency"]), int(submission.purpose["level"])
    card = defining.describe(ctx, about, level, submission.answers)
    _lead_back(ctx, f"cpt:{about}")
    return _("Level {level} of {code} is described.", level=level, code=card.line.code)


@on_submit(REQUIRED, "competency", "level")
def submit_required(ctx: Ctx, submission: Submission) -> Text:
    """Have the post that the form was opened for require a level."""
    position = str(submission.purpose["position"])
    line = positions.require(ctx, position, submission.answers)
    _lead_back(ctx, f"post:{positions.sign_of(position)}")
    return _(
        "{post} requires level {level} of {code}.",
        post=position,
        level=line.level,
        code=line.competency.code,
    )


@on_submit(FRAMEWORK, "course")
def submit_framework(ctx: Ctx, submission: Submission) -> Text:
    """Put a course into the framework of the post that the form was opened for."""
    position = str(submission.purpose["position"])
    line = frameworks.put(ctx, position, submission.answers)
    _lead_back(ctx, f"postfw:{positions.sign_of(position)}")
    return _(
        "{code} stands at place {place} of the framework of {post}.",
        code=line.code,
        place=line.place,
        post=position,
    )


@source("competencies")
def find_competencies(
    ctx: Ctx, _purpose: Mapping[str, Any], typed: str
) -> Sequence[tuple[str, Words]]:
    """Competencies in use by a part of their code or name; their codes are stored."""
    access.require(ctx, Action.USE_DESK)
    found = [line for line in competencies.matching(ctx.session, typed) if line.active]
    return [
        (line.code, _("{code} {name}", code=line.code, name=line.name)) for line in found[:MOST]
    ]


def _lead_back(ctx: Ctx, action: str) -> None:
    ctx.session.info[AFTER] = (ctx.actor.person_id, action)
