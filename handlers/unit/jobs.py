"""Jobs analysed: begun, worked off step by step, interviewed about, written down as a workbook."""

from __future__ import annotations

from bot.context import Ctx
from bot.errors import Refusal
from bot.events import Event
from bot.forms import service
from bot.i18n import Text, Words, _, _n
from bot.needs.jobs import analyses, interviews
from bot.needs.jobs.analyses import AnalysisCard, StepLine
from bot.needs.jobs.steps import BY_CODE, STAGES, STATE_WORDS, STEPS, StepState
from bot.people.access_table import Action
from bot.reports.job_analysis import INTERVIEW_SHEET, JOB_ANALYSIS
from bot.screens import Button, Reply, Screen, Style
from handlers.common import ask_form
from handlers.common.class_screens import number_in, with_menu
from handlers.common.menu import Part, menu_entry
from handlers.common.numbers import number_after
from handlers.common.paging import Rows, page_of, page_of_lines
from handlers.common.report_orders import ordered
from handlers.common.routes import press

JOBS = _("Jobs analysed")
PAGE, ACROSS = 8, 4
MARKS = {StepState.OPEN: "☐", StepState.DONE: "☑", StepState.NOT_NEEDED: "–"}

menu_entry("jobs", JOBS, "jobs", Action.ANALYSE_JOBS, 38, Part.PLAN)


@press("jobs", Action.ANALYSE_JOBS)
def show_jobs(ctx: Ctx, event: Event) -> Reply:
    """The analyses within reach: `jobs:page`."""
    page = page_of(analyses.everything(ctx), number_after(event.text) or 0, PAGE)
    rows: Rows = [(Button(_label(one), f"jobof:{one.id}"),) for one in page.shown]
    rows += page.rows(lambda turned: f"jobs:{turned}")
    rows.append((Button(_("Analyse a job"), "jobnew", style=Style.PRIMARY),))
    body = (
        _("What a job consists of, and what of it must be trained."),
        *(() if page.shown else (_("No job has been analysed yet."),)),
    )
    return Reply(screen=Screen(title=JOBS, body=body, rows=with_menu(rows)))


@press("jobnew", Action.ANALYSE_JOBS)
def begin_job(ctx: Ctx, _event: Event) -> Reply:
    """Ask whose work is analysed."""
    service.begin(ctx, "job_analysis")
    return ask_form.show(ctx)


@press("jobof", Action.ANALYSE_JOBS)
def show_job(ctx: Ctx, event: Event) -> Reply:
    """One analysis: `jobof:id`."""
    return Reply(screen=_screen(analyses.card(ctx, number_in(event, 1))))


@press("jobsteps", Action.ANALYSE_JOBS)
def show_steps(ctx: Ctx, event: Event) -> Reply:
    """The steps of one stage: `jobsteps:id:stage:page`."""
    about = number_in(event, 1)
    return Reply(screen=_steps(ctx, about, _stage(event), number_after(event.text, 3) or 0))


@press("jobdone", Action.ANALYSE_JOBS)
def settle_step(ctx: Ctx, event: Event) -> Reply:
    """Say that a step is done, or open again: `jobdone:id:step:1`."""
    about, code = number_in(event, 1), _step_code(event)
    state = StepState.DONE if event.text.endswith(":1") else StepState.OPEN
    line = analyses.settle(ctx, about, code, state)
    return Reply(screen=_step(about, line), toast=STATE_WORDS[line.state])


@press("jobstep", Action.ANALYSE_JOBS)
def show_step(ctx: Ctx, event: Event) -> Reply:
    """One step with its remark: `jobstep:id:step`."""
    about, code = number_in(event, 1), _step_code(event)
    line = next(line for line in analyses.steps(ctx, about) if line.step.code == code)
    return Reply(screen=_step(about, line))


