"""Programs of the catalogue: courses that belong together."""

from __future__ import annotations

from bot.context import Ctx
from bot.events import Event
from bot.forms import service
from bot.i18n import Words, _
from bot.people import access
from bot.people.access_table import Action
from bot.screens import Button, Reply, Screen, Style
from bot.training import programs
from bot.training.programs import ProgramCard
from handlers.common import ask_form
from handlers.common.class_screens import number_in
from handlers.common.paging import Rows
from handlers.common.routes import press

BACK = (Button(_("« Catalogue"), "courselist"),)


@press("courseprogs", Action.EDIT_CLASSES)
def show_programs(ctx: Ctx, _event: Event) -> Reply:
    """All programs."""
    found = programs.find(ctx)
    rows: Rows = [
        (Button(_("{code} {program}", code=one.code, program=one.title), f"courseprog:{one.id}"),)
        for one in found
    ]
    if access.may(ctx, Action.SET_POLICY):
        rows.append((Button(_("New program"), "courseprognew", style=Style.PRIMARY),))
    body = _("Choose a program.") if found else _("There are no programs yet.")
    return Reply(screen=Screen(title=_("Programs"), body=(body,), rows=(*rows, BACK)))


@press("courseprog", Action.EDIT_CLASSES)
def show_program(ctx: Ctx, event: Event) -> Reply:
    """One program: `courseprog:id`."""
    return Reply(screen=_screen(ctx, programs.card(ctx, number_in(event, 1))))


@press("courseprognew", Action.SET_POLICY)
def begin_program(ctx: Ctx, _event: Event) -> Reply:
    """Ask for a new program's code and title."""
    service.begin(ctx, "new_program")
    return ask_form.show(ctx)


@press("courseprogadd", Action.SET_POLICY)
def begin_adding(ctx: Ctx, event: Event) -> Reply:
    """Ask which course is added: `courseprogadd:id`."""
    card = programs.card(ctx, number_in(event, 1))
    service.begin(ctx, "add_to_program", {"program_id": card.id})
    return ask_form.show(ctx)


@press("courseprogoff", Action.SET_POLICY)
def drop_course(ctx: Ctx, event: Event) -> Reply:
    """Take a course out: `courseprogoff:program:course`; adding it again undoes it."""
    card = programs.drop_course(ctx, number_in(event, 1), number_in(event, 2))
    return Reply(screen=_screen(ctx, card), toast=_("The course is out of the program."))


def _screen(ctx: Ctx, card: ProgramCard) -> Screen:
    body: list[Words] = [
        _("{place}. {code} {course}", place=place, code=line.code, course=line.title)
        for place, line in enumerate(card.courses, start=1)
    ]
    rows: Rows = []
    if access.may(ctx, Action.SET_POLICY):
        rows = [
            (
                Button(
                    _("Take out: {code}", code=line.code),
                    f"courseprogoff:{card.id}:{line.id}",
                    guarded=True,
                ),
            )
            for line in card.courses
        ]
        add = Button(_("Add a course"), f"courseprogadd:{card.id}", style=Style.PRIMARY)
        rows.append((add,))
    return Screen(
        title=_("{code} {program}", code=card.code, program=card.title),
        body=tuple(body) or (_("No course is in it yet."),),
        rows=(*rows, (Button(_("« Programs"), "courseprogs"),)),
    )
