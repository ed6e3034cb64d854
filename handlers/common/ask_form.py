"""Filling in a form: the one conversation in which anything is asked.

A press states an absolute value and counts while its question is open in its own draft, if it
was made after the question was opened: one that Telegram gives again late does not undo a newer.
"""

from __future__ import annotations

from dataclasses import replace

from bot.context import Ctx
from bot.errors import Refusal
from bot.events import Event
from bot.forms import engine, service, windows
from bot.forms.definition import Question
from bot.forms.engine import Outcome
from bot.forms.service import OpenDraft
from bot.i18n import Words, _
from bot.people import access
from bot.people.access_table import Action
from bot.screens import Button, Reply, Screen, Style
from handlers.common import closing
from handlers.common.numbers import number_after
from handlers.common.question_screen import FEW, code_of, question_screen
from handlers.common.result_words import mark_words, result_lines
from handlers.common.routes import press
from handlers.common.summary_screen import summary_screen

ANSWERED = _("This question is no longer open. Nothing was changed.")
GONE = _("This form is finished. Nothing was changed.")
MOST_FOUND = FEW


def show(ctx: Ctx, problem: Words | None = None, *, fresh: bool = False) -> Reply:
    """The open question of the actor's current draft, or its summary."""
    draft = service.current_draft(ctx)
    if draft is None:
        return gone(ctx)
    if windows.is_over(ctx, draft):
        return hand_in(ctx, draft)
    return Reply(screen=screen_of(ctx, draft, problem), fresh=fresh)


def show_all(ctx: Ctx) -> Reply:
    """All that the draft just begun was filled in with, each to be changed by its number."""
    draft = service.current_draft(ctx)
    assert draft is not None, "it was begun in this transaction"
    service.save(ctx, draft, replace(draft.state, open=None, editing=False))
    return show(ctx)


@press("q", Action.USE_DESK)
def press_answer(ctx: Ctx, event: Event) -> Reply:
    """One answer, by one tap: `q:draft:question:token`."""
    draft, question, said = _pressed(ctx, event)
    if draft is None:
        return gone(ctx)
    if windows.is_over(ctx, draft):
        return hand_in(ctx, draft)
    if question is None or not counts(event, draft, question):
        return Reply(toast=ANSWERED, fresh=True)
    code = code_of(question, said[0])
    if code is None:
        return Reply(toast=ANSWERED, fresh=True)
    now = service.moment(ctx)
    outcome = engine.answer(draft.form, draft.state, question.name, code, now)
    return after_answer(ctx, event, draft, outcome)


@press("m", Action.USE_DESK)
def press_choice(ctx: Ctx, event: Event) -> Reply:
    """One choice of several, on or off: `m:draft:question:token:1`."""
    draft, question, said = _pressed(ctx, event)
    if draft is None:
        return gone(ctx)
    if windows.is_over(ctx, draft):
        return hand_in(ctx, draft)
    if question is None or len(said) != 2 or not counts(event, draft, question):
        return Reply(toast=ANSWERED, fresh=True)
    outcome = engine.set_choice(
        draft.form,
        draft.state,
        question.name,
        code_of(question, said[0]) or "",
        said[1] == "1",
        moment=service.moment(ctx),
    )
    return after_answer(ctx, event, draft, outcome)


@press("f", Action.USE_DESK)
def press_step(ctx: Ctx, event: Event) -> Reply:
    """Moving about in a form: back, skip, done, edit, pages, stop, drop, submit."""
    parts = event.text.split(":")
    draft = _own_draft(ctx, event)
    if draft is None or len(parts) < 3:
        return gone(ctx)
    if parts[2] == "drop":
        return _drop(ctx, draft)
    if windows.is_over(ctx, draft):
        return hand_in(ctx, draft)
    argument = number_after(event.text, 3) or 0
    return _step(ctx, event, draft, argument)


def gone(ctx: Ctx) -> Reply:
    """The form is finished: what the chat is about now, but never the finished form's question."""
    if windows.asks_what_is_finished(ctx):
        screen = Screen(body=(GONE,), rows=closing.rows(ctx))
        return Reply(toast=GONE, screen=screen, fresh=True)
    return Reply(toast=GONE, fresh=True)


def hand_in(ctx: Ctx, draft: OpenDraft) -> Reply:
    """Time is up: the answers go as they stand."""
    result = result_lines(ctx, draft)
    try:
        with ctx.session.begin_nested():
            sentence = service.submit(ctx, draft)
    except Refusal as refusal:
        access.note_out_of_reach(ctx, refusal)
        return Reply(screen=Screen(body=(refusal.sentence,), rows=closing.rows(ctx)))
    body = (_("The time is up. Your answers were handed in as they stood."), sentence or "")
    return _closed(ctx, draft, (*body, *result))