@press("jobnote", Action.ANALYSE_JOBS)
def begin_remark(ctx: Ctx, event: Event) -> Reply:
    """Ask how a step stands, with a remark: `jobnote:id:step`."""
    about, code = number_in(event, 1), _step_code(event)
    analyses.require(ctx, about)
    service.begin(ctx, "job_step", {"analysis_id": about, "step": code})
    return ask_form.show(ctx)


@press("jobfin", Action.ANALYSE_JOBS)
def finish_job(ctx: Ctx, event: Event) -> Reply:
    """Close an analysis or take it up again: `jobfin:id:1`."""
    card = analyses.finish(ctx, number_in(event, 1), event.text.endswith(":1"))
    toast = _("It is finished.") if card.finished_on else _("It goes on.")
    return Reply(screen=_screen(card), toast=toast)


@press("jobguide", Action.ANALYSE_JOBS)
def make_guide(ctx: Ctx, event: Event) -> Reply:
    """Have the guide of the interview made to be printed: `jobguide:id`."""
    return ordered(ctx, INTERVIEW_SHEET, {"job": number_in(event, 1)})


@press("jobrep", Action.ANALYSE_JOBS)
def make_workbook(ctx: Ctx, event: Event) -> Reply:
    """Have everything about a job made as a workbook: `jobrep:id`."""
    return ordered(ctx, JOB_ANALYSIS, {"job": number_in(event, 1)})


@press("jobtalks", Action.ANALYSE_JOBS)
def show_interviews(ctx: Ctx, event: Event) -> Reply:
    """The interviews about a job: `jobtalks:id:page`."""
    about = number_in(event, 1)
    page = page_of(interviews.of_analysis(ctx, about), number_after(event.text, 2) or 0, PAGE)
    rows: Rows = [
        (Button(_("{day} {who}", day=one.held_on, who=one.who or _("without a name")),
                f"jobtalk:{one.id}"),)
        for one in page.shown
    ]  # fmt: skip
    rows += page.rows(lambda turned: f"jobtalks:{about}:{turned}")
    rows += [
        (Button(_("Key in an interview"), f"jobtnote:{about}", style=Style.PRIMARY),),
        (Button(_("Print the guide"), f"jobguide:{about}", guarded=True),),
        _back(about),
    ]
    body = _("Print the guide, hold the interview, key it in.")
    return Reply(screen=Screen(title=_("Interviews"), body=(body,), rows=tuple(rows)))


@press("jobtalk", Action.ANALYSE_JOBS)
def show_interview(ctx: Ctx, event: Event) -> Reply:
    """What was answered: `jobtalk:interview:page`."""
    about = number_in(event, 1)
    found = interviews.read(ctx, about)
    lines: list[Words] = []
    for question, answer in found.answers:
        lines += [question, _("“{words}”", words=answer), ""]
    page = page_of_lines(lines, number_after(event.text, 2) or 0)
    rows = page.rows(lambda turned: f"jobtalk:{about}:{turned}")
    rows.append((Button(_("« Interviews"), f"jobtalks:{found.card.analysis_id}"),))
    title = _("Interview of {day}", day=found.card.held_on)
    return Reply(screen=Screen(title=title, body=page.shown, rows=tuple(rows), protect=True))


@press("jobtnote", Action.ANALYSE_JOBS)
def begin_interview(ctx: Ctx, event: Event) -> Reply:
    """Ask for the answers of an interview: `jobtnote:id`."""
    about = number_in(event, 1)
    analyses.require(ctx, about)
    service.begin(ctx, interviews.FORM, {"analysis_id": about})
    return ask_form.show(ctx)


def _label(one: AnalysisCard) -> Text:
    if one.finished_on is not None:
        return _("{position}: finished", position=one.position)
    return _(
        "{position}: {settled} of {steps}",
        position=one.position,
        settled=one.settled,
        steps=one.steps,
    )


