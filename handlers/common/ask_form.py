"""Filling in a form: the one conversation in which anything is asked.

A press states an absolute value and counts while its question is open in its own draft, if it
was made after the question was opened: one that Telegram gives again late does not undo a newer.
"""

from __future__ import annotations

from dataclasses import replace

from bot.context import Ctx
from bot.errors import Refusal
from bot.events import Event
from bot.forms import engine, service
from bot.forms.definition import Question
from bot.forms.engine import Outcome
from bot.forms.question_types.contract import OfferKind, Option
from bot.forms.service import OpenDraft
from bot.i18n import Words, _
from bot.people import access
from bot.people.access_table import Action
from bot.screens import Button, Reply, Screen, Style
from handlers.common import closing
from handlers.common.numbers import number_after
from handlers.common.question_screen import FEW, code_of, question_screen, words_of
from handlers.common.routes import press, text
from handlers.common.summary_screen import summary_screen

ANSWERED = _("This question is no longer open. Nothing was changed.")
GONE = _("This form is finished. Nothing was changed.")
MOST_FOUND = FEW


def show(ctx: Ctx, problem: Words | None = None, *, fresh: bool = False) -> Reply:
    """The open question of the actor's current draft, or its summary."""
    draft = service.current_draft(ctx)
    if draft is None:
        return Reply(toast=GONE, fresh=True)
    return Reply(screen=_screen(ctx, draft, problem), fresh=fresh)


@press("q", Action.USE_DESK)
def press_answer(ctx: Ctx, event: Event) -> Reply:
    """One answer, by one tap: `q:draft:question:token`."""
    draft, question, said = _pressed(ctx, event)
    if draft is None:
        return Reply(toast=GONE, fresh=True)
    if question is None or not _counts(event, draft, question):
        return Reply(toast=ANSWERED, fresh=True)
    code = code_of(question, said[0])
    if code is None:
        return Reply(toast=ANSWERED, fresh=True)
    now = service.moment(ctx)
    outcome = engine.answer(draft.form, draft.state, question.name, code, now)
    return _after(ctx, event, draft, outcome)


@press("m", Action.USE_DESK)
def press_choice(ctx: Ctx, event: Event) -> Reply:
    """One choice of several, on or off: `m:draft:question:token:1`."""
    draft, question, said = _pressed(ctx, event)
    if draft is None:
        return Reply(toast=GONE, fresh=True)
    if question is None or len(said) != 2 or not _counts(event, draft, question):
        return Reply(toast=ANSWERED, fresh=True)
    outcome = engine.set_choice(
        draft.form,
        draft.state,
        question.name,
        code_of(question, said[0]) or "",
        said[1] == "1",
        moment=service.moment(ctx),
    )
    return _after(ctx, event, draft, outcome)


@press("f", Action.USE_DESK)
def press_step(ctx: Ctx, event: Event) -> Reply:
    """Moving about in a form: back, skip, done, edit, pages, stop, drop, submit."""
    parts = event.text.split(":")
    draft = _own_draft(ctx, event)
    if draft is None or len(parts) < 3:
        return Reply(toast=GONE, fresh=True)
    if parts[2] == "drop":
        return _drop(ctx, draft)
    argument = number_after(event.text, 3) or 0
    return _step(ctx, event, draft, argument)


@text("q", Action.USE_DESK)
def type_answer(ctx: Ctx, event: Event) -> Reply:
    """Typed words for the question they reply to, else for the open one."""
    _q, draft_id, name = event.asks.split(":", 2)
    draft = service.load(ctx, int(draft_id))
    question = draft.form.question(name) if draft is not None else None
    if draft is None or question is None:
        return Reply(screen=Screen(body=(GONE,), rows=closing.rows(ctx)))
    if not draft.is_current:
        service.open_draft(ctx, draft.id)
    if draft.state.open != name:
        return _earlier(ctx, event, draft, question)
    if not _counts(event, draft, question):
        return came_too_early(ctx, event)
    offer = engine.offer(draft.form, draft.state, name, service.moment(ctx))
    if offer.kind is OfferKind.SEARCH:
        return _search(ctx, draft, question, offer.source or question.source, event.text)
    return _after(ctx, event, draft, _typed(ctx, draft, question, event.text), fresh=True)


