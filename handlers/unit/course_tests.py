"""The tests of a course: which form before and after the class, attempts, pass mark, code."""

from __future__ import annotations

from bot.context import Ctx
from bot.evaluation import course_forms
from bot.evaluation.stages import Stage
from bot.evaluation.tests import giving, setting
from bot.evaluation.tests.setting import CourseTest
from bot.events import Event
from bot.forms import service
from bot.i18n import Joined, Text, Words, _, _n
from bot.models.evaluation import CourseForm
from bot.people.access_table import Action
from bot.screens import Button, Reply, Screen, Style
from bot.training import courses
from handlers.common import ask_form
from handlers.common.class_screens import number_in
from handlers.common.paging import Rows
from handlers.common.routes import press


@press("ctests", Action.EDIT_TESTS)
def show_course_tests(ctx: Ctx, event: Event) -> Reply:
    """Both tests of a course: `ctests:course`."""
    return Reply(screen=_screen(ctx, number_in(event, 1)))


@press("ctestset", Action.EDIT_TESTS)
def begin_setting(ctx: Ctx, event: Event) -> Reply:
    """Ask which form, how often, what passes: `ctestset:course:stage`."""
    course_id, stage = _asked(event)
    purpose = {"course_id": course_id, "stage": stage.name}
    service.begin(ctx, "set_course_test", purpose, setting.filled_in(ctx, course_id, stage))
    return ask_form.show(ctx)


@press("ctestoff", Action.EDIT_TESTS)
def drop_test(ctx: Ctx, event: Event) -> Reply:
    """The course has this test no longer: `ctestoff:course:stage`."""
    course_id, stage = _asked(event)
    course_forms.remove(ctx, course_id, stage)
    said = _("Classes of the course are not given this test any more. Results stay.")
    return Reply(screen=_screen(ctx, course_id, above=said))


def _asked(event: Event) -> tuple[int, Stage]:
    parts = event.text.split(":")
    return number_in(event, 1), giving.stage_named(parts[2] if len(parts) > 2 else "")


def _screen(ctx: Ctx, course_id: int, above: Words = "") -> Screen:
    card = courses.card(ctx, course_id)
    tests = setting.tests_of(ctx, course_id)
    rows: Rows = []
    for test in tests:
        where = f"{course_id}:{test.stage.name}"
        if test.settings is None:
            label: Text = _("Set: {test}", test=test.stage.title)
            rows.append((Button(label, f"ctestset:{where}", style=Style.PRIMARY),))
            continue
        change = _("Change: {test}", test=test.stage.title)
        drop = _("Take away: {test}", test=test.stage.title)
        rows.append((Button(change, f"ctestset:{where}"),))
        rows.append((Button(drop, f"ctestoff:{where}", guarded=True, style=Style.DANGER),))
    return Screen(
        above=above,
        title=_("Tests of {course}", course=card.title),
        body=tuple(_line(test) for test in tests),
        rows=(*rows, (Button(_("« Course {code}", code=card.code), f"course:{card.id}"),)),
    )


def _line(test: CourseTest) -> Words:
    if test.settings is None:
        return _("• {test}: none", test=test.stage.title)
    return _(
        "• {test}: “{form}”, {rules}",
        test=test.stage.title,
        form=test.form,
        rules=Joined(_rules(test.settings)),
    )


def _rules(row: CourseForm) -> tuple[Words, ...]:
    rules: list[Words] = [_n("{count} attempt", "{count} attempts", row.attempts)]
    if row.pass_mark is not None:
        rules.append(_("pass mark {percent} %", percent=row.pass_mark))
    if row.needs_code:
        rules.append(_("opened with a code in the room"))
    return tuple(rules)
