"""/courses: classes to come and courses, browsed by page, narrowed, or found by typed words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.context import Ctx
from bot.events import Event
from bot.i18n import Text, Words, _, _n
from bot.people.access_table import Action
from bot.screens import Button, Reply, Screen
from bot.training import offer, prerequisites
from bot.training.course_fields import MODE_WORDS
from bot.training.enrolments import STATE_WORDS
from bot.training.offer import CourseFacts, OfferLine, View
from handlers.common.class_screens import cut_search, number_in
from handlers.common.menu import back_to_menu, menu_entry
from handlers.common.numbers import number_of
from handlers.common.paging import Rows, page_of
from handlers.common.routes import command, press, text

COURSES = _("Courses and classes")
ASKS = "co:find"
PAGE = 8
LONGEST = 36
"""Bytes of a search that fit into a button of this list."""
VIEWS: dict[View, Text] = {
    View.CLASSES: _("All classes"),
    View.OPEN: _("Open now"),
    View.FITS: _("Fits me"),
    View.COURSES: _("All courses"),
}
EMPTY: dict[View, Text] = {
    View.CLASSES: _("No class is planned."),
    View.OPEN: _("No class can be asked for at present."),
    View.FITS: _("No open class fits you at present."),
    View.COURSES: _("There are no courses yet."),
}

menu_entry("courses", COURSES, "co", Action.USE_DESK, 15)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which part of the offer a button or command asks for."""

    view: View = View.CLASSES
    page: int = 0
    search: str = ""


@command("courses", Action.USE_DESK, menu=COURSES)
def open_courses(ctx: Ctx, event: Event) -> Reply:
    """The classes to come; `/courses words` searches at once."""
    return Reply(screen=_list(ctx, Asked(search=event.text.strip())))


@press("co", Action.USE_DESK)
def show_courses(ctx: Ctx, event: Event) -> Reply:
    """A page of the offer: `co:view:page:search`."""
    return Reply(screen=_list(ctx, _asked(event.text)))


@text("co", Action.USE_DESK)
def find_courses(ctx: Ctx, event: Event) -> Reply:
    """Classes and courses by words of their title, in any language, code or place."""
    return Reply(screen=_list(ctx, Asked(search=event.text.strip())))


@press("coone", Action.USE_DESK)
def show_course(ctx: Ctx, event: Event) -> Reply:
    """One course and its classes to come: `coone:course`."""
    about = number_in(event, 1)
    facts = offer.course(ctx, about)
    classes = offer.classes_of(ctx, about)
    lines = [*course_lines(ctx, facts), ""]
    if classes:
        lines.append(_n("{count} class is to come.", "{count} classes are to come.", len(classes)))
    else:
        lines.append(_("No class is planned. You can ask the training unit for one: /ask"))
    return Reply(
        screen=Screen(
            title=facts.title,
            body=tuple(lines),
            rows=(*map(_row, classes[:PAGE]), (Button(_("« Courses"), "co:c:0"),)),
        )
    )


def course_lines(ctx: Ctx, facts: CourseFacts) -> list[Words]:
    """What a course is about; blank facts are left out."""
    lines: list[Words] = [_("Course {code}", code=facts.code)]
    if facts.category:
        lines.append(_("Category: {category}", category=facts.category))
    if facts.mode:
        lines.append(_("How it is held: {mode}", mode=MODE_WORDS.get(facts.mode, facts.mode)))
    if facts.hours:
        lines.append(_("Hours: {hours}", hours=facts.hours))
    if facts.objectives:
        lines.append(_("Afterwards: {objectives}", objectives=facts.objectives))
    if facts.prerequisites:
        rule = prerequisites.shown(ctx, facts.prerequisites)
        lines.append(_("Needed before: {rule}", rule=rule))
    return lines


def _asked(data: str) -> Asked:
    _co, *rest = data.split(":", 3)
    view, page, search = [*rest, *[""] * (3 - len(rest))]
    known = View(view) if view in set(View) else View.CLASSES
    return Asked(known, number_of(page) or 0, search)


def _list(ctx: Ctx, asked: Asked) -> Screen:
    found = offer.lines(ctx, asked.view, asked.search)
    page = page_of(found, asked.page, PAGE)
    turn = page.rows(lambda number: _data(asked.view, number, asked.search))
    return Screen(
        title=COURSES,
        body=_body(asked, found),
        rows=(*map(_row, page.shown), *turn, *_views(asked), back_to_menu()),
        asks=ASKS,
    )


def _body(asked: Asked, found: Sequence[OfferLine]) -> tuple[Words, ...]:
    if asked.search:
        if not found:
            return (
                _("Nothing was found for “{words}”. Try another word.", words=asked.search),
                _("A part of a title, a code or a place is enough."),
            )
        return (
            _n("{count} was found for “{words}”.", "{count} were found for “{words}”.",
               len(found), words=asked.search),
        )  # fmt: skip
    if not found:
        return (EMPTY[asked.view],)
    return (_("Choose one, or type a part of its title, code or place."),)


def _views(asked: Asked) -> Rows:
    """The four parts of the offer, two a row; the one shown is marked."""
    buttons = [
        Button(
            _("✓ {choice}", choice=words) if view is asked.view else words,
            _data(view, 0, ""),
        )
        for view, words in VIEWS.items()
    ]
    return [(buttons[0], buttons[1]), (buttons[2], buttons[3])]


def _row(line: OfferLine) -> tuple[Button, ...]:
    if line.class_id is None:
        label: Words = _("{course} ({code})", course=line.title, code=line.code)
        return (Button(label, f"coone:{line.course_id}"),)
    return (Button(_class_label(line), f"c:{line.class_id}"),)


def _class_label(line: OfferLine) -> Words:
    if line.starts_on is None:
        label: Text = _("{code} {course}", code=line.code, course=line.title)
    else:
        label = _("{code} {course}, {day}", code=line.code, course=line.title, day=line.starts_on)
    if line.state is None:
        return label
    return _("{class_}: {state}", class_=label, state=STATE_WORDS[line.state])


def _data(view: View, page: int, search: str) -> str:
    return f"co:{view}:{page}:{cut_search(search, LONGEST)}".removesuffix(":")
