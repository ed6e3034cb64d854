"""Closing a class: what it would do, one tap that does it, and opening it again."""

from __future__ import annotations

from bot.context import Ctx
from bot.events import Event
from bot.forms import service
from bot.i18n import LANGUAGES, Joined, Words, _, _n
from bot.people import access
from bot.people.access_table import Action
from bot.screens import Button, Reply, Screen, Style
from bot.training import class_reach, closing, closing_preview
from bot.training.closing_preview import Preview, Trainee
from handlers.common import ask_form
from handlers.common.class_screens import class_id, class_page
from handlers.common.numbers import number_after
from handlers.common.paging import Rows, page_of_lines
from handlers.common.routes import press


@press("close", Action.USE_DESK)
def show_preview(ctx: Ctx, event: Event) -> Reply:
    """What closing would do, or what it has done: `close:class:page`."""
    preview = closing_preview.of_class(ctx, class_id(event))
    if preview.closed_at is None:
        closing.refuse_unready(ctx, class_reach.require_keeper(ctx, preview.class_id))
    return Reply(screen=_screen(ctx, preview, number_after(event.text, 2) or 0))


@press("closeyes", Action.USE_DESK)
def close_class(ctx: Ctx, event: Event) -> Reply:
    """Close it: `closeyes:class`."""
    about = class_id(event)
    closing.close(ctx, about)
    preview = closing_preview.of_class(ctx, about)
    return Reply(screen=_screen(ctx, preview, 0), toast=_("The class is closed."))


@press("closeback", Action.EDIT_CLASSES)
def begin_reopening(ctx: Ctx, event: Event) -> Reply:
    """Ask why the class is opened again: `closeback:class`."""
    held = class_reach.require_editor(ctx, class_id(event))
    service.begin(ctx, "reopen_class", {"class_id": held.id})
    return ask_form.show(ctx)


def _screen(ctx: Ctx, preview: Preview, number: int) -> Screen:
    is_open = preview.closed_at is None
    lines = [*_summary(preview), *_warnings(preview), *_names(preview)]
    page = page_of_lines(lines, number)
    rows = page.rows(lambda turned: f"close:{preview.class_id}:{turned}")
    code = preview.code
    title = (
        _("Close class {code}?", code=code) if is_open else _("Class {code} is closed", code=code)
    )
    back = Button(_("« Class {code}", code=code), class_page(ctx, preview.class_id))
    return Screen(
        title=title,
        body=page.shown,
        rows=(*rows, *_choices(ctx, preview), (back,)),
        protect=True,
    )


def _choices(ctx: Ctx, preview: Preview) -> Rows:
    about = preview.class_id
    if preview.closed_at is None:
        label = _n(
            "Close it, {count} person is told", "Close it, {count} people are told", preview.told
        )
        return [(Button(label, f"closeyes:{about}", guarded=True, style=Style.PRIMARY),)]
    rows: Rows = [(Button(_("Certificates"), f"certs:{about}:0"),)]
    if access.may(ctx, Action.EDIT_CLASSES):
        rows.append((Button(_("Open it again"), f"closeback:{about}"),))
    return rows


def _summary(preview: Preview) -> list[Words]:
    """How many complete, and how many certificates are issued at once."""
    completing = [one for one in preview.trainees if one.completes]
    lines: list[Words] = [
        _n(
            "{completing} of {count} person completes the course.",
            "{completing} of {count} people complete the course.",
            len(preview.trainees),
            completing=len(completing),
        )
    ]
    at_once = sum(one.certificate for one in completing)
    if at_once:
        lines.append(
            _n("{count} certificate is issued.", "{count} certificates are issued.", at_once)
        )
    waiting = sum(bool(one.held_back) for one in completing)
    if waiting:
        lines.append(
            _n(
                "{count} certificate waits for the questionnaire to be answered.",
                "{count} certificates wait for the questionnaire to be answered.",
                waiting,
            )
        )
    return lines


def _warnings(preview: Preview) -> list[Words]:
    """What should be put right before: days not noted, names not known in a script."""
    lines: list[Words] = []
    if preview.closed_at is None and preview.unnoted:
        days = Joined(preview.unnoted)
        lines += ["", _("Attendance is not noted: {days}", days=days)]
    for language in closing_preview.languages_of(preview.trainees):
        names = tuple(one.name for one in preview.trainees if language in one.unwritten)
        words = _(
            "Not known in the script of {language}: {names}. The certificate shows the other "
            "script only. The training unit can add the name.",
            language=LANGUAGES[language],
            names=Joined(names),
        )
        lines += ["", words]
    return lines


def _names(preview: Preview) -> list[Words]:
    """Everybody who does not complete the course, with every reason."""
    missing = [one for one in preview.trainees if not one.completes]
    if not missing:
        return []
    return ["", _("Not completed:"), *map(_name, missing)]


def _name(one: Trainee) -> Words:
    return _("{name}: {reasons}", name=one.name, reasons=Joined(one.why_not))
