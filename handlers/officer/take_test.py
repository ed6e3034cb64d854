"""A test that waits: its rules first, then the code of the room where it needs one, then it."""

from __future__ import annotations

from bot.context import Ctx
from bot.errors import Refusal
from bot.evaluation import assignments
from bot.evaluation.assignments import TaskCard
from bot.evaluation.stages import POST_TEST, PRE_TEST
from bot.evaluation.tests import points, room, taking
from bot.evaluation.tests.taking import TestCard
from bot.events import Event
from bot.forms import service, versions
from bot.i18n import Moment, Text, Words, _, _n
from bot.people.access import OutOfReach
from bot.people.access_table import Action
from bot.screens import Button, Reply, Screen, Style
from handlers.common import ask_form, task_pages
from handlers.common.class_screens import number_in
from handlers.common.free_words import reads
from handlers.common.numbers import number_after
from handlers.common.question_heading import length_words, rules_words
from handlers.common.routes import press, text


@task_pages.opens(PRE_TEST, POST_TEST)
def show_test(ctx: Ctx, card: TaskCard) -> Reply:
    """What the test asks for, or the question where one stopped."""
    test = taking.card(ctx, card.assignment_id)
    if test.begun:
        taking.begin(ctx, test.assignment_id)
        return ask_form.show(ctx)
    return Reply(screen=_page(ctx, card, test))


@press("testgo", Action.USE_DESK)
def begin_test(ctx: Ctx, event: Event) -> Reply:
    """The first question of an attempt: `testgo:assignment` or `testgo:assignment:code`."""
    code = event.text.split(":")[2] if event.text.count(":") > 1 else ""
    taking.begin(ctx, number_in(event, 1), code)
    return ask_form.show(ctx)


@text("testcode", Action.USE_DESK)
def take_code(ctx: Ctx, event: Event) -> Reply:
    """The code of the room, typed on the page of the test."""
    about = number_after(event.asks)
    assert about is not None, "the screen asks about a test"
    try:
        taking.begin(ctx, about, event.text)
    except OutOfReach:
        raise
    except Refusal as refusal:
        return Reply(screen=_asking_again(ctx, about, refusal.sentence))
    return ask_form.show(ctx)


@reads("room_code", Action.USE_DESK)
def read_code(ctx: Ctx, words: str) -> Screen | None:
    """A code that is typed anywhere leads to the test it opens."""
    about = room.meant_by(ctx, words)
    card = _task(ctx, about) if about is not None else None
    if card is None:
        return None
    return _page(ctx, card, taking.card(ctx, card.assignment_id), room.digits_in(words))


def _asking_again(ctx: Ctx, about: int, problem: Text) -> Screen:
    card = _task(ctx, about)
    if card is None:
        raise Refusal(problem)
    return _page(ctx, card, taking.card(ctx, about), above=problem)


def _task(ctx: Ctx, about: int) -> TaskCard | None:
    owed = assignments.tasks(ctx)
    return next((one for one in owed if one.assignment_id == about), None)


def _page(ctx: Ctx, card: TaskCard, test: TestCard, code: str = "", above: Words = "") -> Screen:
    """The rules of the test; with the code that was typed, or without need of one, a button."""
    waits_for_code = test.conditions.needs_code and not code
    body = [card.about, *_rules(ctx, card, test), "", card.promise]
    rows: tuple[tuple[Button, ...], ...] = ((Button(_("Later"), "tasks"),),)
    if waits_for_code:
        body += ["", _("Type the code of six digits that the trainer shows in the room.")]
    elif test.left:
        begin = f"testgo:{test.assignment_id}" + (f":{code}" if code else "")
        rows = ((Button(_("Begin"), begin, style=Style.PRIMARY),), *rows)
    return Screen(
        above=above,
        title=card.title,
        body=tuple(body),
        rows=rows,
        asks=f"testcode:{test.assignment_id}" if waits_for_code else "",
    )


def _rules(ctx: Ctx, card: TaskCard, test: TestCard) -> list[Words]:
    version_id = versions.current_version(ctx, test.form)
    form = versions.definition(ctx, version_id)
    lines: list[Words] = [
        length_words(service.length(ctx, version_id)),
        *rules_words(form, with_pass_mark=False),
    ]
    if test.conditions.pass_mark is not None:
        percent = test.conditions.pass_mark
        lines.append(_("Who reaches {percent} % of the points passes.", percent=percent))
    lines.append(_attempts(test))
    if test.best is not None:
        best = points.plain(test.best.percent)
        lines.append(_("Your best attempt so far: {percent} %.", percent=best))
    lines.append(_("Open until {moment}", moment=Moment(card.closes_at, ctx.actor.zone)))
    return lines


def _attempts(test: TestCard) -> Text:
    if test.conditions.attempts == 1:
        return _("There is one attempt.")
    return _n(
        "{count} attempt is left of {all}. The best one counts.",
        "{count} attempts are left of {all}. The best one counts.",
        test.left,
        all=test.conditions.attempts,
    )
