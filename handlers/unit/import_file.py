"""The unit sends a workbook: what it is, what it would change, yes or no, undo."""

from __future__ import annotations

from bot import imports
from bot.context import Ctx
from bot.errors import Refusal
from bot.events import Event
from bot.i18n import Text, _
from bot.imports import RunState
from bot.people import sent_files
from bot.people.access_table import Action
from bot.screens import Button, Reply, Screen
from bot.work import queue
from handlers.common import menu
from handlers.common.numbers import number_after
from handlers.common.routes import file, press

FORMS = "forms"
DECIDED = {RunState.CHECKED: "import_apply", RunState.APPLIED: "import_undo"}
KINDS: dict[str, Text] = {
    "people": _("People"),
    "courses": _("Courses"),
    "classes": _("Classes"),
    "enrolments": _("Who is in which class"),
    "nominations": _("Nominations"),
    "marks": _("Marks"),
    "records": _("Training completed before"),
    "curricula": _("Qualifications"),
    "requirements": _("What posts require"),
    "task_books": _("Task books"),
    "questions": _("Questions for tests (table or GIFT)"),
    "indicators": _("Figures of indicators"),
    "topics": _("Topics of training"),
    "competencies": _("Competencies and their levels"),
    "position_levels": _("Which level a post requires"),
    "framework": _("Training frameworks of posts"),
    "performance": _("Poor appraisals and errors counted"),
    "annual_plan": _("The annual training plan"),
    FORMS: _("A questionnaire (XLSForm)"),
}


@file(Action.IMPORT)
def receive_file(ctx: Ctx, event: Event) -> Reply:
    """Ask what the file holds; refuses one that could not be fetched."""
    sent = event.file
    if sent is None or sent.blob_id is None:
        raise Refusal(_("This file could not be fetched. Files up to 20 MB can be taken."))
    if not sent.name.lower().endswith((".xlsx", ".xls", ".csv", ".txt", ".gift")):
        raise Refusal(_("Send an Excel workbook (.xlsx) or a .csv file."))
    sent_files.take(ctx, sent.blob_id)
    rows = tuple(
        (Button(label, f"imp:{sent.blob_id}:{kind}", guarded=True),)
        for kind, label in KINDS.items()
    )
    screen = Screen(
        title=_("What is in {file}?", file=sent.name), rows=(*rows, menu.back_to_menu())
    )
    return Reply(screen=screen)


@press("imp", Action.IMPORT)
def choose_kind(ctx: Ctx, event: Event) -> Reply:
    """Have the file checked: `imp:blob:kind`."""
    blob, kind = number_after(event.text), event.text.split(":")[-1]
    if kind not in KINDS or blob is None:
        raise Refusal(_("Choose one of the kinds shown."))
    sent_files.require_own(ctx, blob)
    if kind == FORMS:
        queue.queue(ctx, "form_check", {"blob": blob})
    else:
        queue.queue(ctx, "import_check", {"blob": blob, "import_kind": kind})
    sentence = _("The file is being checked. Nothing is changed before you say yes.")
    return Reply(screen=Screen(body=(sentence,), rows=(menu.back_to_menu(),)))


@press("impyes", Action.IMPORT)
def take_it(ctx: Ctx, event: Event) -> Reply:
    """Have the checked file applied: `impyes:run`."""
    run_id = _run(ctx, event, RunState.CHECKED)
    queue.queue(ctx, "import_apply", {"run": run_id})
    return Reply(toast=_("The file is being taken in."))


@press("impno", Action.IMPORT)
def leave_it(ctx: Ctx, event: Event) -> Reply:
    """Change nothing: `impno:run`."""
    report = imports.report_of(ctx.session, _run(ctx, event, RunState.CHECKED))
    assert report is not None, "it was there a moment ago"
    sentence = _("{file} was left alone. Nothing was changed.", file=report.file_name)
    return Reply(screen=Screen(body=(sentence,), rows=(menu.back_to_menu(),)))


@press("impundo", Action.IMPORT)
def undo(ctx: Ctx, event: Event) -> Reply:
    """Have an applied file taken back: `impundo:run`."""
    queue.queue(ctx, "import_undo", {"run": _run(ctx, event, RunState.APPLIED)})
    return Reply(toast=_("The import is being taken back."))


def _run(ctx: Ctx, event: Event, wanted: RunState) -> int:
    number = number_after(event.text)
    report = imports.report_of(ctx.session, number) if number is not None else None
    if report is None or number is None:
        raise Refusal(_("That import is no longer here. Send the file again."))
    if report.state is not wanted:
        raise Refusal(_("That has been decided already. Nothing was changed."))
    if queue.is_asked_for(ctx, DECIDED[wanted], {"run": number}):
        raise Refusal(_("That has been decided already. Nothing was changed."))
    return number
