"""The catalogue: courses looked up, made, corrected, and what else counts as one."""

from __future__ import annotations

from bot.context import Ctx
from bot.events import Event
from bot.forms import service
from bot.i18n import Text, Words, _, _n
from bot.people import access
from bot.people.access_table import Action
from bot.screens import Button, Reply, Screen, Style
from bot.training import courses, prerequisites
from bot.training.course_fields import MODE_WORDS
from bot.training.courses import CourseCard, CourseLine
from handlers.common import ask_form
from handlers.common.class_screens import cut_search, number_in, page_asked, with_menu
from handlers.common.menu import Part, menu_entry
from handlers.common.paging import Page, Rows, page_of
from handlers.common.routes import command, press, text

ASKS = "course:find"
CATALOGUE = _("Catalogue")
PAGE = 8

menu_entry("catalogue", CATALOGUE, "courselist", Action.EDIT_CLASSES, 42, Part.CLASSES)


@command("catalogue", Action.EDIT_CLASSES, menu=_("Catalogue: courses and programs"))
@press("courselist", Action.EDIT_CLASSES)
def show_courses(ctx: Ctx, event: Event) -> Reply:
    """All courses by code: `courselist:page:search`."""
    number, search = page_asked(event)
    return Reply(screen=_list(ctx, number, search))


@text("course", Action.EDIT_CLASSES)
def find_courses(ctx: Ctx, event: Event) -> Reply:
    """Courses by a part of their code, category or title in any language."""
    return Reply(screen=_list(ctx, 0, event.text.strip()))


@press("course", Action.EDIT_CLASSES)
def show_course(ctx: Ctx, event: Event) -> Reply:
    """One course: `course:id`."""
    return Reply(screen=course_screen(ctx, courses.card(ctx, number_in(event, 1))))


@press("coursenew", Action.SET_POLICY)
def begin_course(ctx: Ctx, _event: Event) -> Reply:
    """Ask for a new course's facts."""
    service.begin(ctx, "new_course")
    return ask_form.show(ctx)


@press("courseedit", Action.SET_POLICY)
def begin_correcting(ctx: Ctx, event: Event) -> Reply:
    """Show all facts at once, each to be changed by its number: `courseedit:id`."""
    about = number_in(event, 1)
    service.begin(ctx, "edit_course", {"course_id": about}, courses.as_typed(ctx, about))
    return ask_form.show_all(ctx)


@press("courseeq", Action.EDIT_CLASSES)
def show_equivalents(ctx: Ctx, event: Event) -> Reply:
    """What counts as the course: `courseeq:id`."""
    return Reply(screen=_equivalents_screen(ctx, courses.card(ctx, number_in(event, 1))))


@press("courseeqnew", Action.SET_POLICY)
def begin_equivalent(ctx: Ctx, event: Event) -> Reply:
    """Ask what else counts: `courseeqnew:id`."""
    card = courses.card(ctx, number_in(event, 1))
    service.begin(ctx, "add_equivalent", {"course_id": card.id})
    return ask_form.show(ctx)


@press("courseeqoff", Action.SET_POLICY)
def drop_equivalent(ctx: Ctx, event: Event) -> Reply:
    """It counts no longer: `courseeqoff:equivalence`; adding it again undoes it."""
    card = courses.drop_equivalent(ctx, number_in(event, 1))
    return Reply(
        screen=_equivalents_screen(ctx, card),
        toast=_("It counts as {code} no longer.", code=card.code),
    )


def course_screen(ctx: Ctx, card: CourseCard) -> Screen:
    """What a course is, and what may be done with it."""
    rows: Rows = []
    if access.may(ctx, Action.SET_POLICY):
        rows.append((Button(_("Correct"), f"courseedit:{card.id}", style=Style.PRIMARY),))
    rows.append((Button(_("What counts as this course"), f"courseeq:{card.id}"),))
    rows.append((Button(_("What people do on the job"), f"beh:{card.id}"),))
    if access.may(ctx, Action.EDIT_TESTS):
        rows.append((Button(_("Tests"), f"ctests:{card.id}"),))
    if card.classes:
        label = _n("{count} class", "{count} classes", card.classes)
        rows.append((Button(label, f"classes:0:{cut_search(card.code)}"),))
    return Screen(
        title=card.title,
        body=(_("Course {code}", code=card.code), *_facts(ctx, card), "", *_rules(card)),
        rows=(*rows, (Button(_("« Catalogue"), "courselist"),)),
    )


