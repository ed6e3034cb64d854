"""A form's answers before they are submitted; each can be changed."""

from __future__ import annotations

from bot.context import Ctx
from bot.forms import engine, service
from bot.forms.engine import SummaryLine
from bot.forms.expressions import is_blank
from bot.forms.service import OpenDraft
from bot.i18n import Labelled, Text, Words, _
from bot.screens import Button, Screen, Style
from handlers.common.question_screen import answer_words, words_of

PER_PAGE = 20
IN_ROW = 5
MOST_ANSWER = 120


def summary_screen(
    ctx: Ctx, draft: OpenDraft, problem: Words | None = None, page: int = 0
) -> Screen:
    """Twenty answers a page, each with its number to press."""
    lines = [
        line
        for line in engine.summary(draft.form, draft.state, service.moment(ctx))
        if line.relevant
    ]
    shown = lines[page * PER_PAGE : (page + 1) * PER_PAGE]
    body = [_line(ctx, draft, place, line) for place, line in _numbered(shown, page)]
    return Screen(
        above=problem or "",
        title=_("Check your answers"),
        body=(*body, "", _("Press a number to change that answer.")),
        rows=(*_numbers(draft, shown, page), *_pages(draft, page, len(lines)), _last(draft)),
    )


def _numbered(shown: list[SummaryLine], page: int) -> list[tuple[int, SummaryLine]]:
    return list(enumerate(shown, start=page * PER_PAGE + 1))


def _line(ctx: Ctx, draft: OpenDraft, place: int, line: SummaryLine) -> Text:
    answer: Words = _("no answer")
    if not is_blank(line.value):
        answer = answer_words(ctx, draft, line.question, line.value)
        if isinstance(answer, str) and len(answer) > MOST_ANSWER:
            answer = answer[: MOST_ANSWER - 1] + "…"
    label = engine.wording(draft.form, draft.state, line.question.label, service.moment(ctx))
    said = Labelled(words_of(label, ctx), answer)
    return Text("{place}. {line}", (("place", str(place)), ("line", said)))


def _numbers(draft: OpenDraft, shown: list[SummaryLine], page: int) -> list[tuple[Button, ...]]:
    names = [question.name for question in draft.form.questions]
    buttons = [
        Button(str(place), f"f:{draft.id}:edit:{names.index(line.question.name)}", guarded=True)
        for place, line in _numbered(shown, page)
    ]
    return [tuple(buttons[at : at + IN_ROW]) for at in range(0, len(buttons), IN_ROW)]


def _pages(draft: OpenDraft, page: int, total: int) -> list[tuple[Button, ...]]:
    last = max(0, (total - 1) // PER_PAGE)
    row = []
    if page > 0:
        row.append(Button("‹", f"f:{draft.id}:sum:{page - 1}", guarded=True))
    if page < last:
        row.append(Button("›", f"f:{draft.id}:sum:{page + 1}", guarded=True))
    return [tuple(row)] if row else []


def _last(draft: OpenDraft) -> tuple[Button, ...]:
    return (
        Button(_("Submit"), f"f:{draft.id}:submit", guarded=True, style=Style.SUCCESS),
        Button(_("« Back"), f"f:{draft.id}:back", guarded=True),
        Button(_("Stop"), f"f:{draft.id}:stop", guarded=True),
    )
