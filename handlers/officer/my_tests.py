"""A trainee's own results in the tests of a class."""

from __future__ import annotations

from bot.context import Ctx
from bot.evaluation.tests import own, points
from bot.evaluation.tests.own import OwnResult
from bot.events import Event
from bot.i18n import Words, _, _n
from bot.people.access_table import Action
from bot.screens import Button, Reply, Screen, Style
from handlers.common.class_screens import class_id
from handlers.common.numbers import number_after
from handlers.common.paging import Rows, page_of_lines
from handlers.common.question_screen import words_of
from handlers.common.result_words import right_answer
from handlers.common.routes import press


@press("mytests", Action.USE_DESK)
def show_own_tests(ctx: Ctx, event: Event) -> Reply:
    """What one reached in each test of a class: `mytests:class:page`."""
    about = class_id(event)
    results = own.in_class(ctx, about)
    lines: list[Words] = [line for one in results for line in (*_lines(ctx, one), "")]
    page = page_of_lines(lines or [_("You have not taken a test of this class.")],
                         number_after(event.text, 2) or 0)  # fmt: skip
    rows: Rows = [
        (Button(_("Try again"), f"t:{one.assignment_id}", style=Style.PRIMARY),)
        for one in results
        if one.may_try
    ]
    rows += page.rows(lambda turned: f"mytests:{about}:{turned}")
    return Reply(
        screen=Screen(
            title=_("My tests"),
            body=page.shown,
            rows=(*rows, (Button(_("« Class"), f"c:{about}"),)),
            protect=True,
        )
    )


def own_rows(ctx: Ctx, about: int) -> Rows:
    """The button to one's own results, where there are any."""
    if not own.has_any(ctx, about):
        return []
    return [(Button(_("My tests"), f"mytests:{about}"),)]


def _lines(ctx: Ctx, one: OwnResult) -> list[Words]:
    lines: list[Words] = [one.title, points.points_words(one.best)]
    if one.passed is not None:
        lines.append(_("You have passed.") if one.passed else _("You have not passed."))
    if one.tries > 1:
        lines.append(
            _n(
                "The best of {count} attempt counts.",
                "The best of {count} attempts counts.",
                one.tries,
            )
        )
    return lines + [
        _(
            "“{question}” The right answer: {answer}.",
            question=words_of(question.label, ctx),
            answer=right_answer(question),
        )
        for question in one.wrong
    ]
