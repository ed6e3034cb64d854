"""Marks on the phone of who keeps the class: its trainees, and a form for each."""

from __future__ import annotations

from bot.context import Ctx
from bot.errors import Refusal
from bot.events import Event
from bot.forms import service
from bot.i18n import Joined, Words, _, _n
from bot.people.access import OutOfReach
from bot.people.access_table import Action
from bot.screens import Button, Reply, Screen
from bot.training import catalogue, marks, marks_list
from bot.training.marks import MarksCard
from bot.training.outcomes import TESTS
from handlers.common import ask_form, closing
from handlers.common.class_screens import class_id, class_page, number_in
from handlers.common.numbers import number_after
from handlers.common.paging import Rows, page_of
from handlers.common.routes import press, text

PAGE = 8
HOW = (
    _("Choose a person to enter or correct marks."),
    _(
        "Or type a list: in each line a staff number, then the marks of the practical, the oral "
        "and the paper test, with - where there is none, such as: 1011 85 - 70"
    ),
)


@press("marks", Action.USE_DESK)
def show_marks(ctx: Ctx, event: Event) -> Reply:
    """Everybody of a class with their marks: `marks:class:page`."""
    return Reply(screen=_screen(ctx, class_id(event), number_after(event.text, 2) or 0))


@text("marks", Action.USE_DESK)
def type_marks(ctx: Ctx, event: Event) -> Reply:
    """Take the marks of many people, typed as a list."""
    about = number_after(event.asks)
    assert about is not None, "the screen asks about a class"
    try:
        count = marks_list.enter(ctx, about, event.text)
    except OutOfReach:
        raise
    except Refusal as refusal:
        return Reply(screen=_screen(ctx, about, 0, refusal.sentence))
    done = _n(
        "The marks of {count} person are stored.", "The marks of {count} people are stored.", count
    )
    return Reply(screen=_screen(ctx, about, 0, done))


def _screen(ctx: Ctx, about: int, number: int, before: Words = "") -> Screen:
    found = marks.of_class(ctx, about)
    page = page_of(found, number, PAGE)
    held = catalogue.card(ctx, about)
    rows: Rows = [(Button(_line(one), f"mark:{one.enrolment_id}"),) for one in page.shown]
    rows += page.rows(lambda turned: f"marks:{about}:{turned}")
    rows.append((Button(_("« Class {code}", code=held.code), class_page(ctx, about)),))
    return Screen(
        above=before,
        title=_("Marks of class {code}", code=held.code),
        body=HOW if found else (_("Nobody is on the list yet."),),
        rows=tuple(rows),
        protect=True,
        asks=f"marks:{about}",
    )


@press("mark", Action.USE_DESK)
def begin_marks(ctx: Ctx, event: Event) -> Reply:
    """Ask for the marks of one trainee: `mark:enrolment`."""
    about = number_in(event, 1)
    service.begin(ctx, "enter_marks", {"enrolment_id": about}, marks.as_typed(ctx, about))
    return ask_form.show(ctx)


@closing.offer(12)
def offer_next(ctx: Ctx) -> Button | None:
    """After the marks of one person, those of the next."""
    about = marks.class_just_marked(ctx)
    if about is None:
        return None
    held = catalogue.card(ctx, about)
    return Button(_("Marks of class {code}", code=held.code), f"marks:{about}:0")


def _line(one: MarksCard) -> Words:
    if not one.marks:
        return one.name
    shown = tuple(
        _("{test} {percent}", test=label, percent=one.marks[test])
        for test, label in TESTS.items()
        if test in one.marks
    )
    return _("{name}: {marks}", name=one.name, marks=Joined(shown))
