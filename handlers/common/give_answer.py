"""Answers that are typed or sent: to the question they reply to, else to the open one."""

from __future__ import annotations

from dataclasses import replace

from bot.context import Ctx
from bot.events import Event
from bot.forms import answer_files, engine, service, windows
from bot.forms.definition import Question
from bot.forms.engine import Outcome
from bot.forms.question_types.contract import OfferKind, Option
from bot.forms.service import OpenDraft
from bot.i18n import _
from bot.people.access_table import Action
from bot.screens import Reply, Screen
from handlers.common import closing
from handlers.common.ask_form import GONE, after_answer, counts, hand_in, screen_of, show
from handlers.common.question_screen import FEW, question_screen, words_of
from handlers.common.routes import file, text

MOST_FOUND = FEW


@text("q", Action.USE_DESK)
@text("qf", Action.USE_DESK)
@file(Action.USE_DESK, "qf")
def take_answer(ctx: Ctx, event: Event) -> Reply:
    """Typed words or a file for the question they reply to, else for the open one."""
    _q, draft_id, name = event.asks.split(":", 2)
    draft = service.load(ctx, int(draft_id))
    question = draft.form.question(name) if draft is not None else None
    if draft is None or question is None:
        return Reply(screen=Screen(body=(GONE,), rows=closing.rows(ctx)))
    if not draft.is_current:
        service.open_draft(ctx, draft.id)
    if windows.is_over(ctx, draft, event.at):
        return hand_in(ctx, draft)
    if draft.state.open != name:
        return _earlier(ctx, event, draft, question)
    if not counts(event, draft, question):
        return came_too_early(ctx, event)
    offer = engine.offer(draft.form, draft.state, name, service.moment(ctx))
    if offer.kind is OfferKind.SEARCH:
        return _search(ctx, draft, question, offer.source or question.source, event.text)
    return after_answer(ctx, event, draft, _given(ctx, event, draft, question), fresh=True)


@text("again", None)
@file(None, "again")
def came_too_early(ctx: Ctx, event: Event) -> Reply:
    """Words that may not have been meant for the open question answer nothing; it is put again."""
    problem = _("Your message was sent before this question was shown. Please answer it now.")
    if event.asks.endswith(":unclear"):
        problem = _("It is not clear which question you replied to. Please answer this one now.")
    if service.current_draft(ctx) is None:
        return Reply(fresh=True)
    return show(ctx, problem, fresh=True)


def _search(ctx: Ctx, draft: OpenDraft, question: Question, source: str, typed: str) -> Reply:
    if source:
        found = service.SOURCES[source](ctx, draft.purpose, typed)
        options = [Option(code, label) for code, label in found]
    else:
        now = service.moment(ctx)
        options = list(engine.search(draft.form, draft.state, question.name, typed, now))
    problem = None if options else _("Nothing was found for “{words}”.", words=typed)
    if len(options) > MOST_FOUND:
        problem = _("There are more than these. Type more letters.")
    screen = question_screen(ctx, draft, problem, found=options[:MOST_FOUND] or None)
    return Reply(screen=screen, fresh=True)


def _earlier(ctx: Ctx, event: Event, draft: OpenDraft, question: Question) -> Reply:
    """An answer to a question that is no longer the open one; where one stood stays."""
    there = replace(draft, state=replace(draft.state, open=question.name, editing=False))
    outcome = _given(ctx, event, there, question)
    label = words_of(question.label, ctx)
    if outcome.problem is not None:
        problem = _("{question}: {problem}", question=label, problem=outcome.problem)
        return Reply(screen=screen_of(ctx, draft, problem), fresh=True)
    changed = _("Your answer to “{question}” was changed.", question=label)
    state = replace(outcome.state, open=draft.state.open, editing=draft.state.editing)
    here = draft.state.open
    still_asked = here is None or (
        engine.jump(draft.form, state, here, service.moment(ctx)).problem is None
    )
    new = state if still_asked else outcome.state
    return after_answer(ctx, event, draft, Outcome(new, changed), fresh=True)


def _given(ctx: Ctx, event: Event, draft: OpenDraft, question: Question) -> Outcome:
    if event.file is not None:
        return _sent(ctx, event, draft, question)
    return engine.typed(
        draft.form,
        draft.state,
        question.name,
        event.text,
        language=ctx.language,
        moment=service.moment(ctx),
    )


def _sent(ctx: Ctx, event: Event, draft: OpenDraft, question: Question) -> Outcome:
    """A file; what is no answer is not kept."""
    assert event.file is not None
    now = service.moment(ctx)
    outcome = engine.sent(draft.form, draft.state, question.name, event.file, now)
    if outcome.problem is not None:
        answer_files.refuse(ctx, event.file.blob_id)
    elif event.file.blob_id is not None:
        answer_files.hold(ctx, draft.id, event.file.blob_id)
    return outcome
