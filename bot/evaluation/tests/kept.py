"""What is kept about somebody's tests, for /mydata, and how acts about tests are called."""

from __future__ import annotations

from bot.context import Ctx
from bot.evaluation.tests import attempts, points
from bot.i18n import Moment, Words, _, _n
from bot.people.mydata import Fact, section
from bot.people.traces import describe

describe(
    {
        "test.handed_in": _("test handed in"),
        "test.opened": _("test opened in the room"),
        "test.code_closed": _("code of a test ended"),
        "test.assembled": _("test made of questions of the bank"),
        "course_form.set": _("form of a course set"),
        "course_form.removed": _("form of a course taken away"),
        "bank.laid_aside": _("question of the bank laid aside"),
        "bank.taken_into_use": _("question of the bank taken into use"),
    }
)


@section("tests", _("My tests"), 63)
def tests(ctx: Ctx, person_id: int) -> tuple[tuple[Fact, ...], Words]:
    """The best attempt at every test, the latest first."""
    facts = []
    for one in attempts.of_person(ctx, person_id):
        about = _("{test}: {course}, class {code}", test=one.title, course=one.course,
                  code=one.class_code)  # fmt: skip
        result = _n(
            "{percent} %, the best of {count} attempt, {moment}",
            "{percent} %, the best of {count} attempts, {moment}",
            one.tries,
            percent=points.plain(one.best.percent),
            moment=Moment(one.last_at, ctx.actor.zone),
        )
        facts.append(Fact(about, result))
    return tuple(facts), _("The answers of each attempt are kept too, for its statistics.")
