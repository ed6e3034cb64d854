"""The unit's classes: looked up, made, corrected, cancelled."""

from __future__ import annotations

from dataclasses import replace

from bot.context import Ctx
from bot.events import Event
from bot.forms import service
from bot.i18n import Words, _, _n
from bot.people import access
from bot.people.access_table import Action
from bot.screens import Button, Reply, Screen, Style
from bot.training import (
    calling_off,
    catalogue,
    class_details,
    class_reach,
    classes,
    foreign_offers,
)
from bot.training.catalogue import ClassCard
from bot.training.class_details import ClassDetails
from handlers.common import ask_form
from handlers.common.class_screens import (
    class_id,
    facts,
    list_screen,
    page_asked,
    report_rows,
    with_menu,
)
from handlers.common.holding import holding_rows
from handlers.common.menu import Part, menu_entry
from handlers.common.nominee_screens import entry_rows
from handlers.common.routes import command, press, text
from handlers.unit.class_facts import detail_lines

ASKS = "classes:find"
CLASSES = _("Classes")

menu_entry("classes", CLASSES, "classes", Action.EDIT_CLASSES, 40, Part.CLASSES)


@command("classes", Action.EDIT_CLASSES, menu=_("Classes: look up, make, correct"))
@press("classes", Action.EDIT_CLASSES)
def show_classes(ctx: Ctx, event: Event) -> Reply:
    """The classes within reach, the latest first: `classes:page:search`."""
    number, search = page_asked(event)
    return Reply(screen=_list(ctx, number, search))


@text("classes", Action.EDIT_CLASSES)
def find_classes(ctx: Ctx, event: Event) -> Reply:
    """Classes by a part of their code, title or place."""
    return Reply(screen=_list(ctx, 0, event.text.strip()))


@press("class", Action.EDIT_CLASSES)
def show_class(ctx: Ctx, event: Event) -> Reply:
    """One class: `class:id`."""
    return Reply(screen=class_screen(ctx, class_id(event)))


@press("newclass", Action.EDIT_CLASSES)
def begin_class(ctx: Ctx, _event: Event) -> Reply:
    """Ask for a new class's facts."""
    service.begin(ctx, "new_class")
    return ask_form.show(ctx)


@press("editclass", Action.EDIT_CLASSES)
def begin_correcting(ctx: Ctx, event: Event) -> Reply:
    """Show all facts at once, each to be changed by its number: `editclass:id`."""
    about = class_id(event)
    service.begin(ctx, "edit_class", {"class_id": about}, classes.as_typed(ctx, about))
    return ask_form.show_all(ctx)


@press("classcopy", Action.EDIT_CLASSES)
def begin_copying(ctx: Ctx, event: Event) -> Reply:
    """Ask for the code and the dates of a class that is held again: `classcopy:id`."""
    held = class_reach.require_editor(ctx, class_id(event))
    service.begin(ctx, "copy_class", {"class_id": held.id})
    return ask_form.show(ctx)


@press("classoffer", Action.EDIT_CLASSES)
def begin_offer(ctx: Ctx, event: Event) -> Reply:
    """Ask who offers the class, where, and who pays: `classoffer:id`."""
    about = class_id(event)
    service.begin(ctx, "foreign_offer", {"class_id": about}, foreign_offers.of_class(ctx, about))
    return ask_form.show(ctx)


@press("classoff", Action.EDIT_CLASSES)
def ask_before_cancelling(ctx: Ctx, event: Event) -> Reply:
    """Say what would happen, and who would be told: `classoff:id`."""
    held = catalogue.card(ctx, class_reach.require_editor(ctx, class_id(event)).id)
    told = calling_off.count_told(ctx, held.id)
    why = Button(_("Give the reason"), f"classoffyes:{held.id}", guarded=True, style=Style.DANGER)
    return Reply(
        screen=Screen(
            title=_("Cancel class {code}?", code=held.code),
            body=(
                _n(
                    "{count} person is told, with the reason.",
                    "{count} people are told, with the reason.",
                    told,
                ),
                _("Nobody will be asked about it, and open questionnaires are taken back."),
                _(
                    "The record stays. You can hold the class after all: until it begins with "
                    "everybody on its list, later with those who had a place."
                ),
            ),
            rows=((why,), (Button(_("« Back"), f"class:{held.id}"),)),
        )
    )


@press("classoffyes", Action.EDIT_CLASSES)
def begin_cancelling(ctx: Ctx, event: Event) -> Reply:
    """Ask for the reason: `classoffyes:id`."""
    held = class_reach.require_editor(ctx, class_id(event))
    service.begin(ctx, "cancel_class", {"class_id": held.id})
    return ask_form.show(ctx)


