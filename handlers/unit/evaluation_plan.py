"""What is asked about a class: of whom, on which day, and what became of it."""

from __future__ import annotations

from bot.campaigns import evaluation_plan
from bot.campaigns.evaluation_plan import Planned
from bot.context import Ctx
from bot.events import Event
from bot.i18n import Text, Words, _, _n
from bot.people.access_table import Action
from bot.screens import Button, Reply, Screen
from handlers.common.class_screens import class_id
from handlers.common.numbers import number_after
from handlers.common.paging import page_of_lines
from handlers.common.routes import press
from handlers.unit import evaluation_words as words


@press("evwhen", Action.EDIT_CLASSES)
def show_plan(ctx: Ctx, event: Event) -> Reply:
    """Everything that is or was asked about a class, by the day: `evwhen:class:page`."""
    about = class_id(event)
    found = evaluation_plan.of_class(ctx, about)
    lines = [line for one in found for line in _lines(one)]
    nothing = _("Nothing is asked about this class.")
    page = page_of_lines(lines or [nothing], number_after(event.text, 2) or 0)
    turning = page.rows(lambda number: f"evwhen:{about}:{number}")
    return Reply(
        screen=Screen(
            title=_("What is asked about this class"),
            body=page.shown,
            rows=(*turning, (Button(_("« Class"), f"class:{about}"),)),
        )
    )


def _lines(one: Planned) -> tuple[Words, ...]:
    """What and of whom, then when and with which outcome."""
    title = _("{title}: {who}", title=one.rule.stage.title, who=words.WHO[one.rule.who])
    return title, _("    {state}", state=_state(one)), ""


def _state(one: Planned) -> Text:
    return _outcome(one) if one.answers.asked else _not_asked(one)


def _not_asked(one: Planned) -> Text:
    if not one.asks:
        return _("Not asked any more.")
    if one.on is None:
        return _("{when}; the class has no dates yet.", when=words.when(one.rule))
    if not one.has_form:
        return _("Not asked: the course has no form for it.")
    if one.too_early:
        return _("Not asked: the class was held before Rollcall began to ask.")
    if one.over:
        return _("{day}. Nobody was asked.", day=one.on)
    return _("{day}. Nobody has been asked yet.", day=one.on)


def _outcome(one: Planned) -> Text:
    """Who answered, of those who were asked, and what stands in the way of the others."""
    found = one.answers
    answered = _n(
        "{answered} of {count} has answered.",
        "{answered} of {count} have answered.",
        found.asked,
        answered=found.answered,
    )
    others = (
        _n("{count} could not judge.", "{count} could not judge.", found.declined),
        _n("{count} can still answer.", "{count} can still answer.", found.open),
        _n(
            "{count} of these is not reached by the bot.",
            "{count} of these are not reached by the bot.",
            found.unreached,
        ),
        _n(
            "For {count} trainee nobody can judge.",
            "For {count} trainees nobody can judge.",
            found.not_judged,
        ),
    )
    said = answered
    for other in others:
        said = _("{first} {second}", first=said, second=other) if other.count else said
    return said if one.on is None else _("{day}. {said}", day=one.on, said=said)
