"""What a group says before its class and in the weeks after, for who keeps the class."""

from __future__ import annotations

from bot.context import Ctx
from bot.evaluation import group_words
from bot.evaluation.group_words import Said
from bot.events import Event
from bot.i18n import Words, _
from bot.people.access_table import Action
from bot.reports import behaviour_text, results_text
from bot.screens import Button, Reply, Screen
from handlers.common.class_screens import class_id, class_page
from handlers.common.numbers import number_after
from handlers.common.paging import page_of_lines
from handlers.common.routes import press


@press("gsay", Action.USE_DESK)
def show_words(ctx: Ctx, event: Event) -> Reply:
    """Level before the class, and answers to the prompts after it: `gsay:class:page`."""
    about = class_id(event)
    lines: list[Words] = []
    for said in group_words.of_class(ctx, about):
        lines += [*([""] if lines else []), *_lines(said)]
    if not lines:
        lines = [_("Nobody of the group has answered yet.")]
    page = page_of_lines(lines, number_after(event.text, 2) or 0)
    rows = page.rows(lambda turned: f"gsay:{about}:{turned}")
    rows.append((Button(_("« Class"), class_page(ctx, about)),))
    title = _("What the group says")
    return Reply(screen=Screen(title=title, body=page.shown, rows=tuple(rows), protect=True))


def _lines(said: Said) -> list[Words]:
    lines: list[Words] = [
        said.stage.title,
        _(
            "Answered: {answered} of {asked}.",
            answered=said.figures.answered,
            asked=said.figures.asked,
        ),
        *results_text.questions(said.figures),
    ]
    lines += [
        _(
            "How often today, {what}: {mean} of 5",
            what=item.label,
            mean=behaviour_text.mean_words(item.before),
        )
        for item in said.behaviours
    ]
    lines += [
        _("{name}, {question}: {words}", name=one.name, question=one.question, words=one.words)
        for one in said.words
    ]
    return lines
