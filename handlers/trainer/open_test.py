"""Tests of a class in the room: given out, opened with a code that is shown, and read."""

from __future__ import annotations

from bot.context import Ctx
from bot.evaluation.stages import POST_TEST, Stage
from bot.evaluation.tests import as_marks, giving, room
from bot.evaluation.tests.giving import ClassTest
from bot.evaluation.tests.room import OpenCode
from bot.events import Event
from bot.i18n import Moment, Text, Words, _, _n
from bot.people.access_table import Action
from bot.reports.test_results import TEST_RESULTS
from bot.screens import Button, Reply, Screen, Style
from bot.training import catalogue
from handlers.common.class_screens import class_id, class_page, number_in
from handlers.common.paging import Rows
from handlers.common.report_orders import ordered
from handlers.common.routes import press


@press("tests", Action.USE_DESK)
def show_tests(ctx: Ctx, event: Event) -> Reply:
    """The tests of a class: `tests:class`."""
    about = class_id(event)
    return Reply(screen=_tests_screen(ctx, about, giving.tests_of(ctx, about)))


@press("testopen", Action.USE_DESK)
def open_test(ctx: Ctx, event: Event) -> Reply:
    """One test of a class, with the code that opens it now: `testopen:class:stage`."""
    about, stage = _asked(event)
    return Reply(screen=_test_screen(ctx, about, stage))


@press("testgive", Action.USE_DESK)
def give_test(ctx: Ctx, event: Event) -> Reply:
    """Give it out to those who do not have it yet: `testgive:class:stage`."""
    about, stage = _asked(event)
    count = giving.give_out(ctx, about, stage)
    told = _n("{count} person has it now.", "{count} people have it now.", count)
    return Reply(screen=_test_screen(ctx, about, stage, above=told))


@press("testshow", Action.USE_DESK)
def show_code(ctx: Ctx, event: Event) -> Reply:
    """Give it out and show a new code: `testshow:class:stage:minutes`."""
    about, stage = _asked(event)
    giving.give_out(ctx, about, stage)
    room.show(ctx, about, stage, number_in(event, 3))
    return Reply(screen=_test_screen(ctx, about, stage))


@press("testshut", Action.USE_DESK)
def close_code(ctx: Ctx, event: Event) -> Reply:
    """Let the code open nothing any more: `testshut:class:stage`."""
    about, stage = _asked(event)
    room.close(ctx, about, stage)
    return Reply(screen=_test_screen(ctx, about, stage))


@press("testrep", Action.USE_DESK)
def make_report(ctx: Ctx, event: Event) -> Reply:
    """Have the report on the tests of a class made: `testrep:class`."""
    return ordered(ctx, TEST_RESULTS, {"class": class_id(event)})


@press("testmarks", Action.USE_DESK)
def enter_marks(ctx: Ctx, event: Event) -> Reply:
    """Enter the results as marks of the paper test: `testmarks:class`."""
    about = class_id(event)
    count = as_marks.enter(ctx, about)
    told = _n(
        "The mark of {count} person is entered.", "The marks of {count} people are entered.", count
    )
    return Reply(screen=_tests_screen(ctx, about, giving.tests_of(ctx, about), told))


def _asked(event: Event) -> tuple[int, Stage]:
    parts = event.text.split(":")
    return class_id(event), giving.stage_named(parts[2] if len(parts) > 2 else "")


def _tests_screen(ctx: Ctx, about: int, tests: list[ClassTest], above: Words = "") -> Screen:
    held = catalogue.card(ctx, about)
    body: tuple[Words, ...] = tuple(_line(test) for test in tests)
    rows: Rows = [(Button(test.title, f"testopen:{about}:{test.stage.name}"),) for test in tests]
    if any(test.taken for test in tests):
        label = _("Make the report on the tests")
        rows.append((Button(label, f"testrep:{about}", guarded=True, style=Style.PRIMARY),))
    if any(test.taken for test in tests if test.stage is POST_TEST):
        label = _("Enter the results as marks")
        rows.append((Button(label, f"testmarks:{about}", guarded=True),))
    return Screen(
        above=above,
        title=_("Tests of class {code}", code=held.code),
        body=body or (_("The course has no tests. The training unit can set them."),),
        rows=(*rows, (Button(_("« Class {code}", code=held.code), class_page(ctx, about)),)),
    )


def _line(test: ClassTest) -> Text:
    return _(
        "{test} (“{form}”): taken by {taken} of {asked}",
        test=test.title,
        form=test.form,
        taken=test.taken,
        asked=test.asked,
    )


def _test_screen(ctx: Ctx, about: int, stage: Stage, above: Words = "") -> Screen:
    found = next((one for one in giving.tests_of(ctx, about) if one.stage is stage), None)
    if found is None:
        return _tests_screen(ctx, about, giving.tests_of(ctx, about))
    code = room.current(ctx, about, stage) if found.needs_code else None
    rows = _code_rows(about, found, code) if found.needs_code else _giving_rows(about, found)
    return Screen(
        above=above or found.title,
        title=code.spaced if code is not None else found.form,
        body=(*_code_words(ctx, found, code), _line(found)),
        rows=(*rows, (Button(_("« Tests"), f"tests:{about}"),)),
        protect=code is not None,
    )


def _code_words(ctx: Ctx, found: ClassTest, code: OpenCode | None) -> tuple[Words, ...]:
    if not found.needs_code:
        return (_("Everybody who has it can begin it from /tasks."),)
    if code is None:
        return (_("It opens with a code that you show in the room. How long is it to count?"),)
    until = Moment(code.closes_at, ctx.actor.zone)
    return (
        _("Show this code in the room. Everybody of the class types it into their chat."),
        _("It opens the test until {moment}. Who has begun by then can go on.", moment=until),
    )


def _giving_rows(about: int, found: ClassTest) -> Rows:
    action = f"testgive:{about}:{found.stage.name}"
    return [(Button(_("Give it out now"), action, guarded=True, style=Style.PRIMARY),)]


def _code_rows(about: int, found: ClassTest, code: OpenCode | None) -> Rows:
    where = f"{about}:{found.stage.name}"
    times = tuple(
        Button(_n("{count} minute", "{count} minutes", count), f"testshow:{where}:{count}",
               guarded=True)
        for count in room.MINUTES
    )  # fmt: skip
    if code is None:
        return [times]
    return [
        (Button(_("Look again"), f"testopen:{where}", guarded=True),),
        (Button(_("End it now"), f"testshut:{where}", guarded=True, style=Style.DANGER),),
    ]
