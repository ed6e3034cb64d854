"""Experts: named by the unit, asked, and what they found (F §3.3, step 4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from bot import audit
from bot.context import Ctx
from bot.errors import Refusal
from bot.evaluation.impact.typed import line_in
from bot.i18n import _
from bot.models.planning import OutlineReview, OutlineState, Verdict
from bot.people import access, directory
from bot.people.access_table import Action
from bot.planning.outlines import cards, reaching, telling
from bot.planning.outlines.cards import SENT, OutlineCard
from bot.planning.outlines.states import Act
from bot.planning.outlines.typed import words_in

MOST = 12


def name(ctx: Ctx, outline_id: int, staff_no: str) -> OutlineCard:
    """Name an expert; one who is named while others review is asked at once.

    Refuses people out of reach, whoever made the outline, and who is named already.
    """
    row = reaching.require_writer(ctx, outline_id, Act.NAME_EXPERTS)
    person_id = directory.find_staff_no(ctx.session, staff_no)
    if person_id is None or not directory.row(ctx.session, person_id).active:
        raise Refusal(_("There is nobody with this staff number. Choose a person of the list."))
    access.require(ctx, Action.EDIT_OUTLINES, person_id)
    if person_id == row.made_by:
        raise Refusal(_("Whoever wrote the outline cannot be its expert. Choose somebody else."))
    known = _rows(ctx, outline_id)
    if any(one.person_id == person_id for one in known):
        raise Refusal(_("This person is named already."))
    if len(known) >= MOST:
        raise Refusal(_("At most {count} experts review an outline.", count=MOST))
    ctx.session.add(
        OutlineReview(
            outline_id=outline_id,
            person_id=person_id,
            asked_by=ctx.actor.person_id,
            at=ctx.now(),
        )
    )
    ctx.session.flush()
    audit.record(ctx, "outline.expert_named", "person", person_id, outline=outline_id)
    if row.state is OutlineState.IN_REVIEW:
        telling.ask_expert(ctx, row, person_id)
    return cards.read(ctx, row)


def unname(ctx: Ctx, outline_id: int, person_id: int) -> OutlineCard:
    """Ask an expert no longer; refuses one who has answered, so that no objection goes away."""
    row = reaching.require_writer(ctx, outline_id, Act.NAME_EXPERTS)
    review = ctx.session.get(OutlineReview, (outline_id, person_id))
    if review is None:
        raise Refusal(_("This person is not among the experts any more."))
    if review.verdict is not Verdict.ASKED:
        raise Refusal(_("This expert has answered already. The answer stays."))
    ctx.session.delete(review)
    ctx.session.flush()
    audit.record(ctx, "outline.expert_unnamed", "person", person_id, outline=outline_id)
    return cards.read(ctx, row)


def send(ctx: Ctx, outline_id: int) -> OutlineCard:
    """Ask every expert, those too who answered about earlier words; refuses without any."""
    row = reaching.require_writer(ctx, outline_id, Act.SEND)
    reviews = _rows(ctx, outline_id)
    if not reviews:
        raise Refusal(_("Name at least one expert first: somebody who knows the subject."))
    if not row.parts.get("rationale") or not cards.sessions(ctx, outline_id):
        raise Refusal(_("Write the parts and at least one session first."))
    row.state = OutlineState.IN_REVIEW
    row.parts = {**row.parts, SENT: int(ctx.now().timestamp())}
    for review in reviews:
        review.verdict, review.at = Verdict.ASKED, ctx.now()
    ctx.session.flush()
    audit.record(ctx, "outline.sent", reaching.KIND, row.id, experts=len(reviews))
    for review in reviews:
        telling.ask_expert(ctx, row, review.person_id)
    return cards.read(ctx, row)


def answer(
    ctx: Ctx, outline_id: int, verdict: Verdict, words: str, sent: int | None = None
) -> OutlineCard:
    """Say what one found; a later answer counts instead.

    Refuses who was not asked, outlines that are reviewed no longer, an objection without words,
    and an answer to an outline that was sent at another moment than the one that was read. The
    last answer is told to whoever made the outline.
    """
    review = reaching.require_expert(ctx, outline_id)
    row = reaching.row_of(ctx, outline_id)
    reaching.require_stage(row, Act.REVIEW)
    if sent is not None and sent != row.parts.get(SENT, 0):
        raise Refusal(reaching.CHANGED_SINCE)
    words = words_in({"words": words}, "words")
    if verdict is Verdict.OBJECTED and not words:
        raise Refusal(_("Say what is to be changed."))
    review.verdict, review.words, review.at = verdict, words, ctx.now()
    ctx.session.flush()
    audit.record(ctx, f"outline.expert_{verdict}", reaching.KIND, row.id)
    if all(one.verdict is not Verdict.ASKED for one in _rows(ctx, outline_id)):
        telling.all_reviewed(ctx, row)
    return cards.read(ctx, row)


def check_law(ctx: Ctx, outline_id: int, typed: Mapping[str, Any]) -> OutlineCard:
    """Note who checked the outline against the law, on which day, with what words.

    Refuses a check without a name, and of a day to come.
    """
    row = reaching.require_writer(ctx, outline_id, Act.CHECK_LAW)
    checked_by, day = line_in(typed, "legal_by"), dt.date.fromisoformat(str(typed["legal_on"]))
    if not checked_by:
        raise Refusal(_("Say who checked it."))
    if day > ctx.today():
        raise Refusal(_("The check cannot be of a day to come."))
    noted = {"legal_by": checked_by, "legal_on": day.isoformat()}
    row.parts = {**row.parts, **noted, "legal_words": words_in(typed, "legal_words")}
    ctx.session.flush()
    audit.record(ctx, "outline.law_checked", reaching.KIND, row.id)
    return cards.read(ctx, row)


def _rows(ctx: Ctx, outline_id: int) -> list[OutlineReview]:
    query = select(OutlineReview).where(OutlineReview.outline_id == outline_id)
    return list(ctx.session.scalars(query.order_by(OutlineReview.person_id)))