def stop(ctx: Ctx) -> Reply:
    """Leave the current draft where it is, to be continued."""
    draft = service.current_draft(ctx)
    service.open_draft(ctx, None)
    sentence = _("Your answers are kept. You can go on any time with /tasks.")
    rows = [(Button(_("Menu"), "menu"),)]
    if draft is not None and draft.assignment_id is None:
        rows.insert(0, (Button(_("Throw it away"), f"f:{draft.id}:drop", guarded=True),))
    if draft is not None:
        rows.insert(0, (Button(_("Go on"), f"go:{draft.id}", style=Style.PRIMARY),))
    return Reply(screen=Screen(body=(sentence,), rows=tuple(rows)))


def _drop(ctx: Ctx, draft: OpenDraft) -> Reply:
    """Forget a form that nobody is waiting for."""
    if draft.assignment_id is not None:
        raise Refusal(_("This questionnaire stays in /tasks until it closes."))
    service.discard(ctx, draft.id)
    sentence = _("“{form}” was thrown away. Nothing was stored.", form=draft.form.title)
    return Reply(screen=Screen(body=(sentence,), rows=closing.rows(ctx)))


def _step(ctx: Ctx, event: Event, draft: OpenDraft, argument: int) -> Reply:
    step = event.text.split(":")[2]
    now = service.moment(ctx)
    form, state = draft.form, draft.state
    if step == "stop":
        return stop(ctx)
    if step == "submit":
        return _submit(ctx, event, draft)
    if step == "sum":
        return Reply(screen=summary_screen(ctx, draft, page=argument))
    if step == "page" and state.open:
        return Reply(screen=question_screen(ctx, draft, page=argument))
    if step == "back":
        return after_answer(ctx, event, draft, Outcome(engine.back(form, state, now)))
    if step == "edit" and argument < len(form.questions):
        return after_answer(
            ctx, event, draft, engine.jump(form, state, form.questions[argument].name, now)
        )
    if step in ("skip", "done") and state.open:
        move = engine.skip if step == "skip" else engine.done
        return after_answer(ctx, event, draft, move(form, state, state.open, now))
    return Reply(toast=ANSWERED, fresh=True)


def _submit(ctx: Ctx, event: Event, draft: OpenDraft) -> Reply:
    lacking = engine.missing(draft.form, draft.state, service.moment(ctx))
    if lacking:
        opened = engine.jump(
            draft.form, draft.state, lacking[0].question.name, service.moment(ctx)
        )
        return after_answer(ctx, event, draft, Outcome(opened.state, lacking[0].problem))
    result = result_lines(ctx, draft)
    try:
        with ctx.session.begin_nested():
            sentence = service.submit(ctx, draft)
    except Refusal as refusal:
        access.note_out_of_reach(ctx, refusal)
        return Reply(screen=summary_screen(ctx, draft, refusal.sentence))
    thanks = sentence or _("Thank you. Your answers have been stored.")
    return _closed(ctx, draft, (thanks, *result))


def _closed(ctx: Ctx, draft: OpenDraft, body: tuple[Words, ...]) -> Reply:
    without_name = bool(draft.purpose.get("anonymous"))
    said = tuple(words for words in body if words)
    return Reply(screen=Screen(body=said, rows=closing.rows(ctx)), leap=without_name)


def after_answer(
    ctx: Ctx, event: Event, draft: OpenDraft, outcome: Outcome, *, fresh: bool = False
) -> Reply:
    state = outcome.state
    if state.open != draft.state.open:
        state = replace(state, since=event.update_id)
    if state != draft.state:
        service.save(ctx, draft, state)
    moved = replace(draft, state=state)
    said = outcome.problem or mark_words(draft, draft.state, state)
    return Reply(screen=screen_of(ctx, moved, said), fresh=fresh)


def counts(event: Event, draft: OpenDraft, question: Question) -> bool:
    """Whether an update is about the open question, and was sent since it was opened."""
    return question.name == draft.state.open and event.update_id >= draft.state.since


def screen_of(ctx: Ctx, draft: OpenDraft, problem: Words | None) -> Screen:
    if draft.state.open is None:
        return summary_screen(ctx, draft, problem)
    return question_screen(ctx, draft, problem)


def _pressed(ctx: Ctx, event: Event) -> tuple[OpenDraft | None, Question | None, list[str]]:
    parts = event.text.split(":")
    draft = _own_draft(ctx, event)
    place = number_after(event.text, 2)
    if draft is None or len(parts) < 4 or place is None:
        return draft, None, []
    question = draft.form.questions[place] if place < len(draft.form.questions) else None
    return draft, question, parts[3:]


def _own_draft(ctx: Ctx, event: Event) -> OpenDraft | None:
    """The draft a button names, which becomes the one the chat is about; None unless one's own."""
    number = number_after(event.text)
    if number is None:
        return None
    draft = service.load(ctx, number)
    if draft is not None and not draft.is_current:
        service.open_draft(ctx, draft.id)
    return draft
