"""What posts require: whoever takes one up is assigned it at once."""

from __future__ import annotations

from bot.context import Ctx
from bot.errors import Refusal
from bot.events import Event
from bot.forms import service
from bot.i18n import Text, Words, _, _n
from bot.models.qualifications import RequirementKind
from bot.people import access
from bot.people.access_table import Action
from bot.people.search import fold
from bot.screens import Button, Reply, Screen, Style
from bot.training.qualifications import requiring
from bot.training.qualifications.requiring import KIND_WORDS, RequirementLine
from handlers.common import ask_form
from handlers.common.class_screens import cut_search, number_in, page_asked
from handlers.common.paging import Rows, page_of
from handlers.common.routes import press, text

ASKS = "reqs:find"
REQUIRED = _("What posts require")
PAGE = 8


@press("reqs", Action.SEE_QUALIFICATIONS)
def show_requirements(ctx: Ctx, event: Event) -> Reply:
    """What every post requires, by post: `reqs:page:search`."""
    number, search = page_asked(event)
    return Reply(screen=_list(ctx, number, search))


@text("reqs", Action.SEE_QUALIFICATIONS)
def find_requirements(ctx: Ctx, event: Event) -> Reply:
    """What is required, by a part of the post's name or of the code."""
    return Reply(screen=_list(ctx, 0, event.text.strip()))


@press("req", Action.SEE_QUALIFICATIONS)
def show_requirement(ctx: Ctx, event: Event) -> Reply:
    """One thing that a post requires: `req:id`."""
    return Reply(screen=_screen(ctx, _one(ctx, number_in(event, 1))))


@press("reqnew", Action.EDIT_CURRICULA)
def begin_requirement(ctx: Ctx, _event: Event) -> Reply:
    """Ask which post requires what, and within how many days."""
    service.begin(ctx, "requirement")
    return ask_form.show(ctx)


@press("reqedit", Action.EDIT_CURRICULA)
def change_requirement(ctx: Ctx, event: Event) -> Reply:
    """The same form, filled in: `reqedit:id`."""
    line = _one(ctx, number_in(event, 1))
    typed = {
        "position": requiring.code_of(line.position),
        "curriculum": line.curriculum.code,
        "kind": line.kind.value,
    }
    if line.within_days is not None:
        typed["within_days"] = str(line.within_days)
    service.begin(ctx, "requirement", {}, typed)
    return ask_form.show_all(ctx)


@press("reqoff", Action.EDIT_CURRICULA)
def drop_requirement(ctx: Ctx, event: Event) -> Reply:
    """The post does not require it any more: `reqoff:id`."""
    requiring.drop(ctx, number_in(event, 1))
    toast = _("The post does not require it any more. What was earned stays.")
    return Reply(screen=_list(ctx, 0, ""), toast=toast)


def _one(ctx: Ctx, requirement_id: int) -> RequirementLine:
    for line in requiring.everything(ctx):
        if line.id == requirement_id:
            return line
    raise Refusal(_("The post does not require this any more."))


def _screen(ctx: Ctx, line: RequirementLine) -> Screen:
    body: list[Words] = [
        _("{code} {title}", code=line.curriculum.code, title=line.curriculum.title),
        KIND_WORDS[line.kind],
        _within(line),
    ]
    if not line.curriculum.active:
        body.append(_("This qualification is retired, so nothing is asked of anybody."))
    rows: Rows = []
    if access.may(ctx, Action.EDIT_CURRICULA):
        rows.append(
            (
                Button(_("Change"), f"reqedit:{line.id}", style=Style.PRIMARY),
                Button(_("Require it no more"), f"reqoff:{line.id}", guarded=True),
            )
        )
    rows.append((Button(_("« What posts require"), "reqs"),))
    return Screen(title=line.position, body=tuple(body), rows=tuple(rows))


def _within(line: RequirementLine) -> Text:
    if line.within_days is None:
        return _("There is no last day to earn it by.")
    return _n(
        "To be earned within {count} day of taking up the post",
        "To be earned within {count} days of taking up the post",
        line.within_days,
    )


def _list(ctx: Ctx, number: int, search: str) -> Screen:
    wanted = fold(search).split()
    found = [
        line
        for line in requiring.everything(ctx)
        if all(word in fold(f"{line.position} {line.curriculum.code}") for word in wanted)
    ]
    page = page_of(found, number, PAGE)
    kept = cut_search(search)
    rows: Rows = [(Button(_label(line), f"req:{line.id}"),) for line in page.shown]
    rows += page.rows(lambda turned: f"reqs:{turned}:{kept}")
    if access.may(ctx, Action.EDIT_CURRICULA):
        rows.append((Button(_("Have a post require something"), "reqnew", style=Style.PRIMARY),))
    rows.append((Button(_("« Qualifications"), "quals"),))
    if page.shown:
        body = _("Choose a line, or type a part of the post's name.")
    elif search:
        body = _("No post was found for “{words}”.", words=search)
    else:
        body = _("No post requires anything yet.")
    return Screen(title=REQUIRED, body=(body,), rows=tuple(rows), asks=ASKS)


def _label(line: RequirementLine) -> Text:
    if line.kind is RequirementKind.CORE:
        return _("{post}: {code}", post=line.position, code=line.curriculum.code)
    return _("{post}: {code}, enhanced", post=line.position, code=line.curriculum.code)
