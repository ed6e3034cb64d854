"""Forms in use: versions, drafts, submission.

The engine is pure; here its state is loaded, kept, and handed over when submitted.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from sqlalchemy import delete, desc, select, update

from bot.context import Ctx
from bot.errors import Refusal
from bot.forms import answer_files, draft_rows, engine, versions, windows
from bot.forms.definition import FormDefinition
from bot.forms.engine import Moment, State
from bot.i18n import Text, Words, _
from bot.models.chats import Chat
from bot.models.forms import Draft
from bot.people import access

Answers: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Submission:
    """A finished form on its way to the service that asked for it."""

    version_id: int
    assignment_id: int | None
    purpose: dict[str, Any]
    answers: Answers


@dataclass(frozen=True, slots=True)
class OpenDraft:
    """A draft with its form and the engine's state; `is_current` if the chat is about it."""

    id: int
    version_id: int
    assignment_id: int | None
    purpose: dict[str, Any]
    form: FormDefinition
    state: State
    is_current: bool = True
    ends_at: dt.datetime | None = None


SubmitFunction: TypeAlias = Callable[[Ctx, Submission], Text | None]
SourceFunction: TypeAlias = Callable[[Ctx, Mapping[str, Any], str], Sequence[tuple[str, Words]]]
REHEARSAL = "rehearsal"
DRAFT_NUMBERS = 2**31 - 1
"""Numbers of drafts are random: a late press of one that is gone must not meet another's."""
NOTHING_LATE_AFTER = dt.timedelta(days=2)
"""An update waits a day at most: after a pause of this length none was sent before it."""
SUBMIT: dict[str, SubmitFunction] = {}
OWN: list[SubmitFunction] = []
ASSIGNED: list[SubmitFunction] = []
SOURCES: dict[str, SourceFunction] = {}


def on_submit(form: str, *needs: str) -> Callable[[SubmitFunction], SubmitFunction]:
    """Register who takes this form's answers and the questions it needs; refuses a second one."""

    def keep(function: SubmitFunction) -> SubmitFunction:
        if form in SUBMIT:
            raise ValueError(f"form {form} is submitted to two places")
        SUBMIT[form] = function
        versions.NEEDED_FIELDS[form] = frozenset(needs)
        return function

    return keep


def on_submit_of_own(function: SubmitFunction) -> SubmitFunction:
    """Register who takes the answers to the unit's own forms; refuses a second one."""
    if OWN:
        raise ValueError("the unit's own forms are submitted to two places")
    OWN.append(function)
    return function


def on_submit_of_assigned(function: SubmitFunction) -> SubmitFunction:
    """Register who takes the answers to the unit's own forms that somebody was given to answer;
    refuses a second one.
    """
    if ASSIGNED:
        raise ValueError("assigned forms are submitted to two places")
    ASSIGNED.append(function)
    return function


def source(name: str) -> Callable[[SourceFunction], SourceFunction]:
    """Register live choices: (ctx, purpose, typed words) to (code, label) pairs."""

    def keep(function: SourceFunction) -> SourceFunction:
        if name in SOURCES:
            raise ValueError(f"source {name} is given twice")
        SOURCES[name] = function
        return function

    return keep


def moment(ctx: Ctx) -> Moment:
    """Now, where the actor is."""
    return Moment(ctx.now(), ctx.actor.zone)


def begin(
    ctx: Ctx,
    form: str,
    purpose: Mapping[str, Any] | None = None,
    answers: Mapping[str, Any] | None = None,
    assignment_id: int | None = None,
) -> int:
    """Open a form for the actor, or the draft already begun for this assignment or, as by a
    second tap, for the same purpose; the draft's id.

    `purpose` goes to the submit function as it is; `answers` are filled in beforehand.
    """
    purpose, answers = purpose or {}, answers or {}
    if assignment_id is not None:
        draft_id = _draft_for(ctx, assignment_id)
    else:
        draft_id = _same_as_current(ctx, form, purpose, answers)
    if draft_id is None:
        draft_id = _new_draft(ctx, form, purpose, answers, assignment_id)
    open_draft(ctx, draft_id)
    return draft_id


def _same_as_current(
    ctx: Ctx, form: str, purpose: Mapping[str, Any], answers: Mapping[str, Any]
) -> int | None:
    """The chat's current draft, if it is of this form and purpose.

    One whose answers were filled in beforehand counts only as long as none was changed, whatever
    question is open: what is filled in may be another by now.
    """
    current = current_draft(ctx)
    if current is None or current.assignment_id is not None:
        return None
    is_same = current.version_id == versions.current_version(ctx, form)
    if not is_same or current.purpose != dict(purpose):
        return None
    fresh = engine.start(current.form, moment(ctx), dict(answers), current.state.seed)
    untouched = _answered(fresh) == _answered(current.state)
    return current.id if untouched or not answers else None


def _answered(state: State) -> Any:
    """The answers as a draft keeps them."""
    return engine.state_to_json(state)["answers"]


