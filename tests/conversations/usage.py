"""What a play made use of: routes, notices, forms, question types, imports, reports, rules.

Every golden transcript ends with this list, so that a test can demand an example of all.
"""

from __future__ import annotations

from dataclasses import replace
from functools import wraps
from typing import Any

from sqlmodel import Session, select

from bot.campaigns.rules import RULES
from bot.context import Ctx
from bot.errors import Refusal
from bot.events import Event
from bot.forms import service
from bot.forms.service import OpenDraft
from bot.i18n import Text
from bot.models.delivery import ItemState, OutboxItem
from bot.models.evaluation import Assignment
from bot.models.imports import ImportRun
from bot.models.work import WorkItem, WorkState
from bot.people import access
from bot.reports.registry import REPORTS
from bot.screens import Reply
from handlers.common import ask_form
from handlers.common.routes import ROUTES, Route
from handlers.edge import dispatch
from handlers.edge.chat_row import ChatRow

HEADING = "== made use of =="
REFUSAL, STALE, RESTART = "a refusal", "a stale button", "a restart"
STALE_TOASTS = (dispatch.STALE, ask_form.ANSWERED, ask_form.GONE)

noted: set[str] = set()


def route_label(route: Route) -> str:
    """How a route stands in the list: `press imp`."""
    return f"{route.kind} {route.name or '(nothing asked)'}"


def watch() -> None:
    """Have every conversation, refusal and submitted form noted from now on."""
    for key, route in ROUTES.items():
        ROUTES[key] = replace(route, conversation=wraps(route.conversation)(_noting(route)))
    dispatch.reply_to = _noting_replies(dispatch.reply_to)
    access.note_refusal = _noting_refusals(access.note_refusal)
    service.submit = _noting_submits(service.submit)


def kept_in(session: Session) -> set[str]:
    """What the play's database tells of notices, imports, reports, rules, work."""
    sent = session.exec(select(OutboxItem).where(OutboxItem.state == ItemState.SENT)).all()
    found = {f"notice {item.notice}" for item in sent}
    found |= {f"import {kind}" for kind in session.exec(select(ImportRun.kind))}
    for item in session.exec(select(WorkItem).where(WorkItem.state == WorkState.DONE)):
        found.add(f"work {item.kind}")
        if item.kind == "report" or item.kind in REPORTS:
            found.add(f"report {item.params.get('report', item.kind)}")
    return found | _rules(session, sent)


def _rules(session: Session, sent: Any) -> set[str]:
    found = set()
    told_by_rule = {rule.notice.name for rule in RULES}
    for item in sent:
        if item.notice not in told_by_rule:
            continue
        assignment = session.get_one(Assignment, item.params["assignment"])
        for rule in RULES:
            asked_by = {stage.name for stage in rule.stages}
            if item.notice == rule.notice.name and assignment.stage in asked_by:
                found.add(f"rule {rule.name}")
    return found


def _noting(route: Route) -> Any:
    def noting(ctx: Ctx, event: Event) -> Reply | None:
        noted.add(route_label(route))
        return route.conversation(ctx, event)

    return noting


def _noting_replies(reply_to: Any) -> Any:
    def noting(ctx: Ctx, event: Event, chat: ChatRow) -> Reply | None:
        try:
            reply: Reply | None = reply_to(ctx, event, chat)
        except Refusal:
            noted.add(REFUSAL)
            raise
        if reply is not None and reply.toast in STALE_TOASTS:
            noted.add(STALE)
        return reply

    return noting


def _noting_refusals(note_refusal: Any) -> Any:
    def noting(ctx: Ctx, what: str) -> None:
        noted.add(REFUSAL)
        note_refusal(ctx, what)

    return noting


def _noting_submits(submit: Any) -> Any:
    def noting(ctx: Ctx, draft: OpenDraft) -> Text | None:
        try:
            sentence: Text | None = submit(ctx, draft)
        except Refusal:
            noted.add(REFUSAL)
            raise
        noted.add(f"form {draft.form.form_id}")
        for name in (*draft.state.answers, *draft.state.visited):
            question = draft.form.question(name)
            if question is not None:
                noted.add(f"question {question.type}")
        return sentence

    return noting
