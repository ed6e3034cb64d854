"""An outline on its way to approval: handed in, taken back, approved or returned."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from bot import audit
from bot.calendar import add_months
from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import Text, _
from bot.models.planning import CourseOutline, OutlineState, Verdict
from bot.people import access
from bot.people.access import OutOfReach
from bot.people.access_table import Action
from bot.planning.outlines import cards, reaching, telling, writing
from bot.planning.outlines.cards import HANDED_IN_BY, OutlineCard
from bot.planning.outlines.states import Act
from bot.planning.outlines.typed import words_in
from bot.planning.outlines.words import NEEDED

YEARLY = 12
"""Months after which an outline is looked at again."""
LONGEST_NUMBER = 60


@dataclass(frozen=True, slots=True)
class Letter:
    """A decision on paper: its number and its date."""

    number: str
    date: dt.date


def lacking(card: OutlineCard) -> list[Text]:
    """What an outline lacks before it can be handed in, each with its remedy."""
    found: list[Text] = []
    if not all(card.parts.get(name) for name in NEEDED) or not card.parts.get("days"):
        found.append(_("Some parts are blank."))
    if not card.sessions:
        found.append(_("There is no session yet."))
    if not card.parts.get("legal_by"):
        found.append(_("It has not been checked against the law."))
    if not any(one.verdict is Verdict.AGREED for one in card.reviews):
        found.append(_("No expert agrees yet."))
    if any(one.verdict is Verdict.ASKED for one in card.reviews):
        found.append(_("Not every expert has answered."))
    return found


def submit(ctx: Ctx, outline_id: int) -> OutlineCard:
    """Hand it to the executives, who are told; refuses one that lacks anything.

    An expert's objection goes with it and is read by whoever decides.
    """
    row = reaching.require_writer(ctx, outline_id, Act.SUBMIT)
    missing = lacking(cards.read(ctx, row))
    if missing:
        raise Refusal(missing[0])
    row.state, row.submitted_at = OutlineState.SUBMITTED, ctx.now()
    row.decision, row.letter_no = "", ""
    row.parts = {**row.parts, HANDED_IN_BY: ctx.actor.person_id}
    ctx.session.flush()
    audit.record(ctx, "outline.submitted", reaching.KIND, row.id, version=row.version)
    telling.submitted(ctx, row)
    return cards.read(ctx, row)


def take_back(ctx: Ctx, outline_id: int) -> OutlineCard:
    """Take it back to change it: experts, and executives, are asked anew afterwards."""
    row = reaching.require_writer(ctx, outline_id, Act.TAKE_BACK)
    row.state, row.submitted_at = OutlineState.DRAFT, None
    ctx.session.flush()
    audit.record(ctx, "outline.taken_back", reaching.KIND, row.id)
    return cards.read(ctx, row)


def approve(ctx: Ctx, outline_id: int, read: int | None = None) -> OutlineCard:
    """Courses are built by it from now on.

    Refuses all but executives of its part who neither made it nor handed it in, and an outline
    that was handed in at another moment than what was `read`.
    """
    row = _require_decider(ctx, outline_id, read)
    return _decide(ctx, row, OutlineState.APPROVED, "")


def give_back(ctx: Ctx, outline_id: int, reason: str, read: int | None = None) -> OutlineCard:
    """Return it to the unit with what is to be changed; refuses what `approve` refuses."""
    row = _require_decider(ctx, outline_id, read)
    return _decide(ctx, row, OutlineState.RETURNED, _reason(reason))


def require_decider(ctx: Ctx, outline_id: int) -> OutlineCard:
    """The card, for an executive who may decide about it now; refuses all others."""
    return cards.read(ctx, _require_decider(ctx, outline_id))


def by_letter(
    ctx: Ctx, outline_id: int, letter: Letter, *, approved: bool, reason: str = ""
) -> OutlineCard:
    """Record what a signed letter decides; refuses letters without a number or of later days."""
    row = reaching.require_writer(ctx, outline_id, Act.DECIDE)
    number = letter.number.strip()
    if not 0 < len(number) <= LONGEST_NUMBER:
        raise Refusal(
            _("Give the number of the letter, in at most {count} characters.",
              count=LONGEST_NUMBER)
        )  # fmt: skip
    if letter.date > ctx.today():
        raise Refusal(_("The letter cannot be of a day to come."))
    state = OutlineState.APPROVED if approved else OutlineState.RETURNED
    row.letter_no = number
    row.parts = {**row.parts, "letter_on": letter.date.isoformat()}
    return _decide(ctx, row, state, "" if approved else _reason(reason))


def is_own(ctx: Ctx, card: OutlineCard) -> bool:
    """Whether the actor has made the outline or put it before the executives."""
    me = ctx.actor.person_id
    return me is not None and me in (card.made_by, card.handed_in_by)


def _require_decider(ctx: Ctx, outline_id: int, read: int | None = None) -> CourseOutline:
    access.require(ctx, Action.APPROVE_OUTLINE)
    row = reaching.row_of(ctx, outline_id)
    if is_own(ctx, cards.read(ctx, row)):
        sentence = _("Somebody else has to decide about an outline of your own.")
        raise OutOfReach(Action.APPROVE_OUTLINE, outline_id, reaching.KIND, sentence)
    if row.state not in reaching.FOR_EXECUTIVES or not reaching.decides(ctx, row):
        raise OutOfReach(Action.APPROVE_OUTLINE, outline_id, reaching.KIND)
    reaching.require_stage(row, Act.DECIDE)
    if read is not None and read != cards.handed_in(row):
        raise Refusal(reaching.CHANGED_SINCE)
    return row


def _reason(words: str) -> str:
    reason = words_in({"reason": words}, "reason")
    if not reason:
        raise Refusal(_("Say what is to be changed."))
    return reason


def _decide(ctx: Ctx, row: CourseOutline, state: OutlineState, reason: str) -> OutlineCard:
    row.state, row.decision = state, reason
    row.decided_by, row.decided_at = ctx.actor.person_id, ctx.now()
    if state is OutlineState.APPROVED:
        row.review_on = add_months(ctx.today(), YEARLY)
        writing.replace_earlier(ctx, row)
    ctx.session.flush()
    audit.record(ctx, f"outline.{state}", reaching.KIND, row.id, letter=row.letter_no)
    telling.decided(ctx, row)
    return cards.read(ctx, row)