def _screen(card: AnalysisCard) -> Screen:
    where: Words = _("Office: {name}", name=card.unit) if card.unit else _("In every office")
    body: list[Words] = [
        where,
        _("Begun on {day}", day=card.begun_on),
        _("Steps settled: {count} of {total}", count=card.settled, total=card.steps),
        _n("{count} task", "{count} tasks", card.tasks),
        _n("{count} interview", "{count} interviews", card.interviews),
    ]
    if card.finished_on is not None:
        body.append(_("Finished on {day}", day=card.finished_on))
    label = _("Take it up again") if card.finished_on else _("It is finished")
    wanted = "0" if card.finished_on else "1"
    rows = (
        (
            Button(_("Steps"), f"jobsteps:{card.id}:1", style=Style.PRIMARY),
            Button(_("Tasks"), f"jobtasks:{card.id}"),
            Button(_("Interviews"), f"jobtalks:{card.id}"),
        ),
        (Button(_("Make the workbook"), f"jobrep:{card.id}", guarded=True),),
        (Button(label, f"jobfin:{card.id}:{wanted}", guarded=True),),
        (Button(_("« Jobs"), "jobs"),),
    )
    return Screen(title=card.position, body=tuple(body), rows=rows)


def _steps(ctx: Ctx, about: int, stage: int, number: int) -> Screen:
    own = [line for line in analyses.steps(ctx, about) if line.step.stage == stage]
    page = page_of(list(enumerate(own, 1)), number, PAGE)
    settled = sum(line.state is not StepState.OPEN for line in own)
    body: list[Words] = [
        _("Settled: {count} of {total}. Choose a step.", count=settled, total=len(own)),
        *(
            _("{number}. {mark} {words}", number=place, mark=MARKS[line.state],
              words=line.step.words)
            for place, line in page.shown
        ),
    ]  # fmt: skip
    buttons = [Button(str(place), f"jobstep:{about}:{line.step.code}")
               for place, line in page.shown]  # fmt: skip
    rows: Rows = [tuple(buttons[at : at + ACROSS]) for at in range(0, len(buttons), ACROSS)]
    rows += page.rows(lambda turned: f"jobsteps:{about}:{stage}:{turned}")
    rows += [_other_stages(about, stage), _back(about)]
    return Screen(title=STAGES[stage], body=tuple(body), rows=tuple(rows))


def _other_stages(about: int, stage: int) -> tuple[Button, ...]:
    before, after = stage - 1, stage + 1
    turns = []
    if before in STAGES:
        turns.append(Button(_("‹ Stage {number}", number=before), f"jobsteps:{about}:{before}"))
    if after in STAGES:
        turns.append(Button(_("Stage {number} ›", number=after), f"jobsteps:{about}:{after}"))
    return tuple(turns)


def _step(about: int, line: StepLine) -> Screen:
    code = line.step.code
    body: list[Words] = [line.step.words, _("State: {state}", state=STATE_WORDS[line.state])]
    if line.remark:
        body.append(_("Remark: {remark}", remark=line.remark))
    if line.on is not None:
        body.append(_("By {name}, {day}", name=line.by, day=line.on))
    is_done = line.state is StepState.DONE
    mark = (
        Button(_("Open again"), f"jobdone:{about}:{code}:0", guarded=True)
        if is_done
        else Button(_("Done"), f"jobdone:{about}:{code}:1", guarded=True, style=Style.SUCCESS)
    )
    rows = (
        (mark, Button(_("With a remark"), f"jobnote:{about}:{code}")),
        (Button(_("« Steps"), f"jobsteps:{about}:{line.step.stage}"),),
    )
    return Screen(title=STAGES[line.step.stage], body=tuple(body), rows=rows)


def _back(about: int) -> tuple[Button, ...]:
    return (Button(_("« The job"), f"jobof:{about}"),)


def _stage(event: Event) -> int:
    stage = number_after(event.text, 2) or 1
    return min(max(stage, 1), STEPS[-1].stage)


def _step_code(event: Event) -> str:
    parts = event.text.split(":")
    code = parts[2] if len(parts) > 2 else ""
    if code not in BY_CODE:
        raise Refusal(_("This button no longer works. Please open the list again."))
    return code