def _list(ctx: Ctx, number: int, search: str) -> Screen:
    page = page_of(courses.find(ctx, search), number, PAGE)
    kept = cut_search(search)
    rows: Rows = [(Button(_label(line), f"course:{line.id}"),) for line in page.shown]
    rows += page.rows(lambda turned: f"courselist:{turned}:{kept}")
    if access.may(ctx, Action.SET_POLICY):
        rows.append((Button(_("New course"), "coursenew", style=Style.PRIMARY),))
    rows.append((Button(_("Programs"), "courseprogs"),))
    return Screen(title=CATALOGUE, body=(_found(page, search),), rows=with_menu(rows), asks=ASKS)


def _found(page: Page[CourseLine], search: str) -> Text:
    if page.shown:
        return _("Choose a course, or type a part of its code or title.")
    if search:
        return _("No course was found for “{words}”.", words=search)
    return _("There are no courses yet.")


def _label(line: CourseLine) -> Text:
    return _("{code} {course}", code=line.code, course=line.title)


def _facts(ctx: Ctx, card: CourseCard) -> list[Words]:
    """Category, way of holding it, hours, seats, what is needed before; blank ones left out."""
    lines: list[Words] = []
    if card.category:
        lines.append(_("Category: {category}", category=card.category))
    if card.mode:
        mode = MODE_WORDS.get(card.mode, card.mode)
        lines.append(_("How it is held: {mode}", mode=mode))
    if card.hours is not None:
        lines.append(_("Hours: {hours}", hours=card.hours))
    if card.min_seats or card.max_seats:
        lines.append(_seats(card))
    if card.prerequisites:
        rule = prerequisites.shown(ctx, card.prerequisites)
        lines.append(_("Needed before: {rule}", rule=rule))
    if card.objectives:
        lines.append(_("Afterwards: {objectives}", objectives=card.objectives))
    return lines


def _seats(card: CourseCard) -> Text:
    if card.min_seats is None:
        return _("At most {most} trainees in a class", most=card.max_seats)
    if card.max_seats is None:
        return _("At least {least} trainees in a class", least=card.min_seats)
    return _("{least} to {most} trainees in a class", least=card.min_seats, most=card.max_seats)


def _rules(card: CourseCard) -> list[Words]:
    """What entry and certificate depend on."""
    lines: list[Words] = [
        _("The supervisor approves each request.")
        if card.needs_approval
        else _("Whoever asks gets a free seat without approval.")
    ]
    if card.has_charter:
        lines.append(_("Trainees accept the charter."))
    lines.append(_("Least attendance: {percent} %", percent=card.least_attendance))
    if card.pass_mark is not None:
        lines.append(_("Pass mark: {percent} %", percent=card.pass_mark))
    if not card.has_certificate:
        lines.append(_("There is no certificate."))
    elif card.reaction_required:
        lines.append(_("The certificate is held back until the questionnaire is answered."))
    return lines


def _equivalents_screen(ctx: Ctx, card: CourseCard) -> Screen:
    may = access.may(ctx, Action.SET_POLICY)
    body: list[Words] = [
        _("Besides the course itself these count as {code}:", code=card.code)
        if card.equivalents
        else _("Only the course itself counts as {code}.", code=card.code)
    ]
    body += [_("• {title}", title=one.title) for one in card.equivalents]
    rows: Rows = []
    if may:
        rows = [
            (
                Button(
                    _("Take away: {title}", title=one.title), f"courseeqoff:{one.id}", guarded=True
                ),
            )
            for one in card.equivalents
        ]
        rows.append((Button(_("Add what counts"), f"courseeqnew:{card.id}", style=Style.PRIMARY),))
    return Screen(
        title=card.title,
        body=tuple(body),
        rows=(*rows, (Button(_("« Course {code}", code=card.code), f"course:{card.id}"),)),
    )
