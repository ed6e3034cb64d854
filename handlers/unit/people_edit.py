"""One person added or changed by a form; whole rosters come as a file."""

from __future__ import annotations

from bot.context import Ctx
from bot.events import Event
from bot.forms import engine, service, versions
from bot.forms.service import Submission
from bot.i18n import Text, _
from bot.people import editing
from bot.people.access_table import Action
from bot.screens import Reply
from handlers.common import ask_form
from handlers.common.routes import press
from handlers.unit.people_find import person_id

ADD, EDIT = "add_person", "edit_person"


@press("addperson", Action.EDIT_PEOPLE)
def begin_adding(ctx: Ctx, _event: Event) -> Reply:
    """Ask for a new person's details."""
    service.begin(ctx, ADD)
    return ask_form.show(ctx)


@press("editperson", Action.EDIT_PEOPLE)
def begin_editing(ctx: Ctx, event: Event) -> Reply:
    """Show all details at once, each to be changed by its number: `editperson:id`."""
    about = person_id(event)
    service.begin(ctx, EDIT, {"person": about}, editing.as_typed(ctx, about))
    return ask_form.show_all(ctx)


@service.on_submit(ADD, "staff_no", "full_name", "unit")
def add(ctx: Ctx, submission: Submission) -> Text:
    """Put the person on the roster."""
    card = editing.add(ctx, submission.answers)
    return _("{name}, {unit}, is on the roster now.", name=card.name, unit=card.unit)


@service.on_submit(EDIT, "full_name", "unit")
def edit(ctx: Ctx, submission: Submission) -> Text:
    """Change what was changed; another office or position is a move.

    What the form could not show, such as a value it has no choice for, stays as it is.
    """
    about = int(submission.purpose["person"])
    form = versions.definition(ctx, submission.version_id)
    shown = engine.start(form, service.moment(ctx), dict(editing.as_typed(ctx, about))).answers
    typed = {name: submission.answers.get(name) for name in {*shown, *submission.answers}}
    card = editing.edit(ctx, about, typed)
    return _("The details of {name}, {unit}, are stored.", name=card.name, unit=card.unit)
