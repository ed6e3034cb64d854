"""Follow-ups of a class, for the training unit: in figures, officer by officer, as a report."""

from __future__ import annotations

from bot.context import Ctx
from bot.evaluation import behaviour_report, follow_up_pairs
from bot.events import Event
from bot.i18n import Words, _
from bot.people.access_table import Action
from bot.reports import behaviour_text
from bot.reports.behaviour import BEHAVIOUR
from bot.screens import Button, Reply, Screen, Style
from handlers.common.class_screens import class_id, number_in
from handlers.common.follow_up_words import pair_lines, pair_title
from handlers.common.numbers import number_after
from handlers.common.paging import page_of_lines
from handlers.common.report_orders import ordered
from handlers.common.routes import press


@press("fuc", Action.EDIT_CLASSES)
def show_class(ctx: Ctx, event: Event) -> Reply:
    """How many answered, ratings of both sides, what helps and hinders: `fuc:class:page`."""
    about = class_id(event)
    found = behaviour_report.of_class(ctx, about)
    lines: list[Words] = [found.title]
    for one in found.rounds:
        lines += ["", *behaviour_text.of_round(one)]
    if found.recruits is not None:
        lines += ["", *behaviour_text.of_recruits(found.recruits)]
    page = page_of_lines(lines, number_after(event.text, 2) or 0)
    rows = page.rows(lambda turned: f"fuc:{about}:{turned}")
    report = Button(_("Make the report"), f"furpt:c:{about}", guarded=True, style=Style.PRIMARY)
    rows += [
        (Button(_("Officer by officer"), f"fucp:{about}"),),
        (report,),
        (Button(_("« Class"), f"class:{about}"),),
    ]
    title = _("Follow-ups")
    return Reply(screen=Screen(title=title, body=page.shown, rows=tuple(rows), protect=True))


@press("fucp", Action.READ_FOLLOW_UPS)
def show_officers(ctx: Ctx, event: Event) -> Reply:
    """Both answers about each officer within reach: `fucp:class:page`."""
    about = class_id(event)
    lines: list[Words] = [_("The first figure is the officer's own, the second the supervisor's.")]
    for pair in follow_up_pairs.of_class(ctx, about):
        lines += ["", pair.person.name, *pair_title(pair)[1:], *pair_lines(pair)]
    if len(lines) == 1:
        lines = [_("Nobody has answered a follow-up yet.")]
    page = page_of_lines(lines, number_after(event.text, 2) or 0)
    rows = page.rows(lambda turned: f"fucp:{about}:{turned}")
    rows.append((Button(_("« Follow-ups"), f"fuc:{about}"),))
    title = _("Officer by officer")
    return Reply(screen=Screen(title=title, body=page.shown, rows=tuple(rows), protect=True))


@press("furpt", Action.READ_FOLLOW_UPS)
def make_report(ctx: Ctx, event: Event) -> Reply:
    """Have the report made: `furpt:c:class`, or of all classes of a course: `furpt:k:course`."""
    kind = "class" if event.text.startswith("furpt:c:") else "course"
    return ordered(ctx, BEHAVIOUR, {kind: number_in(event, 2)})
