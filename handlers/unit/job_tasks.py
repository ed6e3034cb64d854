"""The tasks of a job: written down, rated, chosen for training or left out, with the reason."""

from __future__ import annotations

from bot.context import Ctx
from bot.errors import Refusal
from bot.events import Event
from bot.forms import service
from bot.i18n import Text, Words, _
from bot.needs.jobs import analyses, tasks
from bot.needs.jobs.tasks import REASONS_AGAINST, REASONS_FOR, TaskCard
from bot.people.access_table import Action
from bot.screens import Button, Reply, Screen, Style
from bot.shorten import cut
from handlers.common import ask_form
from handlers.common.class_screens import number_in
from handlers.common.numbers import number_after
from handlers.common.paging import Rows, page_of
from handlers.common.routes import press

PAGE, LONGEST, SHORT = 8, 500, 40
REASONS = (*REASONS_FOR.items(), *REASONS_AGAINST.items())


@press("jobtasks", Action.ANALYSE_JOBS)
def show_tasks(ctx: Ctx, event: Event) -> Reply:
    """The tasks of a job, the most urgent first: `jobtasks:id:page`."""
    return Reply(screen=_list(ctx, number_in(event, 1), number_after(event.text, 2) or 0))


@press("jobtask", Action.ANALYSE_JOBS)
def show_task(ctx: Ctx, event: Event) -> Reply:
    """One task: `jobtask:task`."""
    return Reply(screen=_screen(tasks.card(ctx, number_in(event, 1))))


@press("jobtnew", Action.ANALYSE_JOBS)
def begin_task(ctx: Ctx, event: Event) -> Reply:
    """Ask for a task of a job: `jobtnew:id`."""
    about = number_in(event, 1)
    analyses.require(ctx, about)
    service.begin(ctx, "job_task", {"analysis_id": about})
    return ask_form.show(ctx)


@press("jobtedit", Action.ANALYSE_JOBS)
def begin_correcting(ctx: Ctx, event: Event) -> Reply:
    """Show all facts at once, each to be changed by its number: `jobtedit:task`."""
    about = number_in(event, 1)
    service.begin(ctx, "job_task", {"task_id": about}, tasks.as_typed(ctx, about))
    return ask_form.show_all(ctx)


@press("jobtdrop", Action.ANALYSE_JOBS)
def drop_task(ctx: Ctx, event: Event) -> Reply:
    """Take a task off the list: `jobtdrop:task`."""
    about = tasks.drop(ctx, number_in(event, 1))
    return Reply(screen=_list(ctx, about, 0), toast=_("The task is off the list."))


@press("jobtwhy", Action.ANALYSE_JOBS)
def show_reasons(ctx: Ctx, event: Event) -> Reply:
    """Why it is trained, or left out: `jobtwhy:task`."""
    card = tasks.card(ctx, number_in(event, 1))
    rows = tuple(
        (Button(_reason(code, words), f"jobtset:{card.id}:{place}"),)
        for place, (code, words) in enumerate(REASONS)
    )
    back = (Button(_("« The task"), f"jobtask:{card.id}"),)
    body = (_("Why is it trained, or why not? The answer follows from the reason."),)
    title = cut(card.task, LONGEST)
    return Reply(screen=Screen(title=title, body=body, rows=(*rows, back)))


@press("jobtset", Action.ANALYSE_JOBS)
def choose_task(ctx: Ctx, event: Event) -> Reply:
    """Have a task trained or left out, for a reason: `jobtset:task:reason`."""
    place = number_in(event, 2)
    if place >= len(REASONS):
        raise Refusal(_("This button no longer works. Please open the list again."))
    card = tasks.choose(ctx, number_in(event, 1), REASONS[place][0])
    toast = _("It is to be trained.") if card.chosen else _("It is left out.")
    return Reply(screen=_screen(card), toast=toast)


def _reason(code: str, words: Text) -> Text:
    if code in REASONS_FOR:
        return _("Train it: {reason}", reason=words)
    return _("Leave it out: {reason}", reason=words)


def _list(ctx: Ctx, about: int, number: int) -> Screen:
    job = analyses.card(ctx, about)
    page = page_of(tasks.of_analysis(ctx, about), number, PAGE)
    rows: Rows = [(Button(_label(one), f"jobtask:{one.id}"),) for one in page.shown]
    rows += page.rows(lambda turned: f"jobtasks:{about}:{turned}")
    rows.append((Button(_("Add a task"), f"jobtnew:{about}", style=Style.PRIMARY),))
    rows.append((Button(_("« The job"), f"jobof:{about}"),))
    body = (
        _("Priority is importance plus frequency, 2 to 10. The most urgent task stands first.")
        if page.shown
        else _("No task has been written down yet.")
    )
    return Screen(
        title=_("Tasks: {position}", position=job.position), body=(body,), rows=tuple(rows)
    )


def _label(one: TaskCard) -> Words:
    task = cut(one.task, SHORT)
    if one.priority is None:
        return _("– {task}", task=task)
    if one.chosen is None:
        return _("{priority} {task}", priority=one.priority, task=task)
    if one.chosen:
        return _("{priority} {task}: train", priority=one.priority, task=task)
    return _("{priority} {task}: leave out", priority=one.priority, task=task)


def _screen(one: TaskCard) -> Screen:
    rows = (
        (Button(_("Train it or not"), f"jobtwhy:{one.id}", style=Style.PRIMARY),),
        (
            Button(_("Correct"), f"jobtedit:{one.id}"),
            Button(_("Off the list"), f"jobtdrop:{one.id}", guarded=True),
        ),
        (Button(_("« Tasks"), f"jobtasks:{one.analysis_id}"),),
    )
    return Screen(title=cut(one.task, LONGEST), body=tuple(_facts(one)), rows=rows)


def _facts(one: TaskCard) -> list[Words]:
    facts: list[Words] = []
    for words, value in (
        (_("Area: {value}", value=one.area), one.area),
        (_("Steps: {value}", value=cut(one.subtask, LONGEST)), one.subtask),
        (_("Importance: {value} of 5", value=one.importance), one.importance),
        (_("Frequency: {value} of 5", value=one.frequency), one.frequency),
        (_("Priority: {value} of 10", value=one.priority), one.priority),
        (_("To know: {value}", value=cut(one.knowledge, LONGEST)), one.knowledge),
        (_("To be able to: {value}", value=cut(one.skills, LONGEST)), one.skills),
    ):
        if value:
            facts.append(words)
    if one.chosen is None:
        facts.append(_("It is not decided whether it is trained."))
    elif one.reason is not None:
        facts.append(_reason(one.why, one.reason))
    return facts