def _new_draft(
    ctx: Ctx,
    form: str,
    purpose: Mapping[str, Any],
    answers: Mapping[str, Any],
    assignment_id: int | None,
) -> int:
    version_id = versions.current_version(ctx, form)
    form_definition = versions.definition(ctx, version_id)
    windows.require_open(ctx, form_definition)
    state = engine.start(form_definition, moment(ctx), dict(answers), secrets.randbelow(2**31))
    draft = Draft(
        id=1 + secrets.randbelow(DRAFT_NUMBERS),
        user_id=_account(ctx),
        version_id=version_id,
        assignment_id=assignment_id,
        purpose=dict(purpose),
        state=engine.state_to_json(state),
        begun_at=ctx.now(),
        touched_at=ctx.now(),
        ends_at=windows.ends_at(ctx, form_definition),
    )
    ctx.session.add(draft)
    ctx.session.flush()
    assert draft.id is not None, "it was given one"
    return draft.id


def length(ctx: Ctx, version_id: int, answers: Mapping[str, Any] | None = None) -> engine.Progress:
    """How many questions somebody is asked who begins this form now, with `answers` filled in,
    and whether that may change with what they answer.
    """
    form, now = versions.definition(ctx, version_id), moment(ctx)
    return engine.progress(form, engine.start(form, now, answers), now)


def open_draft(ctx: Ctx, draft_id: int | None) -> None:
    """Make a draft the one that the chat is about; None leaves all drafts where they are."""
    ctx.session.execute(
        update(Chat).where(Chat.user_id == _account(ctx)).values(draft_id=draft_id)
    )


def load(ctx: Ctx, draft_id: int) -> OpenDraft | None:
    """The actor's own draft; None if it is gone or another's, and the audit tells which."""
    row = draft_rows.LOAD.first(ctx.session, draft=draft_id, account=ctx.actor.user_id)
    if row is None:
        if ctx.session.get(Draft, draft_id) is not None:
            access.note_refusal(ctx, "a draft of somebody else")
        return None
    form = versions.definition(ctx, row.version_id, row.digest)
    state = engine.state_from_json(row.state)
    if ctx.now() - row.touched_at > NOTHING_LATE_AFTER:
        state = replace(state, since=0)
    return OpenDraft(
        row.id,
        row.version_id,
        row.assignment_id,
        row.purpose,
        form,
        state,
        is_current=row.current == row.id,
        ends_at=row.ends_at,
    )


def current_draft(ctx: Ctx) -> OpenDraft | None:
    """The draft that the actor's chat is about."""
    draft_id = ctx.session.execute(
        select(Chat.draft_id).where(Chat.user_id == _account(ctx))
    ).scalar()
    return load(ctx, draft_id) if draft_id is not None else None


def save(ctx: Ctx, draft: OpenDraft, state: State) -> None:
    """Keep what the engine made of an answer."""
    draft_rows.SAVE.run(
        ctx.session,
        {"draft": draft.id, "new_state": engine.state_to_json(state), "now": ctx.now()},
    )


def submit(ctx: Ctx, draft: OpenDraft) -> Text | None:
    """Hand the answers over and delete the draft; the sentence to close with.

    When its time is up they go as they stand. A Refusal of the service goes through, and then
    nothing has changed.
    """
    if draft.purpose.get(REHEARSAL):
        discard(ctx, draft.id)
        return _("This was a rehearsal. Nothing was stored.")
    answers = _answers(ctx, draft)
    if not isinstance(answers, dict):
        raise Refusal(_("Some questions still need an answer."))
    submission = Submission(draft.version_id, draft.assignment_id, draft.purpose, answers)
    own = OWN if draft.assignment_id is None else ASSIGNED
    take = SUBMIT.get(draft.form.form_id) or own[0]
    sentence = take(ctx, submission)
    discard(ctx, draft.id)
    return sentence


def _answers(ctx: Ctx, draft: OpenDraft) -> Answers | tuple[engine.Missing, ...]:
    if windows.is_over(ctx, draft):
        return engine.as_it_stands(draft.form, draft.state, moment(ctx))
    return engine.complete(draft.form, draft.state, moment(ctx))


def discard(ctx: Ctx, draft_id: int) -> None:
    """Delete a draft and what was answered in it; its response keeps the files it has."""
    answer_files.let_go(ctx.session, draft_id)
    ctx.session.execute(update(Chat).where(Chat.draft_id == draft_id).values(draft_id=None))
    ctx.session.execute(delete(Draft).where(Draft.id == draft_id))


def drafts(ctx: Ctx) -> list[OpenDraft]:
    """The actor's drafts that no assignment lists, newest first."""
    ids = ctx.session.scalars(
        select(Draft.id)
        .where(Draft.user_id == _account(ctx), Draft.assignment_id.is_(None))
        .order_by(desc(Draft.touched_at))
    )
    found = (load(ctx, draft_id) for draft_id in ids if draft_id is not None)
    return [draft for draft in found if draft is not None]


def _draft_for(ctx: Ctx, assignment_id: int) -> int | None:
    return ctx.session.execute(
        select(Draft.id).where(
            Draft.user_id == _account(ctx), Draft.assignment_id == assignment_id
        )
    ).scalar()


def _account(ctx: Ctx) -> int:
    assert ctx.actor.user_id is not None, "only somebody in a chat fills in forms"
    return ctx.actor.user_id
