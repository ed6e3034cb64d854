"""A supervisor gives an officer more time to renew what ends, or does not."""

from __future__ import annotations

import datetime as dt

from bot.context import Ctx
from bot.events import Event
from bot.forms import service
from bot.forms.service import Submission
from bot.i18n import Text, _
from bot.people import directory
from bot.people.access_table import Action
from bot.screens import Reply
from bot.training.qualifications import curriculum_cards, extensions
from handlers.common import ask_form
from handlers.common.class_screens import number_in
from handlers.common.routes import press

FORM = "extend_qualification"
GRANTED = "granted"


@press("qext", Action.DECIDE)
def begin(ctx: Ctx, event: Event) -> Reply:
    """Ask what is decided, until when and why: `qext:qualification`."""
    row = extensions.require_decidable(ctx, number_in(event, 1))
    service.begin(ctx, FORM, {"qualification": row.id})
    return ask_form.show(ctx)


@service.on_submit(FORM, "decision", "until", "reason")
def submit(ctx: Ctx, submission: Submission) -> Text:
    """Carry the decision out; the officer is told."""
    about, answers = submission.purpose["qualification"], submission.answers
    reason = str(answers["reason"])
    if answers["decision"] != GRANTED:
        row = extensions.refuse(ctx, about, reason)
        name = directory.name_of(ctx.session, row.person_id)
        return _("No more time is given to {name}. They are told why.", name=name)
    until = dt.date.fromisoformat(str(answers["until"]))
    row = extensions.extend(ctx, about, until, reason)
    return _(
        "{name} may renew {title} until {day}. They are told.",
        name=directory.name_of(ctx.session, row.person_id),
        title=curriculum_cards.line_of(ctx.session, row.curriculum_id).title,
        day=until,
    )