@press("classon", Action.EDIT_CLASSES)
def ask_before_bringing_back(ctx: Ctx, event: Event) -> Reply:
    """Say who would be on the list again: `classon:id`."""
    held = catalogue.card(ctx, class_reach.require_editor(ctx, class_id(event)).id)
    back = calling_off.count_back(ctx, held.id)
    yes = Button(_("Hold the class"), f"classonyes:{held.id}", guarded=True, style=Style.PRIMARY)
    return Reply(
        screen=Screen(
            title=_("Hold class {code} after all?", code=held.code),
            body=(
                _n(
                    "{count} person is on its list again and is told.",
                    "{count} people are on its list again and are told.",
                    back,
                ),
                _(
                    "Seats are given in the order of approval. Who had asked for a place is asked "
                    "about again."
                ),
            ),
            rows=((yes,), (Button(_("« Back"), f"class:{held.id}"),)),
        )
    )


@press("classonyes", Action.EDIT_CLASSES)
def bring_class_back(ctx: Ctx, event: Event) -> Reply:
    """Undo a cancellation: `classonyes:id`."""
    done = calling_off.bring_back(ctx, class_id(event))
    return Reply(screen=class_screen(ctx, done.card.id), toast=_("The class is held after all."))


@press("naming", Action.SET_POLICY)
def set_naming(ctx: Ctx, event: Event) -> Reply:
    """Ask about classes of this course by name or without: `naming:id:1`."""
    held = classes.ask_by_name(ctx, class_id(event), event.text.endswith(":1"))
    sentence = (
        _("Classes of this course that end from now on are asked without names.")
        if held.anonymous
        else _("Classes of this course that end from now on are asked by name.")
    )
    return Reply(screen=class_screen(ctx, held.id, sentence))


def class_screen(ctx: Ctx, about: int, before: Words = "") -> Screen:
    """What a class is, and what may be done with it; refuses classes out of reach."""
    details = class_details.of_class(ctx, about)
    held = catalogue.card(ctx, about)
    return Screen(
        above=before,
        title=_("Class {code}", code=held.code),
        body=(*facts(ctx, held), *detail_lines(details)),
        rows=(*_choices(ctx, held, details), (Button(_("« Classes"), "classes"),)),
    )


def _list(ctx: Ctx, number: int, search: str) -> Screen:
    page = catalogue.visible_to_unit(ctx, number, search)
    screen = list_screen(CLASSES, page, ("classes", "class"), search, ASKS)
    new = (Button(_("New class"), "newclass", style=Style.PRIMARY),)
    return replace(screen, rows=with_menu((*screen.rows, new)))


def _choices(ctx: Ctx, held: ClassCard, details: ClassDetails) -> list[tuple[Button, ...]]:
    rows: list[tuple[Button, ...]] = [
        *report_rows(ctx, held),
        (Button(_("Who is in it"), f"members:{held.id}:0"),),
        *holding_rows(ctx, held),
        (
            Button(_("Correct"), f"editclass:{held.id}"),
            Button(_("Copy the class"), f"classcopy:{held.id}"),
        ),
        *_offer(held, details),
        *entry_rows(held),
        (*_naming(ctx, held), Button(_("Fewer seats"), f"classseats:{held.id}")),
        (Button(_("Remarks"), f"remarks:{held.id}"), Button(_("Interview"), f"iview:{held.id}")),
        (Button(_("What is asked, and when"), f"evwhen:{held.id}"),),
    ]
    if held.cancelled:
        rows.append((Button(_("Hold it after all"), f"classon:{held.id}"),))
    else:
        rows.append(
            (
                Button(_("Take a questionnaire back"), f"recall:{held.id}"),
                Button(_("Cancel the class"), f"classoff:{held.id}"),
            )
        )
    return rows


def _offer(held: ClassCard, details: ClassDetails) -> list[tuple[Button, ...]]:
    """For a course that somebody else offers."""
    if not details.is_foreign:
        return []
    return [(Button(_("Foreign offer"), f"classoffer:{held.id}"),)]


def _naming(ctx: Ctx, held: ClassCard) -> tuple[Button, ...]:
    """For who decides about the course everywhere."""
    if not access.may(ctx, Action.SET_POLICY):
        return ()
    label = _("Ask by name") if held.anonymous else _("Ask without names")
    return (Button(label, f"naming:{held.id}:{int(held.anonymous)}", guarded=True),)
