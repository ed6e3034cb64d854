"""/reported: what others answered about an officer in follow-ups, and the officer's reply."""

from __future__ import annotations

from bot.context import Ctx
from bot.evaluation import reported
from bot.evaluation.reported import Report, ReportLine
from bot.events import Event
from bot.forms import service
from bot.i18n import Labelled, Moment, Text, Words, _, _n
from bot.people import access
from bot.people.access_table import Action
from bot.screens import Button, Reply, Screen, Style
from handlers.common import ask_form
from handlers.common.class_screens import number_in
from handlers.common.menu import back_to_menu
from handlers.common.numbers import number_after
from handlers.common.paging import Rows, page_of, page_of_lines
from handlers.common.routes import command, press
from handlers.common.waiting import Waiting, waiting_counter

TITLE = _("What was reported about me")
PAGE = 8


@waiting_counter("reported", Action.USE_DESK, 60)
def count_unread(ctx: Ctx) -> Waiting:
    """How many reports about the actor they have not opened."""
    count = reported.unread(ctx)
    sentence = _n(
        "{count} report about you has not been read by you.",
        "{count} reports about you have not been read by you.",
        count,
    )
    return Waiting(sentence, Button(TITLE, "fu"))


@command("reported", Action.USE_DESK, menu=TITLE)
@press("fu", Action.USE_DESK)
def show_reports(ctx: Ctx, event: Event) -> Reply:
    """All reports about the actor, the newest first: `fu:page`."""
    page = page_of(reported.about_me(ctx), number_after(event.text) or 0, PAGE)
    body: Words = _("Supervisors answered these by name. You can reply to each once.")
    if not page.shown:
        body = _("Nothing has been reported about you.")
    rows: Rows = [(Button(_label(line), f"fur:{line.response_id}"),) for line in page.shown]
    rows += page.rows(lambda turned: f"fu:{turned}")
    screen = Screen(title=TITLE, body=(body,), rows=(*rows, back_to_menu()), protect=True)
    return Reply(screen=screen)


@press("fur", Action.USE_DESK)
def show_report(ctx: Ctx, event: Event) -> Reply:
    """One report, for the officer and those who may read it: `fur:response:page`."""
    found = reported.read(ctx, number_in(event, 1))
    return Reply(screen=_screen(ctx, found, number_after(event.text, 2) or 0))


@press("furep", Action.USE_DESK)
def begin_reply(ctx: Ctx, event: Event) -> Reply:
    """Ask what the officer wants to reply: `furep:response`."""
    found = reported.require_replies(ctx, number_in(event, 1))
    service.begin(ctx, reported.REPLY, {"response": found.line.response_id})
    return ask_form.show(ctx)


def _screen(ctx: Ctx, found: Report, number: int) -> Screen:
    is_own = found.about_id == ctx.actor.person_id
    page = page_of_lines([*_head(ctx, found), "", *_answers(found), *_reply(ctx, found)], number)
    rows = page.rows(lambda turned: f"fur:{found.line.response_id}:{turned}")
    if is_own and found.replied_at is None:
        label = _("Reply")
        action = f"furep:{found.line.response_id}"
        rows.append((Button(label, action, style=Style.PRIMARY),))
    rows.append(_back(ctx, found, is_own))
    return Screen(title=found.line.title, body=page.shown, rows=tuple(rows), protect=True)


def _back(ctx: Ctx, found: Report, is_own: bool) -> tuple[Button, ...]:
    if is_own:
        return (Button(_("« All reports"), "fu"),)
    if access.may_about(ctx, Action.READ_FOLLOW_UPS, found.about_id):
        return (Button(_("« {name}", name=found.line.about), f"fup:{found.about_id}"),)
    return back_to_menu()


def _head(ctx: Ctx, found: Report) -> list[Words]:
    line = found.line
    return [
        _("About: {name}", name=line.about),
        _("{course}, class {code}", course=line.course, code=line.class_code),
        _("Answered by {name}, {moment}", name=line.by, moment=Moment(line.at, ctx.actor.zone)),
    ]


def _answers(found: Report) -> list[Words]:
    return [Labelled(asked, said) for asked, said in found.answers]


def _reply(ctx: Ctx, found: Report) -> list[Words]:
    if found.replied_at is None:
        return []
    moment = Moment(found.replied_at, ctx.actor.zone)
    words = _("Reply of {name}, {moment}:", name=found.line.about, moment=moment)
    return ["", words, found.reply or _("The words were erased.")]


def _label(line: ReportLine) -> Text:
    if line.read:
        return _("{course}, by {name}", course=line.course, name=line.by)
    return _("New: {course}, by {name}", course=line.course, name=line.by)
