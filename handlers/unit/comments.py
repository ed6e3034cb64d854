"""Comments of participants: read one by one, and passed on to the trainer or kept back."""

from __future__ import annotations

from bot.context import Ctx
from bot.errors import Refusal
from bot.evaluation import reviewing
from bot.evaluation.reviewing import Comment, Stack
from bot.events import Event
from bot.i18n import Words, _, _n
from bot.people.access_table import Action
from bot.screens import Button, Reply, Screen, Style
from bot.shorten import cut
from handlers.common.class_screens import NO_LONGER, class_id, with_menu
from handlers.common.menu import Part, menu_entry
from handlers.common.numbers import number_after
from handlers.common.paging import Rows, page_of
from handlers.common.routes import press

COMMENTS = _("Comments of participants")
PAGE = 8
LONGEST = 3000

menu_entry("comments", COMMENTS, "comments", Action.EDIT_CLASSES, 45, Part.CLASSES)


@press("comments", Action.EDIT_CLASSES)
def show_classes(ctx: Ctx, event: Event) -> Reply:
    """The classes whose questionnaires have closed: `comments:page`."""
    page = page_of(reviewing.stacks(ctx), number_after(event.text) or 0, PAGE)
    rows: Rows = [
        (Button(_("{code} {course}", code=code, course=title), f"cmts:{number}"),)
        for number, code, title in page.shown
    ]
    rows += page.rows(lambda turned: f"comments:{turned}")
    body: Words = (
        _("A trainer reads a comment only after you have passed it on. Choose a class.")
        if page.shown
        else _("No questionnaire has closed in the last twelve months.")
    )
    return Reply(screen=Screen(title=COMMENTS, body=(body,), rows=with_menu(rows)))


@press("cmts", Action.EDIT_CLASSES)
def show_comment(ctx: Ctx, event: Event) -> Reply:
    """One comment of a class, at first one that waits: `cmts:class:place`."""
    found = reviewing.stack(ctx, class_id(event))
    place = number_after(event.text, 2)
    return Reply(screen=_screen(found, _next_waiting(found, 0) if place is None else place))


@press("cmtset", Action.EDIT_CLASSES)
def decide(ctx: Ctx, event: Event) -> Reply:
    """Pass one comment on, or keep it back: `cmtset:class:token:1`, or 0."""
    parts = event.text.split(":")
    if len(parts) != 4 or parts[3] not in ("0", "1"):
        raise Refusal(NO_LONGER)
    found = reviewing.decide(ctx, class_id(event), parts[2], parts[3] == "1")
    place = [one.token for one in found.comments].index(parts[2])
    return Reply(screen=_screen(found, _next_waiting(found, place)))


@press("cmtall", Action.EDIT_CLASSES)
def decide_rest(ctx: Ctx, event: Event) -> Reply:
    """Pass on all that still wait: `cmtall:class`."""
    return Reply(screen=_screen(reviewing.decide_rest(ctx, class_id(event)), 0))


def _next_waiting(found: Stack, after: int) -> int:
    """The place of the next comment that nobody has decided about, else this very place."""
    places = range(len(found.comments))
    order = [*places[after:], *places[:after]]
    return next((place for place in order if found.comments[place].shown is None), after)


def _screen(found: Stack, place: int) -> Screen:
    title = _("Comments on class {code}", code=found.code)
    back = (Button(_("« Comments"), "comments"),)
    if not found.comments:
        return Screen(title=title, body=(_("Nobody wrote anything."),), rows=(back,))
    page = page_of(found.comments, place, 1)
    (comment,) = page.shown
    rows = [_decisions(found, comment)]
    rows += page.rows(lambda turned: f"cmts:{found.class_id}:{turned}")
    if found.waiting > 1:
        label = _n("Pass {count} comment on", "Pass all {count} that wait on", found.waiting)
        rows.append((Button(label, f"cmtall:{found.class_id}", guarded=True),))
    return Screen(title=title, body=_body(found, comment), rows=(*rows, back), protect=True)


def _body(found: Stack, comment: Comment) -> tuple[Words, ...]:
    states: dict[bool | None, Words] = {
        None: _("Not decided yet."),
        True: _("The trainer can read this."),
        False: _("Kept back from the trainer."),
    }
    waiting = _n("{count} comment waits.", "{count} comments wait.", found.waiting)
    words = cut(comment.text, LONGEST)
    return (
        found.title,
        comment.question,
        _("“{comment}”", comment=words),
        states[comment.shown],
        waiting,
    )


def _decisions(found: Stack, comment: Comment) -> tuple[Button, ...]:
    start = f"cmtset:{found.class_id}:{comment.token}"
    return (
        Button(_("Pass on"), f"{start}:1", style=Style.SUCCESS),
        Button(_("Keep back"), f"{start}:0"),
    )