@text("again", None)
def came_too_early(ctx: Ctx, event: Event) -> Reply:
    """Words that may not have been meant for the open question answer nothing; it is put again."""
    problem = _("Your message was sent before this question was shown. Please answer it now.")
    if event.asks.endswith(":unclear"):
        problem = _("It is not clear which question you replied to. Please answer this one now.")
    if service.current_draft(ctx) is None:
        return Reply(fresh=True)
    return show(ctx, problem, fresh=True)


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
        return _after(ctx, event, draft, Outcome(engine.back(form, state, now)))
    if step == "edit" and argument < len(form.questions):
        return _after(
            ctx, event, draft, engine.jump(form, state, form.questions[argument].name, now)
        )
    if step in ("skip", "done") and state.open:
        move = engine.skip if step == "skip" else engine.done
        return _after(ctx, event, draft, move(form, state, state.open, now))
    return Reply(toast=ANSWERED, fresh=True)


def _submit(ctx: Ctx, event: Event, draft: OpenDraft) -> Reply:
    lacking = engine.missing(draft.form, draft.state, service.moment(ctx))
    if lacking:
        opened = engine.jump(
            draft.form, draft.state, lacking[0].question.name, service.moment(ctx)
        )
        return _after(ctx, event, draft, Outcome(opened.state, lacking[0].problem))
    try:
        with ctx.session.begin_nested():
            sentence = service.submit(ctx, draft)
    except Refusal as refusal:
        access.note_out_of_reach(ctx, refusal)
        return Reply(screen=summary_screen(ctx, draft, refusal.sentence))
    thanks = sentence or _("Thank you. Your answers have been stored.")
    without_name = bool(draft.purpose.get("anonymous"))
    return Reply(screen=Screen(body=(thanks,), rows=closing.rows(ctx)), leap=without_name)


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
    outcome = _typed(ctx, there, question, event.text)
    label = words_of(question.label, ctx)
    if outcome.problem is not None:
        problem = _("{question}: {problem}", question=label, problem=outcome.problem)
        return Reply(screen=_screen(ctx, draft, problem), fresh=True)
    changed = _("Your answer to “{question}” was changed.", question=label)
    state = replace(outcome.state, open=draft.state.open, editing=draft.state.editing)
    here = draft.state.open
    still_asked = here is None or (
        engine.jump(draft.form, state, here, service.moment(ctx)).problem is None
    )
    new = state if still_asked else outcome.state
    return _after(ctx, event, draft, Outcome(new, changed), fresh=True)


def _typed(ctx: Ctx, draft: OpenDraft, question: Question, typed: str) -> Outcome:
    return engine.typed(
        draft.form,
        draft.state,
        question.name,
        typed,
        language=ctx.language,
        moment=service.moment(ctx),
    )


def _after(
    ctx: Ctx, event: Event, draft: OpenDraft, outcome: Outcome, *, fresh: bool = False
) -> Reply:
    state = outcome.state
    if state.open != draft.state.open:
        state = replace(state, since=event.update_id)
    if state != draft.state:
        service.save(ctx, draft, state)
    moved = replace(draft, state=state)
    return Reply(screen=_screen(ctx, moved, outcome.problem), fresh=fresh)


def _counts(event: Event, draft: OpenDraft, question: Question) -> bool:
    """Whether an update is about the open question, and was sent since it was opened."""
    return question.name == draft.state.open and event.update_id >= draft.state.since


def _screen(ctx: Ctx, draft: OpenDraft, problem: Words | None) -> Screen:
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
