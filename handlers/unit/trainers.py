"""The pool of trainers: who is due to be observed, how each is rated, a new observation."""

from __future__ import annotations

from bot.context import Ctx
from bot.evaluation import observations, trainer_pages
from bot.evaluation.trainer_pages import TrainerLine
from bot.events import Event
from bot.forms import service
from bot.i18n import Words, _
from bot.people.access_table import Action
from bot.screens import Button, Reply, Screen
from handlers.common import ask_form
from handlers.common.class_screens import number_in, with_menu
from handlers.common.menu import Part, menu_entry
from handlers.common.numbers import number_after
from handlers.common.paging import Rows, page_of, page_of_lines
from handlers.common.routes import press
from handlers.common.trainer_screens import observation_lines, remark_lines, score_lines

POOL = _("Trainers and how they are rated")
PAGE = 8

menu_entry("trainers", POOL, "trainers", Action.EDIT_CLASSES, 46, Part.CLASSES)


@press("trainers", Action.EDIT_CLASSES)
def show_pool(ctx: Ctx, event: Event) -> Reply:
    """The trainers, those who are to be observed first: `trainers:page`."""
    page = page_of(trainer_pages.pool(ctx), number_after(event.text) or 0, PAGE)
    rows: Rows = [(Button(_label(line), f"trainer:{line.trainer_id}"),) for line in page.shown]
    rows += page.rows(lambda turned: f"trainers:{turned}")
    body: tuple[Words, ...] = (
        _("Every trainer is observed at least every two years. Those who are due come first."),
    )
    if not page.shown:
        body = (_("There are no trainers yet. Import them, or name one on a class."),)
    return Reply(screen=Screen(title=POOL, body=body, rows=with_menu(rows)))


@press("trainer", Action.EDIT_CLASSES)
def show_trainer(ctx: Ctx, event: Event) -> Reply:
    """One trainer: scores, observations, comments passed on: `trainer:id:page`."""
    trainer_id = number_in(event, 1)
    found = trainer_pages.page(ctx, trainer_id)
    lines: list[Words] = [*score_lines(found), "", *observation_lines(found)]
    said = list(remark_lines(trainer_pages.remarks(ctx, trainer_id)))
    lines += ["", _("What participants wrote"), *said] if said else []
    page = page_of_lines(lines, number_after(event.text, 2) or 0)
    rows = page.rows(lambda turned: f"trainer:{trainer_id}:{turned}")
    if not found.is_own:
        rows.append((Button(_("Record an observation"), f"observe:{trainer_id}"),))
    if found.classes:
        label = _("Make the report")
        rows.append((Button(label, f"outcome:trainer:{trainer_id}", guarded=True),))
    rows.append((Button(_("« Trainers"), "trainers"),))
    return Reply(screen=Screen(title=found.name, body=page.shown, rows=tuple(rows), protect=True))


@press("observe", Action.EDIT_CLASSES)
def observe(ctx: Ctx, event: Event) -> Reply:
    """Record how a trainer was in the room: `observe:id`."""
    purpose, answers = observations.opening(ctx, number_in(event, 1))
    service.begin(ctx, observations.FORM, purpose, answers)
    return ask_form.show(ctx)


def _label(line: TrainerLine) -> Words:
    if line.last_on is None:
        return _("{name}: not observed yet", name=line.name)
    if line.due:
        return _("{name}: due, last on {day}", name=line.name, day=line.last_on)
    return _("{name}: observed on {day}", name=line.name, day=line.last_on)
